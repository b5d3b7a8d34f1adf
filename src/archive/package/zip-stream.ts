// A ZIP written entry by entry into a stream, with the size and SHA-256 of each entry and of the whole.

import { createHash } from 'node:crypto'
import { type PassThrough, Readable, type Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'

/** What was written. `bytes` and `sha256` (hex) are of an entry's content, not of its compressed form. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

type Content = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>

export interface ZipStream {
  /** Streams one entry in, reading its content once, and resolves when it was read to the end. One at a time. */
  add(name: string, content: Content, options?: { compress: boolean }): Promise<ZipEntry>
  /** Ends the archive, and resolves when the sink has all of it: `bytes` and `sha256` are of the archive itself. */
  finish(): Promise<Omit<ZipEntry, 'name'>>
  /** Gives up: the sink fails with `error`, so that nobody takes the half for the whole. */
  abandon(error: Error): void
}

/** Level 1 packs text nearly twice as fast as level 6, at a size that does not matter to one person's data. */
const COMPRESSION_LEVEL = 1
/** A regular file that only its owner may read and write. */
const FILE_MODE = 0o100600

/**
 * Opens an archive that flows into `sink` as entries are added; memory stays flat, Zip64 sets in by itself.
 * When anything fails, `add` and `finish` reject and the sink and the open content are destroyed.
 *
 * @param modifiedAt the one time that every entry bears
 */
export function writeZip(sink: Writable, modifiedAt: Date): ZipStream {
  const zip = new ZipFile()
  // Its type names the interface only; yazl makes a PassThrough.
  const output = zip.outputStream as PassThrough
  const whole = measure()
  let open: Readable | null = null

  zip.on('error', error => output.destroy(error))
  const delivered = pipeline(output, whole.pass, sink)
  // Seen by whoever awaits `add` or `finish`; until one of them does, a failure is not an unhandled one.
  delivered.catch(error => open?.destroy(error))

  return {
    async add(name, content, { compress } = { compress: true }) {
      const entry = measure()
      const source = Readable.from(entry.pass(content), { objectMode: false })
      open = source.on('error', error => output.destroy(error))
      try {
        const compressionLevel = compress ? COMPRESSION_LEVEL : 0
        zip.addReadStream(source, name, { mtime: modifiedAt, mode: FILE_MODE, compressionLevel })
        await Promise.race([finished(source), delivered])
      } finally {
        source.destroy()
      }
      return { name, ...entry.total() }
    },
    async finish() {
      zip.end()
      await delivered
      return whole.total()
    },
    abandon(error) {
      output.destroy(error)
    }
  }
}

/** Counts and hashes what passes. */
function measure() {
  const hash = createHash('sha256')
  let bytes = 0
  return {
    async *pass(content: Content): AsyncGenerator<Uint8Array> {
      for await (const piece of content) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
        hash.update(chunk)
        bytes += chunk.length
        yield chunk
      }
    },
    total: () => ({ bytes, sha256: hash.digest('hex') })
  }
}
