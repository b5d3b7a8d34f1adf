import { randomBytes } from 'node:crypto'
import { Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import t from 'tap'
import { SealBroken, sealing, unsealing } from '../../src/archive/seal-stream.ts'

const HEADER = 43
const CHUNK = 65_536
const SEALED_CHUNK = CHUNK + 16
const key = randomBytes(32)

const seal = (plain: Buffer, context = 'a') => buffer(Readable.from([plain]).pipe(sealing(key, context)))

/** @returns what was released before the end or the error, and the error */
async function unseal(sealed: Buffer, { context = 'a', by = key, pieces = 10_000 } = {}) {
  const released: Buffer[] = []
  const sink = new Writable({ write: (chunk, _encoding, done) => done(void released.push(chunk) as undefined) })
  const parts = Array.from({ length: Math.ceil(sealed.length / pieces) }, (_, i) =>
    sealed.subarray(i * pieces, (i + 1) * pieces)
  )
  const error = await pipeline(Readable.from(parts), unsealing(by, context), sink).then(
    () => null,
    (error: unknown) => error
  )
  return { plain: Buffer.concat(released), error }
}

t.test('What is sealed opens again, at every length around a chunk', async t => {
  for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5]) {
    const plain = randomBytes(length)
    const sealed = await seal(plain)
    const { plain: opened, error } = await unseal(sealed)
    t.equal(error, null)
    t.ok(opened.equals(plain), `${length} bytes`)
    const chunks = Math.max(1, Math.ceil(length / CHUNK))
    t.equal(sealed.length, HEADER + length + 16 * chunks, 'and nothing but header and tags is added')
  }
})

t.test('However it is cut on the way, it is the same stream', async t => {
  const plain = randomBytes(2 * CHUNK + 77)
  const sealed = await seal(plain)
  for (const pieces of [1, 42, 43, 44, SEALED_CHUNK, SEALED_CHUNK + 1, sealed.length]) {
    const { plain: opened, error } = await unseal(sealed, { pieces })
    t.ok(error === null && opened.equals(plain), `in pieces of ${pieces}`)
  }
})

t.test('The same data sealed twice shares nothing', async t => {
  const [one, two] = [await seal(Buffer.alloc(500)), await seal(Buffer.alloc(500))]
  t.notOk(one.subarray(4).equals(two.subarray(4)))
  t.notOk(one.includes(Buffer.alloc(32)), 'and the plaintext does not shine through')
})

t.test('Nothing false is ever released', async t => {
  const plain = randomBytes(3 * CHUNK + 100)
  const sealed = await seal(plain)
  const chunk = (i: number) => sealed.subarray(HEADER + i * SEALED_CHUNK, HEADER + (i + 1) * SEALED_CHUNK)
  const head = sealed.subarray(0, HEADER)
  const other = await seal(plain)

  const rows: [string, Buffer, number][] = [
    ['empty', Buffer.alloc(0), 0],
    ['cut inside the header', sealed.subarray(0, 20), 0],
    ['the header alone', head, 0],
    ['cut inside a tag', sealed.subarray(0, HEADER + 10), 0],
    ['cut at the end of a chunk', sealed.subarray(0, HEADER + 2 * SEALED_CHUNK), 1],
    ['the last chunk missing', sealed.subarray(0, HEADER + 3 * SEALED_CHUNK), 2],
    ['cut by one byte', sealed.subarray(0, -1), 3],
    ['one byte more', Buffer.concat([sealed, Buffer.of(0)]), 3],
    ['the last chunk twice', Buffer.concat([sealed, chunk(3)]), 3],
    ['two chunks swapped', Buffer.concat([head, chunk(1), chunk(0), chunk(2), chunk(3)]), 0],
    ['one chunk repeated', Buffer.concat([head, chunk(0), chunk(0), chunk(1), chunk(2), chunk(3)]), 1],
    ['one chunk left out', Buffer.concat([head, chunk(0), chunk(2), chunk(3)]), 1],
    ['a chunk of another stream', Buffer.concat([head, chunk(0), other.subarray(HEADER + SEALED_CHUNK)]), 1],
    ['the header of another stream', Buffer.concat([other.subarray(0, HEADER), sealed.subarray(HEADER)]), 0],
    ['two streams in one', Buffer.concat([sealed, other]), 3]
  ]
  for (const [what, bytes, wholeChunks] of rows) {
    const { plain: opened, error } = await unseal(bytes)
    t.ok(error instanceof SealBroken, `${what} fails`)
    t.ok(opened.equals(plain.subarray(0, wholeChunks * CHUNK)), `${what}: only what was proven came out`)
  }
})

t.test('One flipped bit anywhere is found', async t => {
  const plain = randomBytes(CHUNK + 300)
  const sealed = await seal(plain)
  const held = fc.assert(
    fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async bit => {
      const flipped = Buffer.from(sealed)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      const { plain: opened, error } = await unseal(flipped)
      return error instanceof SealBroken && opened.equals(plain.subarray(0, opened.length))
    }),
    { numRuns: 200 }
  )
  await t.resolves(held)
})

t.test('Another key or another context opens nothing', async t => {
  const sealed = await seal(Buffer.from('personal'), 'package:tenant-1')
  t.match(await unseal(sealed, { context: 'package:tenant-2' }), { error: SealBroken, plain: Buffer.alloc(0) })
  t.match(await unseal(sealed, { context: 'package:tenant-1', by: randomBytes(32) }), {
    error: SealBroken,
    plain: Buffer.alloc(0)
  })
  t.throws(() => sealing(randomBytes(16), 'a'), /32 bytes/)
})

t.test('A slow reader holds the writer back', async t => {
  let made = 0
  const source = Readable.from(
    (function* () {
      for (; made < 1_000; made += 1) yield Buffer.alloc(CHUNK)
    })()
  )
  const opened = source.pipe(sealing(key, 'a')).pipe(unsealing(key, 'a'))
  const reader = opened[Symbol.asyncIterator]()
  await reader.next()
  await new Promise(resolve => setImmediate(resolve))

  t.ok(made < 100, `64 MB were offered, ${made} chunks were taken for the one that was read`)
  opened.destroy()
  source.destroy()
})
