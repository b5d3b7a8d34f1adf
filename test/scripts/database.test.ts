import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { freshDatabase } from '../support/database.ts'

const namesLike = (ownerUrl: string, name: string) =>
  asOwner(ownerUrl, sql => sql`select datname from pg_database where datname = ${name}`)

t.test('every database is another one, migrated, in UTF8', async t => {
  const [one, two] = await Promise.all([freshDatabase(t), freshDatabase(t)])
  t.not(one.name, two.name)
  await asOwner(one.ownerUrl, async sql => {
    await sql`create table only_here (id int)`
    const [row] = await sql`select current_database() as name, current_setting('server_encoding') as encoding`
    t.same(row, { name: one.name, encoding: 'UTF8' })
    const [schema] = await sql`select from pg_namespace where nspname = 'graphile_worker'`
    t.ok(schema, 'the queue is there')
  })
  await asOwner(two.ownerUrl, async sql => {
    t.same(await sql`select from pg_tables where tablename = 'only_here'`, [])
  })
})

t.test('a database is gone after its test, also when a connection was left open', async t => {
  const { ownerUrl } = await freshDatabase(t)
  let name = ''
  await t.test('a test that forgets to disconnect', async t => {
    const database = await freshDatabase(t)
    name = database.name
    const { default: postgres } = await import('postgres')
    const forgotten = postgres(database.ownerUrl, { max: 1, onclose: () => {} })
    await forgotten`select 1`
    t.equal((await namesLike(ownerUrl, name)).length, 1)
  })
  t.equal((await namesLike(ownerUrl, name)).length, 0)
})
