import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { openDiskStore } from '../../src/archive/object-store.ts'

const tenantId = randomUUID()
const key = () => `${tenantId}/${randomUUID()}`
const filesUnder = async (root: string) =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => entry.name)

t.test('What is put is got back, byte for byte', async t => {
  const store = await openDiskStore(join(t.testdir(), 'objects'))
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256))
  const here = key()

  t.same(await store.put(here, Readable.from([bytes.subarray(0, 7), bytes.subarray(7)])), { bytes: bytes.length })
  t.ok((await buffer(await store.get(here))).equals(bytes))
  t.equal(await store.size(here), bytes.length)

  await store.put(here, Readable.from([Buffer.from('second')]))
  t.equal(await text(await store.get(here)), 'second', 'a retry replaces what was there')
  t.same(await store.put(key(), Readable.from([])), { bytes: 0 }, 'an empty object is an object')
})

t.test('Only the service’s own user may read it', async t => {
  const root = join(t.testdir(), 'objects')
  await mkdir(root, { mode: 0o755 })
  const store = await openDiskStore(root)
  const here = key()
  await store.put(here, Readable.from([Buffer.from('x')]))

  for (const [path, mode] of [
    [root, 0o700],
    [join(root, tenantId), 0o700],
    [join(root, here), 0o600]
  ] as const) {
    t.equal((await stat(path)).mode & 0o777, mode)
  }
})

t.test('No key reaches outside the store', async t => {
  const folder = t.testdir({ objects: {}, secret: 'not yours' })
  const store = await openDiskStore(join(folder, 'objects'))
  const uuid = randomUUID()
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '../secret',
      `${uuid}/../../secret`,
      `/${uuid}`,
      `${uuid}\\${uuid}`,
      `${uuid}/${uuid}/x`,
      `${uuid}/${uuid}\0`,
      `${uuid}/${uuid}\n`,
      `${uuid.toUpperCase()}/${uuid}`,
      uuid,
      ''
    )
  )
  await fc.assert(
    fc.asyncProperty(hostile, async bad => {
      const outcomes = await Promise.allSettled([
        store.put(bad, Readable.from(['x'])),
        store.get(bad),
        store.size(bad),
        store.remove(bad),
        store.removeAll(bad === uuid ? '..' : bad)
      ])
      return outcomes.every(outcome => outcome.status === 'rejected' && outcome.reason.code === undefined)
    }),
    { numRuns: 300 }
  )
  t.equal(await readFile(join(folder, 'secret'), 'utf8'), 'not yours')
  t.same(await readdir(join(folder, 'objects')), [])
})

t.test('An upload that breaks off leaves nothing behind', async t => {
  const root = join(t.testdir(), 'objects')
  const store = await openDiskStore(root)
  const here = key()
  await store.put(here, Readable.from([Buffer.from('first')]))
  const broken = Readable.from(
    (async function* () {
      yield Buffer.alloc(100_000)
      throw new Error('the caller went away')
    })()
  )

  await t.rejects(store.put(here, broken), { message: 'the caller went away' })
  t.equal(await text(await store.get(here)), 'first', 'what was there stays')
  t.same((await filesUnder(root)).length, 1, 'and no half file does')
})

t.test('A full disk is `unavailable`, and leaves no half file', async t => {
  const root = join(t.testdir(), 'objects')
  // The file-size limit of a child process is the one full disk that needs no privileges.
  const script = `
    import { Readable } from 'node:stream'
    import { openDiskStore } from '${new URL('../../src/archive/object-store.ts', import.meta.url).href}'
    const store = await openDiskStore(process.argv[1])
    const source = Readable.from(Array.from({ length: 64 }, () => Buffer.alloc(65536)))
    const failed = await store.put('${key()}', source).catch(error => error)
    console.log(JSON.stringify({ code: failed.code, facts: failed.facts, destroyed: source.destroyed }))`
  const limited = 'unset NODE_OPTIONS && ulimit -f 1024 && exec "$0" --input-type=module --eval "$1" "$2"'
  // Without the test runner's hooks, which would take the signal of the limit for their own end.
  const { stdout } = await promisify(execFile)('/bin/sh', ['-c', limited, process.execPath, script, root])

  t.same(JSON.parse(stdout), { code: 'unavailable', facts: {}, destroyed: true })
  t.same(await filesUnder(root), [])
})

t.test('What is removed is gone, and removing it again is no error', async t => {
  const root = join(t.testdir(), 'objects')
  const store = await openDiskStore(root)
  const [one, two, foreign] = [key(), key(), `${randomUUID()}/${randomUUID()}`] as const
  for (const each of [one, two, foreign]) await store.put(each, Readable.from([Buffer.from(each)]))

  await store.remove(one)
  await store.remove(one)
  await t.rejects(store.get(one), { code: 'not_found' })
  await t.rejects(store.size(one), { code: 'not_found' })

  await store.removeAll(tenantId)
  await t.rejects(store.get(two), { code: 'not_found' }, 'a tenant’s objects go together')
  t.equal(await text(await store.get(foreign)), foreign, 'and nobody else’s')
})

t.test('What a killed process left is cleared by age', async t => {
  const root = join(t.testdir(), 'objects')
  const store = await openDiskStore(root)
  const kept = key()
  await store.put(kept, Readable.from([Buffer.from('whole')]))
  for (const [name, at] of [
    ['old', '2026-01-01T00:00:00Z'],
    ['new', '2026-01-02T00:00:00Z']
  ] as const) {
    const path = join(root, tenantId, `${name}.part`)
    await writeFile(path, 'half')
    await utimes(path, new Date(at), new Date(at))
  }
  await utimes(join(root, kept), new Date('2025-01-01T00:00:00Z'), new Date('2025-01-01T00:00:00Z'))

  t.equal(await store.removeAbandoned(new Date('2026-01-01T12:00:00Z')), 1)
  t.same((await filesUnder(root)).sort(), [kept.slice(-36), 'new.part'].sort(), 'whole objects have no age')
})
