// Personal data in the columns: root key → tenant's key → case's key → AES-256-GCM.
// Destroying a case's key erases what was sealed under it, wherever copies of the row may lie.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  type KeyObject,
  randomBytes,
  randomFillSync
} from 'node:crypto'

const VERSION = 1
const VERSION_BYTE = Buffer.from([VERSION])
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FINGERPRINT_BYTES = 4
const HEADER_BYTES = 1 + FINGERPRINT_BYTES + NONCE_BYTES + TAG_BYTES
const KEY_MARK = Buffer.from('habeas key')

/** A value that cannot be opened: wrong key, wrong place or altered. It never falls back to plaintext. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** A 32-byte key with the mark that every value sealed under it carries. */
export interface Key {
  readonly bytes: Buffer
  /** The same, as Node's own crypto wants it: with bare bytes it takes five times as long for each value. */
  readonly secret: KeyObject
  readonly fingerprint: Buffer
}

export function keyOf(bytes: Buffer): Key {
  if (bytes.length !== 32) throw new Error('A sealing key has 32 bytes.')
  const mark = hash('sha256', Buffer.concat([KEY_MARK, bytes]), 'buffer')
  return { bytes, secret: createSecretKey(bytes), fingerprint: mark.subarray(0, FINGERPRINT_BYTES) }
}

export const newKey = (): Key => keyOf(randomBytes(32))

/**
 * Seals bytes for one place: the same value cannot be opened as another column's, row's or tenant's.
 * @param place  tenant, table, column and row, as the additional authenticated data
 */
export function seal(key: Key, place: string, plain: Buffer): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key.secret, nonce)
  cipher.setAAD(Buffer.from(place))
  const body = [cipher.update(plain), cipher.final()]
  return Buffer.concat([VERSION_BYTE, key.fingerprint, nonce, cipher.getAuthTag(), ...body])
}

/** Drawn many at a time: asking for one costs as much as sealing with it. A nonce is no secret, and none is drawn twice. */
const nonces = Buffer.alloc(NONCE_BYTES * 1_000)
let noncesUsed = nonces.length

function nextNonce(): Buffer {
  if (noncesUsed === nonces.length) {
    randomFillSync(nonces)
    noncesUsed = 0
  }
  noncesUsed += NONCE_BYTES
  return nonces.subarray(noncesUsed - NONCE_BYTES, noncesUsed)
}

/** @throws {SealBroken} when the key is another, the place is another or a bit was turned */
export function unseal(key: Key, place: string, sealed: Buffer): Buffer {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION) throw new SealBroken('Not a sealed value.')
  if (!sealed.subarray(1, 1 + FINGERPRINT_BYTES).equals(key.fingerprint))
    throw new SealBroken('Sealed under another key.')
  const nonce = sealed.subarray(1 + FINGERPRINT_BYTES, 1 + FINGERPRINT_BYTES + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key.secret, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(sealed.subarray(HEADER_BYTES - TAG_BYTES, HEADER_BYTES))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()])
  } catch (cause) {
    throw new SealBroken('The sealed value does not belong here or was altered.', { cause })
  }
}

/** The root key that seals, and those it replaced, which only open. */
export interface RootKeys {
  readonly current: Key
  readonly retired: readonly Key[]
}

/** A key derived for one use, so that no key serves two. */
export function derivedKey(from: Key, use: string): Key {
  return keyOf(Buffer.from(hkdfSync('sha256', from.bytes, '', `habeas ${use}`, 32)))
}

/**
 * A tenant's key, sealed under the current root key.
 * @returns null when it is already
 * @throws {SealBroken} when it is sealed under a root key that is not configured
 */
export function resealTenantKey(roots: RootKeys, tenantId: string, sealedKey: Buffer): Buffer | null {
  const root = rootOf(roots, sealedKey)
  if (root === roots.current) return null
  const place = placeOfTenantKey(tenantId)
  return seal(roots.current, place, unseal(root, place, sealedKey))
}

