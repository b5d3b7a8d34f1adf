// Encryption of what is too large to hold: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015) over
// AES-256-GCM. A stream is a header and chunks; each chunk is sealed under a nonce that carries its place and whether it
// is the last one, so that chunks cannot be cut off, swapped, repeated or taken from another stream.
//
//   header = magic and version (4) · salt (32) · nonce prefix (7)
//   nonce  = nonce prefix (7) · counter, big-endian (4) · last chunk: 1, else 0 (1)
//   chunk  = ciphertext (65536, the last one shorter) · tag (16); additional data = header · context

import { type CipherGCM, createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'

/** The bytes were changed, cut short, reordered or sealed with another key or context. Which one cannot be told. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
  constructor() {
    super('The sealed data is damaged, or was sealed with another key or for another purpose.')
  }
}

const ALGORITHM = 'aes-256-gcm'
const MAGIC = Buffer.from('HBS\x01', 'latin1')
const SALT_BYTES = 32
const PREFIX_BYTES = 7
const HEADER_BYTES = MAGIC.length + SALT_BYTES + PREFIX_BYTES
/** Plaintext bytes of every chunk but the last. */
const CHUNK_BYTES = 65_536
const TAG_BYTES = 16
/** The counter has four bytes: 256 TiB in one stream. */
const CHUNKS_MAX = 2 ** 32

/**
 * Seals what is written to it. Memory is one chunk, whatever the length.
 * @param key 32 bytes; each stream is sealed under a key derived from it with a salt of its own, so that one key may
 *   seal any number of streams without two nonces ever meeting
 * @param context what the data is and whose (`package:tenantId:requestId`); the same words are needed to unseal
 */
export function sealing(key: Uint8Array, context: string): Transform {
  const header = Buffer.concat([MAGIC, randomBytes(SALT_BYTES + PREFIX_BYTES)])
  const { streamKey, additional } = openHeader(header, key, context)
  const nextNonce = countNonces(header)

  const transform = inChunks(CHUNK_BYTES, (chunk, isLast) => {
    const cipher: CipherGCM = createCipheriv(ALGORITHM, streamKey, nextNonce(isLast), { authTagLength: TAG_BYTES })
    cipher.setAAD(additional)
    const sealed = cipher.update(chunk)
    cipher.final()
    transform.push(sealed)
    transform.push(cipher.getAuthTag())
  })
  transform.push(header)
  return transform
}

/**
 * Opens what `sealing` made. A chunk is released only after its tag was checked; the stream fails with `SealBroken` at
 * the first that does not hold, and at an end that is not the sealed end. Whoever reads must therefore treat what came
 * before an error as incomplete.
 */
export function unsealing(key: Uint8Array, context: string): Transform {
  let header = Buffer.alloc(0)
  let openChunk: ((chunk: Buffer, isLast: boolean) => void) | null = null

  const start = (): void => {
    if (!header.subarray(0, MAGIC.length).equals(MAGIC)) throw new SealBroken()
    const { streamKey, additional } = openHeader(header, key, context)
    const nextNonce = countNonces(header)
    openChunk = (chunk, isLast) => {
      const at = chunk.length - TAG_BYTES
      if (at < 0) throw new SealBroken()
      const decipher = createDecipheriv(ALGORITHM, streamKey, nextNonce(isLast), { authTagLength: TAG_BYTES })
      decipher.setAAD(additional)
      decipher.setAuthTag(chunk.subarray(at))
      const plain = decipher.update(chunk.subarray(0, at))
      try {
        decipher.final()
      } catch {
        throw new SealBroken()
      }
      transform.push(plain)
    }
  }

  const transform = inChunks(
    CHUNK_BYTES + TAG_BYTES,
    (chunk, isLast) => {
      if (openChunk === null) throw new SealBroken()
      openChunk(chunk, isLast)
    },
    bytes => {
      if (openChunk !== null) return bytes
      const missing = HEADER_BYTES - header.length
      header = Buffer.concat([header, bytes.subarray(0, missing)])
      if (header.length === HEADER_BYTES) start()
      return bytes.subarray(missing)
    }
  )
  return transform
}

/**
 * Cuts a stream into chunks of `size` bytes. A full chunk is held back until more follows, because only then is it known
 * not to be the last; the last one may be empty only when the whole stream is.
 */
function inChunks(
  size: number,
  take: (chunk: Buffer, isLast: boolean) => void,
  takeHeader: (bytes: Buffer) => Buffer = bytes => bytes
): Transform {
  const held = Buffer.allocUnsafe(size)
  let length = 0

  const write = (bytes: Buffer): void => {
    let rest = takeHeader(bytes)
    while (rest.length > 0) {
      if (length === size) {
        take(held, false)
        length = 0
      }
      const copied = rest.copy(held, length)
      length += copied
      rest = rest.subarray(copied)
    }
  }

  return new Transform({
    transform: (bytes: Buffer, _encoding, done) => attempt(done, () => write(bytes)),
    flush: done => attempt(done, () => take(held.subarray(0, length), true))
  })
}

function attempt(done: TransformCallback, work: () => void): void {
  try {
    work()
    done()
  } catch (error) {
    done(error instanceof Error ? error : new SealBroken())
  }
}

function openHeader(header: Buffer, key: Uint8Array, context: string): { streamKey: Buffer; additional: Buffer } {
  if (key.length !== 32) throw new Error('A sealing key has 32 bytes.')
  const salt = header.subarray(MAGIC.length, MAGIC.length + SALT_BYTES)
  return {
    streamKey: Buffer.from(hkdfSync('sha256', key, salt, 'habeas sealed stream', 32)),
    additional: Buffer.concat([header, Buffer.from(context, 'utf8')])
  }
}

/** The nonces of one stream, in order, each once. */
function countNonces(header: Buffer): (isLast: boolean) => Buffer {
  let counter = 0
  return isLast => {
    if (counter === CHUNKS_MAX) throw new Error('A sealed stream cannot be longer than 256 TiB.')
    const nonce = Buffer.alloc(PREFIX_BYTES + 5)
    header.copy(nonce, 0, HEADER_BYTES - PREFIX_BYTES)
    nonce.writeUInt32BE(counter, PREFIX_BYTES)
    nonce.writeUInt8(isLast ? 1 : 0, PREFIX_BYTES + 4)
    counter += 1
    return nonce
  }
}
