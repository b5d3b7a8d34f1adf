// Logins belong to the cluster and not to a database: whoever makes them meets whoever makes others, or the same.

import { randomBytes } from 'node:crypto'
import t from 'tap'
import { dropOldLogins, ensureLogins, type Logins } from '../../src/storage/migrate.ts'
import { asOwner, databaseUrl } from '../support/cluster.ts'
import { freshDatabase } from '../support/database.ts'

const ROUNDS = 40
const { ownerUrl } = await freshDatabase(t)

const whoIs = async (url: string) => {
  const rows = await asOwner(url, sql => sql<{ name: string }[]>`select current_user as name`)
  return rows[0]!.name
}

/** A name that no other test has. Its logins are dropped afterwards. */
function deploymentFor(t: { teardown(undo: () => Promise<void>): unknown }): string {
  const deployment = `test${randomBytes(4).toString('hex')}`
  t.teardown(async () => {
    await dropOldLogins(ownerUrl, 'a secret that nobody has', deployment)
  })
  return deployment
}

t.test('Databases of one cluster that make the same logins at the same moment', async t => {
  const deployment = deploymentFor(t)
  const databases = [ownerUrl, databaseUrl(ownerUrl, 'postgres'), (await freshDatabase(t)).ownerUrl]
  for (let round = 0; round < ROUNDS; round += 1) {
    await Promise.all(databases.map(url => ensureLogins(url, 'a secret', deployment)))
  }
  const { appUrl, workerUrl } = await ensureLogins(ownerUrl, 'a secret', deployment)
  t.match(await whoIs(appUrl), new RegExp(`^habeas_app_${deployment}_`), 'both can come in')
  t.match(await whoIs(workerUrl), new RegExp(`^habeas_worker_${deployment}_`))
})

t.test('Another secret makes other logins, and leaves those of before alone', async t => {
  const deployment = deploymentFor(t)
  const before = await ensureLogins(ownerUrl, 'the secret of before', deployment)
  const after = await ensureLogins(ownerUrl, 'the secret of now', deployment)
  const [formerName, name] = [await whoIs(before.appUrl), await whoIs(after.appUrl)]
  t.not(name, formerName)
  t.same(await ensureLogins(ownerUrl, 'the secret of now', deployment), after, 'the same secret makes the same')

  await t.test('until they are dropped, unless somebody is connected', async t => {
    await asOwner(before.workerUrl, async sql => {
      await sql`select`
      t.same(await dropOldLogins(ownerUrl, 'the secret of now', deployment), { dropped: 0, inUse: 2 })
    })
    t.equal(await whoIs(before.appUrl), formerName, 'a process keeps both of its logins')
    await nobodyConnected(before)
    t.same(await dropOldLogins(ownerUrl, 'the secret of now', deployment), { dropped: 2, inUse: 0 })
    // A server that trusts says 28000, one that asks for the password 28P01.
    await t.rejects(whoIs(before.appUrl), { code: /^28/ })
    t.equal(await whoIs(after.appUrl), name)
  })
})

/** A connection that was closed is gone from the list a moment later. */
async function nobodyConnected({ appUrl, workerUrl }: Logins): Promise<void> {
  const names = [appUrl, workerUrl].map(url => new URL(url).username)
  await asOwner(ownerUrl, async sql => {
    for (;;) {
      const connected = await sql`select from pg_stat_activity where usename = any(${names}::text[])`
      if (connected.length === 0) return
    }
  })
}
