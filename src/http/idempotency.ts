// The `Idempotency-Key` that a caller sends so that a call repeated after a lost answer is not a second deed.

import { hash } from 'node:crypto'
import type { Who } from '../storage/database.ts'
import type { IdempotencyClaim } from '../storage/new-cases.ts'
import { malformed } from './door-refusal.ts'

/** Printable ASCII without spaces: what clients generate, and what a log or a header can carry. */
const KEY = /^[\x21-\x7e]{1,255}$/

/** The part of a Fastify request that is looked at, whatever its schema. */
export interface IdempotentRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
  readonly routeOptions: { readonly url?: string | undefined }
}

/**
 * What the caller claims with their key: the same credential, route and key mean the same call, and the fingerprint over path
 * and body tells whether it is.
 * @returns null where no key was sent
 * @throws {DoorRefusal} `malformed`
 */
export function idempotencyClaimOf(request: IdempotentRequest, who: Who): IdempotencyClaim | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw malformed('The Idempotency-Key cannot be read.', {
      pointer: '/header/idempotency-key',
      rule: 'pattern',
      fix: 'Send 1 to 255 printable ASCII characters without spaces, such as a UUID.'
    })
  }
  const [path] = request.url.split('?', 1)
  const fingerprint = hash('sha256', `${path}\n${JSON.stringify(request.body ?? null)}`, 'buffer')
  return {
    // Strangers have no name. Whoever says the same words with the same key is taken for the same, and nobody takes another's key.
    credential: `${who.actor.mover}:${who.actor.id ?? fingerprint.toString('hex')}`,
    route: `${request.method} ${request.routeOptions.url}`,
    key,
    fingerprint,
    // Who repeats a lost call does so in real time, however far the clock of a sandbox went meanwhile.
    at: who.serviceNow ?? who.now
  }
}
