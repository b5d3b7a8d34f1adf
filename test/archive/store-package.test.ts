import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import t from 'tap'
import { openDiskStore } from '../../src/archive/object-store.ts'
import type { Dataset, PackageFacts } from '../../src/archive/package/facts.ts'
import { unsealing } from '../../src/archive/seal-stream.ts'
import { storePackage } from '../../src/archive/store-package.ts'
import { unzip } from '../support/unzip.ts'

const facts: PackageFacts = {
  right: 'portability',
  reference: 'HB-1',
  organisation: { name: 'Acme', contact: 'privacy@example.com' },
  locale: 'en',
  createdAt: '2026-11-05T10:30:00Z',
  nothingFoundIn: [],
  withheld: [],
  information: null
}
const canary = 'canary-7f3a'
const dataset: Dataset = {
  name: 'Profile',
  system: 'Database',
  category: 'Account',
  rows: async function* () {
    yield { note: canary }
  }
}

async function place(t: { testdir(): string }) {
  const root = join(t.testdir(), 'objects')
  return {
    root,
    store: await openDiskStore(root),
    objectKey: `${randomUUID()}/${randomUUID()}`,
    sealingKey: randomBytes(32),
    context: 'package:1'
  }
}

t.test('A package lies sealed in the store and opens with its key alone', async t => {
  const { root, ...where } = await place(t)
  const stored = await storePackage(where, { facts, datasets: [dataset], files: [] })

  const onDisk = await readFile(join(root, where.objectKey))
  t.equal(onDisk.length, stored.storedBytes)
  t.notOk(onDisk.includes(canary) || onDisk.includes('data/001-profile'), 'nothing shines through, not even names')

  const opened = await buffer((await where.store.get(where.objectKey)).pipe(unsealing(where.sealingKey, where.context)))
  t.equal(opened.length, stored.bytes)
  t.match((await unzip(opened)).get('data/001-profile.json')?.toString(), canary)
})

t.test('A package that fails leaves nothing in the store', async t => {
  const { root, ...where } = await place(t)
  const broken: Dataset = {
    ...dataset,
    rows: () => {
      throw new Error('the table is gone')
    }
  }

  await t.rejects(storePackage(where, { facts, datasets: [dataset, broken], files: [] }), {
    message: 'the table is gone'
  })
  const left = await readdir(root, { recursive: true, withFileTypes: true })
  t.same(
    left.filter(entry => entry.isFile()),
    []
  )
})

t.test('A store that refuses ends the writing too, and its reason is the one told', async t => {
  const { root: _root, ...where } = await place(t)
  let released = false
  const endless: Dataset = {
    ...dataset,
    rows: async function* () {
      try {
        for (;;) yield { text: randomBytes(500).toString('hex') }
      } finally {
        released = true
      }
    }
  }
  await t.rejects(
    storePackage({ ...where, objectKey: '../outside' }, { facts, datasets: [endless], files: [] }),
    /object key/
  )
  t.ok(released)
})

t.test('However large a package is, memory stays flat', async t => {
  const { root: _root, ...where } = await place(t)
  const text = randomBytes(6_000).toString('base64')
  const large: Dataset = {
    ...dataset,
    rows: async function* () {
      // 32 MB of records that compress badly, read twice.
      for (let i = 0; i < 4_000; i += 1) yield { i, text: text.slice(i % 100) + i }
    }
  }
  let peak = 0
  const start = process.memoryUsage().rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss - start)
  }, 20)
  t.teardown(() => clearInterval(watch))

  const { bytes, entries } = await storePackage(where, { facts, datasets: [large], files: [] })
  const written = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  t.ok(written > 60_000_000, `${written} bytes went in, ${bytes} came out`)
  t.ok(peak < 120 * 1_048_576, `and at most ${Math.round(peak / 1_048_576)} MiB were added to what is resident`)
})
