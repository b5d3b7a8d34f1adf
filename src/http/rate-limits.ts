// How much one place may ask for without credentials: the counters lie in the database, so that every process counts the same,
// with addresses as keyed hashes only. Callers with credentials are counted by each process in memory: what is kept from one of
// them is its time and its connections.

import { createHmac } from 'node:crypto'
import rateLimit, { type FastifyRateLimitStoreCtor, normalizeIP } from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { Database } from '../storage/database.ts'
import { countHit } from '../storage/rate-limits.ts'
import { derivedKey } from '../storage/sealing.ts'
import { DoorRefusal } from './door-refusal.ts'

export interface RateLimit {
  /** Calls from one address (IPv4, or the /64 of an IPv6), or with one credential, in one window. */
  readonly max: number
  readonly windowSeconds: number
}

export interface RateLimitParts {
  readonly db: Database
  readonly clock: Clock
  /** What is counted apart from everything else: `public`, `failed credentials`. */
  readonly name: string
  readonly limit: RateLimit
  /** Whom a call is counted for; left out, the address that it comes from. */
  readonly countedBy?: (request: FastifyRequest) => string
}

/** Limits every route of `app` that is mounted after this, with the `RateLimit-*` headers on each answer. */
export async function limitRate(app: FastifyInstance, parts: RateLimitParts): Promise<void> {
  await app.register(rateLimit, optionsOf(parts))
}

/**
 * Counts on demand instead of at each call.
 * @returns counts one for the address of the request; rejects with `rate_limited` once there were more than the limit
 */
export async function countRate(
  app: FastifyInstance,
  parts: RateLimitParts
): Promise<(request: FastifyRequest) => Promise<void>> {
  await app.register(rateLimit, { ...optionsOf(parts), global: false })
  const count = app.createRateLimit()
  return async request => {
    const counted = await count(request)
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted.ttlInSeconds)
  }
}

/** Limits every route of `app` that is mounted after this by tenant and actor. After `requireCredentials`. */
export async function limitCalls(app: FastifyInstance, { max, windowSeconds }: RateLimit): Promise<void> {
  await app.register(rateLimit, {
    max,
    timeWindow: windowSeconds * 1000,
    enableDraftSpec: true,
    keyGenerator: ({ caller }: FastifyRequest) => `${caller?.tenantId} ${caller?.actor.id}`,
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => tooMany(Math.ceil(ttl / 1000))
  })
}

function optionsOf({ db, clock, name, limit, countedBy = addressOf }: RateLimitParts) {
  const key = derivedKey(db.roots.current, 'rate limits').bytes
  return {
    max: limit.max,
    timeWindow: limit.windowSeconds * 1000,
    enableDraftSpec: true,
    store: storeIn(db, clock),
    keyGenerator: (request: FastifyRequest) =>
      createHmac('sha256', key)
        .update(`${name}\n${countedBy(request)}`)
        .digest('base64url'),
    errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) => tooMany(Math.ceil(ttl / 1000))
  }
}

const addressOf = (request: FastifyRequest): string => normalizeIP(request.ip)

function tooMany(retryAfterSeconds: number): DoorRefusal {
  return new DoorRefusal('rate_limited', 'Too many calls came from here.', { retryAfterSeconds })
}

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void

function storeIn(db: Database, clock: Clock): FastifyRateLimitStoreCtor {
  return class CountersInDatabase {
    incr(key: string, counted: Counted, windowMs = 0): void {
      countHit(db, key, windowMs, clock()).then(
        ({ hits, leftMs }) => counted(null, { current: hits, ttl: leftMs }),
        (error: Error) => counted(error)
      )
    }

    child(): CountersInDatabase {
      return this
    }
  }
}