function rootOf({ current, retired }: RootKeys, sealedKey: Buffer): Key {
  const mark = sealedKey.subarray(1, 1 + FINGERPRINT_BYTES)
  const root = [current, ...retired].find(key => key.fingerprint.equals(mark))
  if (root === undefined) throw new SealBroken('The tenant is sealed under a root key that is not configured.')
  return root
}

const placeOfTenantKey = (tenantId: string) => `${tenantId}|tenants|sealed_key`

/** What can be sealed and looked up for one tenant. */
export class TenantVault {
  readonly tenantId: string
  readonly #key: Key
  readonly #indexKey: KeyObject

  constructor(tenantId: string, key: Key) {
    this.tenantId = tenantId
    this.#key = key
    this.#indexKey = derivedKey(key, 'blind index').secret
  }

  static open(roots: RootKeys, tenantId: string, sealedKey: Buffer): TenantVault {
    const root = rootOf(roots, sealedKey)
    return new TenantVault(tenantId, keyOf(unseal(root, placeOfTenantKey(tenantId), sealedKey)))
  }

  /** A new tenant's key, sealed under the root. */
  static create(roots: RootKeys, tenantId: string): { vault: TenantVault; sealedKey: Buffer } {
    const key = newKey()
    return {
      vault: new TenantVault(tenantId, key),
      sealedKey: seal(roots.current, placeOfTenantKey(tenantId), key.bytes)
    }
  }

  sealJson(place: string, value: unknown): Buffer {
    return seal(this.#key, `${this.tenantId}|${place}`, Buffer.from(JSON.stringify(value)))
  }

  openJson<T>(place: string, sealed: Buffer): T {
    return JSON.parse(unseal(this.#key, `${this.tenantId}|${place}`, sealed).toString()) as T
  }

  /**
   * Finds equal values without knowing them: HMAC-SHA-256 under a key of the tenant's own.
   * @param kind  `email`, `user_id`, `word`, ...: equal values of two kinds do not meet
   */
  blindIndex(kind: string, value: string): Buffer {
    return createHmac('sha256', this.#indexKey).update(`${kind}\0${value}`).digest()
  }

  newCase(caseId: string): { vault: CaseVault; sealedKey: Buffer } {
    const key = newKey()
    return {
      vault: new CaseVault(this.tenantId, key),
      sealedKey: seal(this.#key, `${this.tenantId}|cases|sealed_key|${caseId}`, key.bytes)
    }
  }

  openCase(caseId: string, sealedKey: Buffer): CaseVault {
    return new CaseVault(
      this.tenantId,
      keyOf(unseal(this.#key, `${this.tenantId}|cases|sealed_key|${caseId}`, sealedKey))
    )
  }
}

/** What can be sealed for one case. */
export class CaseVault {
  readonly #tenantId: string
  readonly #key: Key

  constructor(tenantId: string, key: Key) {
    this.#tenantId = tenantId
    this.#key = key
  }

  /** @param place  table, column and row: `letters|sealed|<id>` */
  sealJson(place: string, value: unknown): Buffer {
    return seal(this.#key, `${this.#tenantId}|${place}`, Buffer.from(JSON.stringify(value)))
  }

  openJson<T>(place: string, sealed: Buffer): T {
    return JSON.parse(unseal(this.#key, `${this.#tenantId}|${place}`, sealed).toString()) as T
  }

  /** What the history keeps of a text: nobody can guess the text from it without the case's key. */
  commit(text: string): Buffer {
    return createHmac('sha256', derivedKey(this.#key, 'commitment').secret).update(text).digest()
  }

  /** The key of the case's objects: collected data and packages. */
  objectKey(): Buffer {
    return derivedKey(this.#key, 'objects').bytes
  }
}

/** SHA-256 over purpose and token: a token for one thing opens no other. */
export function tokenHash(purpose: string, token: string): Buffer {
  return hash('sha256', `${purpose}\0${token}`, 'buffer')
}
