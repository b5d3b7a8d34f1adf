// Where packages, collected data and attachments lie. What is stored arrives sealed (see seal-stream.ts): a store sees
// bytes only, and keys that say nothing.

import { randomUUID } from 'node:crypto'
import { chmod, type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { HabeasError } from '../domain/errors.ts'

export interface ObjectStore {
  /**
   * Stores everything `source` yields under `key`, or nothing at all; an object already there is replaced in one step.
   * When it resolves the bytes outlive a power cut. `source` is destroyed when storing fails.
   * @throws {HabeasError} `unavailable` when the store is full or cannot be written
   */
  put(key: string, source: Readable): Promise<{ bytes: number }>
  /** @throws {HabeasError} `not_found` */
  get(key: string): Promise<Readable>
  /** @returns bytes as stored. @throws {HabeasError} `not_found` */
  size(key: string): Promise<number>
  /** Removes an object; one that is not there is removed already. */
  remove(key: string): Promise<void>
  /** Removes all objects of a tenant, half-written ones included. */
  removeAll(tenantId: string): Promise<void>
  /**
   * Removes what a process left half-written when it was killed, last touched before `before`.
   * @returns how many were removed
   */
  removeAbandoned(before: Date): Promise<number>
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const TENANT_ID = new RegExp(`^${UUID}$`)
const KEY = new RegExp(`^${UUID}/${UUID}$`)
const HALF_WRITTEN = '.part'

/** No room, no quota, a file-size limit, a read-only or failing disk: nothing the caller did, and worth a retry later. */
const DISK_TROUBLE = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS', 'EIO'])

/**
 * A store in a folder of this machine. Only the service's own user may enter the folder.
 * Keys are `tenantId/uuid` in lower case and nothing else, so no key can name a path outside.
 * @throws {HabeasError} `unavailable` when the folder cannot be made
 */
export async function openDiskStore(root: string): Promise<ObjectStore> {
  await mkdir(root, { recursive: true, mode: 0o700 }).catch(diskTrouble)
  await chmod(root, 0o700).catch(diskTrouble)

  return {
    async put(key, source) {
      try {
        return { bytes: await replaceObject(root, pathOf(root, key), source) }
      } catch (error) {
        source.destroy()
        return diskTrouble(error)
      }
    },

    async get(key) {
      const file = await open(pathOf(root, key), 'r').catch(notFound)
      return file.createReadStream()
    },

    async size(key) {
      const { size } = await stat(pathOf(root, key)).catch(notFound)
      return size
    },

    async remove(key) {
      await rm(pathOf(root, key), { force: true })
    },

    async removeAll(tenantId) {
      if (!TENANT_ID.test(tenantId)) throw new Error('A store is emptied by tenant id, and by nothing else.')
      await rm(join(root, tenantId), { recursive: true, force: true })
    },

    async removeAbandoned(before) {
      let removed = 0
      for (const name of await readdir(root, { recursive: true })) {
        if (!name.endsWith(HALF_WRITTEN)) continue
        const path = join(root, name)
        const found = await stat(path).catch(() => null)
        if (found === null || found.mtimeMs >= before.getTime()) continue
        await rm(path, { force: true })
        removed += 1
      }
      return removed
    }
  }
}

function pathOf(root: string, key: string): string {
  if (!KEY.test(key)) throw new Error('An object key is tenantId/uuid, in lower case.')
  return join(root, key)
}

/** Writes beside the object, and takes its place in one step once everything is on the disk. */
async function replaceObject(root: string, path: string, source: Readable): Promise<number> {
  const half = `${path}.${randomUUID()}${HALF_WRITTEN}`
  const folder = dirname(path)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const bytes = await writeDurably(half, source)
    await rename(half, path)
    // The name is durable only once its folder is, and that folder once the root is.
    await syncFolder(folder)
    await syncFolder(root)
    return bytes
  } catch (error) {
    await rm(half, { force: true })
    throw error
  }
}

async function writeDurably(path: string, source: Readable): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const chunk of source) bytes += await writeWhole(file, chunk)
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

/** A write may be short (a signal, the last free block) without being an error. */
async function writeWhole(file: FileHandle, chunk: Uint8Array): Promise<number> {
  let written = 0
  while (written < chunk.length) {
    const { bytesWritten } = await file.write(chunk, written)
    written += bytesWritten
  }
  return written
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function diskTrouble(error: unknown): never {
  if (DISK_TROUBLE.has(codeOf(error)))
    throw new HabeasError('unavailable', 'The store takes no more data at the moment.')
  throw error
}

function notFound(error: unknown): never {
  if (codeOf(error) === 'ENOENT') throw new HabeasError('not_found', 'There is no such object in the store.')
  throw error
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
