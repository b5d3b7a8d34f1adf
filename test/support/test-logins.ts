// The service's two logins in the cluster that tests share.

import { ensureLogins, type Logins } from '../../src/storage/migrate.ts'
import { asOwner, databaseUrl } from './cluster.ts'

let logins: Promise<Logins> | undefined

/**
 * One pair of logins serves every house in the cluster. Roles belong to no database, so the houses that open at the same
 * moment in other processes are kept apart by a lock in a database that all of them know.
 */
export async function testLogins(ownerUrl: string): Promise<Logins> {
  const secret = `tests ${new URL(ownerUrl).password}`
  logins ??= asOwner(databaseUrl(ownerUrl, 'postgres'), async sql => {
    await sql`select pg_advisory_lock(hashtext('habeas test logins'))`
    return await ensureLogins(ownerUrl, secret, 'test')
  })
  const { appUrl, workerUrl } = await logins
  const { pathname } = new URL(ownerUrl)
  return { appUrl: databaseUrl(appUrl, pathname.slice(1)), workerUrl: databaseUrl(workerUrl, pathname.slice(1)) }
}
