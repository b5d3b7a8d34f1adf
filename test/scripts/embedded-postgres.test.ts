import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { resetFolder, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts'
import { asOwner } from '../support/cluster.ts'

const MODULE = new URL('../../scripts/embedded-postgres.ts', import.meta.url).href

/** Not below the checkout: for root that may be closed to PostgreSQL's account. A killed test's is swept with its run's. */
async function newFolder(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `habeas-test-${process.pid}-embedded-`))
  await chmod(folder, 0o755)
  t.teardown(async () => {
    await resetFolder(folder)
    await rm(folder, { recursive: true })
  })
  return folder
}

/** Another process that uses the database until it is killed. */
async function startElsewhere(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(MODULE)}
    const { url } = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, durable: false })
    console.log(url)
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, url: String(line).trim() }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'close')
  child.kill('SIGKILL')
  await closed
}

const count = (url: string) => asOwner(url, async sql => (await sql`select from letters`).length)

t.test('what is written is found at the next start, at the same address', async t => {
  const folder = await newFolder(t)
  const first = await startEmbeddedPostgres({ folder, durable: true })
  await asOwner(first.url, sql => sql`create table letters as select 1 as id`)
  await first.stop()
  await t.rejects(count(first.url), { code: 'ECONNREFUSED' })
  const second = await startEmbeddedPostgres({ folder, durable: true })
  t.equal(second.url, first.url)
  t.equal(await count(second.url), 1)
  const [settings] = await asOwner(
    second.url,
    sql => sql`
      select current_setting('fsync') as fsync, current_setting('listen_addresses') as addresses,
        current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
        (select datlocale from pg_database where datname = 'postgres') as locale`
  )
  t.same(settings, { fsync: 'on', addresses: '127.0.0.1', encoding: 'UTF8', zone: 'UTC', locale: 'C.UTF-8' })
  await second.stop()
})

t.test('the password is random, kept for the owner alone, and asked for', async t => {
  const folder = await newFolder(t)
  const { url, folder: home, stop } = await startEmbeddedPostgres({ folder, durable: false })
  t.teardown(stop)
  t.equal((await stat(join(home, 'password'))).mode & 0o777, 0o600)
  const withoutPassword = new URL(url)
  withoutPassword.password = 'guessed'
  await t.rejects(
    asOwner(withoutPassword.href, sql => sql`select 1`),
    { code: '28P01' }
  )
})

t.test('two first starts at once share one server, and the last to leave stops it', async t => {
  const folder = await newFolder(t)
  const [one, two] = await Promise.all([startElsewhere(folder), startElsewhere(folder)])
  t.teardown(() => Promise.all([kill(one.child), kill(two.child)]).then(() => {}))
  t.equal(one.url, two.url)
  const own = await startEmbeddedPostgres({ folder, durable: false })
  await own.stop()
  await asOwner(one.url, sql => sql`create table letters as select 1 as id`)
  t.equal(await count(one.url), 1, 'the others still use it')
  await t.rejects(resetFolder(folder), /uses the database/)
  await Promise.all([kill(one.child), kill(two.child)])
  const last = await startEmbeddedPostgres({ folder, durable: false })
  t.equal(await count(last.url), 1, 'killing them left the server running, and it is joined')
  await last.stop()
  await t.rejects(count(last.url), { code: 'ECONNREFUSED' })
})

t.test('a server that was killed with its data open comes back with them', async t => {
  const folder = await newFolder(t)
  const first = await startEmbeddedPostgres({ folder, durable: true })
  await asOwner(first.url, sql => sql`create table letters as select 1 as id`)
  const [pid] = (await readFile(join(first.folder, 'data', 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGKILL')
  const second = await startEmbeddedPostgres({ folder, durable: true })
  t.equal(await count(second.url), 1)
  await Promise.all([first.stop(), second.stop()])
})

t.test('a process id that now belongs to somebody else does not keep the server from starting', async t => {
  const folder = await newFolder(t)
  const first = await startEmbeddedPostgres({ folder, durable: false })
  await first.stop()
  const stranger = spawn('sleep', ['600'])
  t.teardown(() => kill(stranger))
  await writeFile(join(first.folder, 'data', 'postmaster.pid'), `${stranger.pid}\n${first.folder}\n0\n1\n`)
  const second = await startEmbeddedPostgres({ folder, durable: false })
  t.equal(second.url, first.url)
  await second.stop()
})

t.test('a database that a crash left half made is made again', async t => {
  const folder = await newFolder(t)
  await mkdir(join(folder, 'postgres', 'data.new'), { recursive: true })
  await writeFile(join(folder, 'postgres', 'data.new', 'rubble'), '')
  await writeFile(join(folder, 'postgres', 'password.new'), 'rubble')
  const { url, stop } = await startEmbeddedPostgres({ folder, durable: false })
  await asOwner(url, sql => sql`select 1`)
  t.same(
    (await readdir(join(folder, 'postgres'))).filter(name => name.endsWith('.new')),
    [],
    'and the rubble is gone'
  )
  await stop()
})

t.test('a port that somebody else took meanwhile is given up', async t => {
  const folder = await newFolder(t)
  const first = await startEmbeddedPostgres({ folder, durable: false })
  await first.stop()
  const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
  await once(squatter, 'listening')
  t.teardown(() => squatter.close())
  const second = await startEmbeddedPostgres({ folder, durable: false })
  t.not(second.url, first.url)
  await second.stop()
})

t.test('a reset begins anew', async t => {
  const folder = await newFolder(t)
  const first = await startEmbeddedPostgres({ folder, durable: false })
  await asOwner(first.url, sql => sql`create table letters as select 1 as id`)
  await first.stop()
  await resetFolder(folder)
  const second = await startEmbeddedPostgres({ folder, durable: false })
  await t.rejects(count(second.url), { code: '42P01' })
  await second.stop()
})
