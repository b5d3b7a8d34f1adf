// A package on its way into the store: written, sealed and stored in one stream, so that no plaintext touches a disk.

import type { ObjectStore } from './object-store.ts'
import { type PackageContents, type WrittenPackage, writePackage } from './package-writer.ts'
import { sealing } from './seal-stream.ts'

export interface PackagePlace {
  readonly store: ObjectStore
  /** Where in the store: `tenantId/uuid`. */
  readonly objectKey: string
  /** 32 bytes; destroying it erases the package wherever copies of it lie. */
  readonly sealingKey: Uint8Array
  /** What the package is bound to, and has to be unsealed with: tenant and request. */
  readonly context: string
}

/**
 * Writes a package into the store, whole or not at all.
 * @returns what was written, and the bytes it takes in the store
 * @throws {HabeasError} `unavailable` when the store is full
 */
export async function storePackage(
  { store, objectKey, sealingKey, context }: PackagePlace,
  contents: PackageContents
): Promise<WrittenPackage & { storedBytes: number }> {
  const sink = sealing(sealingKey, context)
  const [written, stored] = await Promise.allSettled([writePackage({ ...contents, sink }), store.put(objectKey, sink)])
  // A store that fails tears the writer down with it, which then reports only that its sink closed: the cause goes first.
  if (stored.status === 'rejected') throw stored.reason
  if (written.status === 'rejected') throw written.reason
  return { ...written.value, storedBytes: stored.value.bytes }
}
