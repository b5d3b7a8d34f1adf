// After HABEAS_ROOT_KEY was replaced: `npm run reseal` seals the tenants' keys under the new one. Reads the same environment as
// the service, with the old key in HABEAS_RETIRED_ROOT_KEYS. Safe to repeat, and while the service runs.

import { readSettings, SettingsFaults } from '../src/config.ts'
import { loginSecretOf } from '../src/service.ts'
import { dropOldLogins } from '../src/storage/migrate.ts'
import { resealTenants } from '../src/storage/reseal-tenants.ts'
import { SealBroken } from '../src/storage/sealing.ts'

try {
  const { database, roots } = readSettings(process.env)
  const { ownerUrl, logins } = database
  if (ownerUrl === null) throw new SettingsFaults(['DATABASE_URL is not set: tenants are sealed anew as the owner'])
  const { resealed, current } = await resealTenants(ownerUrl, roots)
  // Where an operator manages the logins they do not depend on the key.
  const { dropped, inUse } =
    logins === null ? await dropOldLogins(ownerUrl, loginSecretOf(roots)) : { dropped: 0, inUse: 0 }
  console.log(JSON.stringify({ resealed, current, loginsDropped: dropped, loginsInUse: inUse }))
  console.error('Every tenant is sealed under HABEAS_ROOT_KEY: the list in HABEAS_RETIRED_ROOT_KEYS can be emptied.')
  if (inUse > 0)
    console.error(
      'A process with another key still runs, and its logins were left to it. When it has ended, do this again.'
    )
} catch (error) {
  if (error instanceof SettingsFaults) console.error(error.message)
  else if (error instanceof SealBroken) console.error(`Nothing was changed. ${error.message}`)
  else console.error(error)
  process.exitCode = 1
}
