// Sets up a tenant in production: `npm run create-tenant -- --slug acme --name "Acme ApS" --policy policy.json`. With `--sandbox`
// it is one for trying things out, whose clock can be sent ahead; it stays one.
// Reads the same environment as the service. Staff come with tokens of their issuer that name the slug.

import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { Value } from 'typebox/value'
import { type PolicyDraft as CheckedDraft, checkPolicy } from '../src/actions/tenancy/check-policy.ts'
import { createTenant } from '../src/actions/tenancy/create-tenant.ts'
import { systemClock } from '../src/clock.ts'
import { readSettings } from '../src/config.ts'
import { HabeasError, invalid } from '../src/domain/errors.ts'
import type { Policy } from '../src/domain/policy.ts'
import { PolicyDraft } from '../src/http/schemas/policy.ts'
import { prepareDatabase } from '../src/service.ts'
import { openDatabase } from '../src/storage/database.ts'
import { causeOf } from '../src/storage/walls.ts'

const { values } = parseArgs({
  options: {
    slug: { type: 'string' },
    name: { type: 'string' },
    policy: { type: 'string' },
    sandbox: { type: 'boolean', default: false }
  }
})
const { slug, name, policy, sandbox } = values
/** By the constraint of the database that says no. */
const REFUSED: Readonly<Record<string, string>> = {
  tenants_slug: 'There is a tenant with this slug.',
  tenants_slug_shape:
    'A slug has 3 to 40 lower-case letters, digits and dashes, and begins and ends with none of the last.'
}

if (slug === undefined || name === undefined || policy === undefined) {
  console.error('Say --slug, --name and --policy with the path of a JSON file, in the form that PUT /v1/policy takes.')
  process.exit(1)
}

try {
  const checked = readPolicy(await readFile(policy, 'utf8'))
  const settings = readSettings(process.env)
  const { appUrl } = await prepareDatabase(settings)
  const db = openDatabase({ url: appUrl, roots: settings.roots, publicUrl: settings.publicUrl, poolSize: 1 })
  const made = createTenant(db, { slug, name, policy: checked, sandbox }, systemClock())
  const { tenantId } = await made.finally(() => db.close())
  console.log(JSON.stringify({ tenantId, slug, sandbox, portalUrl: `${settings.publicUrl}/privacy/${slug}` }))
} catch (error) {
  console.error(describe(error))
  process.exitCode = 1
}

/** @throws {HabeasError} `invalid` with every fault, as `PUT /v1/policy` names them */
function readPolicy(text: string): Policy {
  const draft: unknown = JSON.parse(text)
  // An unknown name is reported twice; the second time says which.
  const faults = Value.Errors(PolicyDraft, draft).filter(({ keyword }) => keyword !== 'boolean')
  if (Value.Check(PolicyDraft, draft)) return checkPolicy(draft as CheckedDraft)
  throw invalid(
    'The policy is not valid.',
    ...faults.map(({ instancePath, keyword, message, params }) => ({
      pointer: instancePath,
      rule: keyword,
      fix: `It ${message}${'additionalProperties' in params ? `: ${params.additionalProperties}` : ''}.`
    }))
  )
}

/** Without a stack, and without the statement: it holds the tenant's sealed key. */
function describe(error: unknown): string {
  if (error instanceof HabeasError) return JSON.stringify({ detail: error.message, ...error.facts }, null, 2)
  const { constraint = '' } = causeOf(error)
  if (constraint in REFUSED) return REFUSED[constraint] ?? ''
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
