// The public keys of an issuer, by key id. They come from the configured address and from nowhere else: what a token says
// about keys (`jku`, `x5u`, `jwk`) is never read.

import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { HabeasError } from '../domain/errors.ts'

export const JWKS_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const
type JwksAlgorithm = (typeof JWKS_ALGORITHMS)[number]

interface PublicKey {
  readonly algorithm: JwksAlgorithm
  readonly pem: string
}

const FETCH_TIMEOUT_MS = 5_000
const MAX_BYTES = 262_144
/** However many tokens name an unknown key, the issuer is not asked more often. */
const ASK_AGAIN_AFTER_MS = 30_000
/** Keys that the issuer withdrew are forgotten after this long. */
const KEPT_MS = 10 * 60_000

export type FindKey = (keyId: unknown, algorithm: unknown) => Promise<string>

/**
 * @returns finds a key as PEM by the id and algorithm that a token names, or rejects: with `unauthenticated` when the issuer
 *   has no such key, with `unavailable` when the issuer never answered
 */
export function keysOf(url: string, clock: Clock): FindKey {
  let keys: ReadonlyMap<string, PublicKey> | undefined
  let fetchedAt = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let asking: Promise<void> | undefined

  const ask = async (): Promise<void> => {
    askedAt = clock().getTime()
    try {
      keys = await fetchKeys(url)
      fetchedAt = askedAt
    } catch {
      // Keys that were good a moment ago stay good while the issuer is away.
    } finally {
      asking = undefined
    }
  }
  const mayAsk = () => Math.abs(clock().getTime() - askedAt) >= ASK_AGAIN_AFTER_MS

  return async (keyId, algorithm) => {
    const isOld = Math.abs(clock().getTime() - fetchedAt) >= KEPT_MS
    const isKnown = typeof keyId === 'string' && keys?.has(keyId) === true
    if (asking === undefined && (isOld || !isKnown) && mayAsk()) asking = ask()
    await asking
    if (keys === undefined)
      throw new HabeasError('unavailable', 'The keys of the issuer cannot be fetched at the moment.')
    const key = typeof keyId === 'string' ? keys.get(keyId) : undefined
    if (key === undefined || key.algorithm !== algorithm)
      throw new HabeasError('unauthenticated', 'The token is not good.')
    return key.pem
  }
}

async function fetchKeys(url: string): Promise<ReadonlyMap<string, PublicKey>> {
  const response = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(FETCH_TIMEOUT_MS),
    headers: { accept: 'application/json' }
  })
  if (!response.ok || response.body === null) throw new Error(`The issuer answered ${response.status}.`)
  const set: unknown = JSON.parse(await readAtMost(response.body, MAX_BYTES))
  const list = isRecord(set) && Array.isArray(set.keys) ? set.keys : []
  return new Map(list.flatMap(jwk => entryOf(jwk)))
}

async function readAtMost(body: ReadableStream<Uint8Array>, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > bytes) throw new Error('The key set is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Keys for other uses or algorithms, and those that cannot be read, are passed over. */
function entryOf(jwk: unknown): [string, PublicKey][] {
  if (!isRecord(jwk) || typeof jwk.kid !== 'string' || (jwk.use ?? 'sig') !== 'sig') return []
  const algorithm = algorithmOf(jwk)
  if (algorithm === undefined || (jwk.alg ?? algorithm) !== algorithm) return []
  try {
    const key = createPublicKey({ key: publicPartOf(jwk), format: 'jwk' })
    return [[jwk.kid, { algorithm, pem: key.export({ type: 'spki', format: 'pem' }).toString() }]]
  } catch {
    return []
  }
}

function algorithmOf({ kty, crv }: Record<string, unknown>): JwksAlgorithm | undefined {
  if (kty === 'RSA') return 'RS256'
  if (kty === 'EC' && crv === 'P-256') return 'ES256'
  return kty === 'OKP' && crv === 'Ed25519' ? 'EdDSA' : undefined
}

function publicPartOf({ kty, crv, n, e, x, y }: Record<string, unknown>): JsonWebKey {
  return Object.fromEntries(Object.entries({ kty, crv, n, e, x, y }).filter(([, value]) => typeof value === 'string'))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
