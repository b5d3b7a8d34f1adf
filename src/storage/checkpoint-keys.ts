// The key that signs checkpoints, and those it replaced, which only verify.

import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/** Ed25519 in PKCS #8 and SPKI up to where the 32 bytes of the key begin (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex')
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
const KEY_BYTES = 32
const KEY_ID_BYTES = 4
/** The type of an Ed25519 key in a signed note. */
const ED25519 = Buffer.from([0x01])

type SignatureVerdict = 'good' | 'bad' | 'unknown_key'

export interface CheckpointSigner {
  /** To be published: who has it can check every checkpoint without us. */
  readonly publicKey: Buffer
  /** @returns the signature, and the id of its key under this origin */
  sign(origin: string, text: string): { readonly signature: Buffer; readonly keyId: string }
  verify(origin: string, text: string, signed: { readonly signature: Buffer; readonly keyId: string }): SignatureVerdict
}

/**
 * @param seed     32 bytes
 * @param retired  public keys of 32 bytes that signed before
 */
export function checkpointSigner(seed: Buffer, retired: readonly Buffer[] = []): CheckpointSigner {
  if (seed.length !== KEY_BYTES) throw new Error('The seed of the signing key has 32 bytes.')
  const secret = createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = rawPublicKey(createPublicKey(secret))
  const known = [publicKey, ...retired].map(raw => ({ raw, key: openPublicKey(raw) }))
  return {
    publicKey,
    sign: (origin, text) => ({ signature: sign(null, Buffer.from(text), secret), keyId: keyIdOf(origin, publicKey) }),
    verify: (origin, text, { signature, keyId }) => {
      const named = known.find(({ raw }) => keyIdOf(origin, raw) === keyId)
      if (named === undefined) return 'unknown_key'
      return verify(null, Buffer.from(text), named.key, signature) ? 'good' : 'bad'
    }
  }
}

/** The key's id in a signed note: it depends on the name under which the key signs. In hexadecimal. */
function keyIdOf(origin: string, publicKey: Buffer): string {
  const named = Buffer.concat([Buffer.from(`${origin}\n`), ED25519, publicKey])
  return hash('sha256', named, 'buffer').subarray(0, KEY_ID_BYTES).toString('hex')
}

/** Key id and signature as they stand in a signed note. */
export function noteSignature({ signature, keyId }: { readonly signature: Buffer; readonly keyId: string }): string {
  return Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_PREFIX.length)
}

function openPublicKey(raw: Buffer): KeyObject {
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, raw]), format: 'der', type: 'spki' })
}
