// Sets up a tenant in production: `npm run create-tenant -- --slug acme --name "Acme ApS" --policy policy.json`.
// Reads the same environment as the service. Staff come with tokens of their issuer that name the slug.

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { checkPolicy } from '../src/actions/tenancy/check-policy.ts'
import { createTenant } from '../src/actions/tenancy/create-tenant.ts'
import { systemClock } from '../src/clock.ts'
import { readSettings } from '../src/config.ts'
import { HabeasError } from '../src/domain/errors.ts'
import { prepareDatabase } from '../src/service.ts'
import { openDatabase } from '../src/storage/database.ts'

const { values } = parseArgs({
  options: { slug: { type: 'string' }, name: { type: 'string' }, policy: { type: 'string' } }
})
const { slug, name, policy } = values
if (slug === undefined || name === undefined || policy === undefined) {
  console.error('Say --slug, --name and --policy with the path of a JSON file, in the form that PUT /v1/policy takes.')
  process.exit(1)
}

try {
  const checked = checkPolicy(JSON.parse(await readFile(policy, 'utf8')))
  const settings = readSettings(process.env)
  const { appUrl } = await prepareDatabase(settings)
  const db = openDatabase({ url: appUrl, roots: settings.roots, publicUrl: settings.publicUrl, poolSize: 1 })
  const { tenantId } = await createTenant(db, { slug, name, policy: checked }, systemClock())
  await db.close()
  console.log(JSON.stringify({ tenantId, slug, portalUrl: `${settings.publicUrl}/privacy/${slug}` }))
} catch (error) {
  console.error(
    error instanceof HabeasError ? JSON.stringify({ detail: error.message, ...error.facts }, null, 2) : error
  )
  process.exitCode = 1
}
