// The tokens that staff come with: made by the tenant's issuer, read by @fastify/jwt with one fixed list of algorithms.

import { hash } from 'node:crypto'
import jwt, { type TokenOrHeader } from '@fastify/jwt'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import { STAFF_ROLES, type StaffRole } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import { JWKS_ALGORITHMS, keysOf } from './jwks.ts'
import { Kept } from './kept.ts'

export interface StaffTokenSettings {
  /** One secret shared with the issuer (HS256), or the address of the issuer's public keys. */
  readonly keys: { readonly secret: string } | { readonly jwksUrl: string }
  readonly issuer: string
  readonly audience: string
  /** Claims that hold the tenant's slug and the roles: a name as it stands, or a path with dots (`realm_access.roles`). */
  readonly tenantClaim: string
  readonly rolesClaim: string
  /** Seconds between `iat` and `exp` that are believed at most. */
  readonly maxLifetimeSeconds: number
}

export interface StaffClaims {
  readonly subject: string
  readonly tenantSlug: string
  readonly roles: readonly StaffRole[]
}

export type ReadStaffToken = (request: FastifyRequest) => Promise<StaffClaims>

const CLOCK_TOLERANCE_SECONDS = 30
/** A token may still get in for this long after its issuer withdrew the key that signed it. */
const SIGNATURE_KEPT_MS = 5_000
const TOKEN_TYPES = ['jwt', 'at+jwt', 'application/at+jwt']

/**
 * Mounts the reader of staff tokens on `app`.
 * @returns reads the token of a request, or rejects with `unauthenticated`, or `unavailable` when the issuer is away
 */
export async function mountStaffTokens(
  app: FastifyInstance,
  settings: StaffTokenSettings,
  clock: Clock
): Promise<ReadStaffToken> {
  const { keys } = settings
  const findKey = 'secret' in keys ? async () => keys.secret : keysOf(keys.jwksUrl, clock)

  await app.register(jwt, {
    secret: async (_request: FastifyRequest, token: TokenOrHeader) => {
      const header = requireReadable('header' in token ? token.header : undefined)
      return await findKey(header.kid, header.alg)
    },
    decode: { complete: true },
    verify: {
      algorithms: 'secret' in keys ? ['HS256'] : [...JWKS_ALGORITHMS],
      allowedIss: settings.issuer,
      allowedAud: settings.audience,
      requiredClaims: ['iss', 'aud', 'sub', 'exp'],
      // Times are compared below, with the service's own clock instead of the library's.
      ignoreExpiration: true,
      ignoreNotBefore: true
    }
  })

  // By the hash of the whole header: with anything less, one caller could meet the claims of another.
  const signed = new Kept<Record<string, unknown>>(SIGNATURE_KEPT_MS)

  return async request => {
    const now = clock()
    try {
      const header = hash('sha256', request.headers.authorization ?? '', 'base64')
      const claims = await signed.get(header, now, () => request.jwtVerify<Record<string, unknown>>())
      return claimsOf(claims, settings, now.getTime() / 1000)
    } catch (error) {
      if (error instanceof HabeasError) throw error
      throw notGood()
    }
  }
}

/** RFC 7515 section 4.1.11: what `crit` names has to be understood, and nothing of the kind is understood here. */
function requireReadable(header: unknown): Record<string, unknown> {
  if (typeof header !== 'object' || header === null || 'crit' in header) throw notGood()
  const { typ } = header as { typ?: unknown }
  if (typ !== undefined && (typeof typ !== 'string' || !TOKEN_TYPES.includes(typ.toLowerCase()))) throw notGood()
  return header as Record<string, unknown>
}

function claimsOf(claims: Record<string, unknown>, settings: StaffTokenSettings, now: number): StaffClaims {
  const { sub, exp, nbf, iat } = claims
  if (!isInstant(exp) || now >= exp + CLOCK_TOLERANCE_SECONDS) throw notGood()
  if (nbf !== undefined && (!isInstant(nbf) || now < nbf - CLOCK_TOLERANCE_SECONDS)) throw notGood()
  if (iat !== undefined && (!isInstant(iat) || now < iat - CLOCK_TOLERANCE_SECONDS)) throw notGood()
  if (exp - (isInstant(iat) ? iat : now) > settings.maxLifetimeSeconds) throw notGood()

  const tenantSlug = claimAt(claims, settings.tenantClaim)
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || typeof tenantSlug !== 'string') throw notGood()
  return { subject: sub, tenantSlug, roles: rolesIn(claimAt(claims, settings.rolesClaim)) }
}

/** Issuers name claims by URLs, which hold dots too: the whole name is tried before it is read as a path. */
function claimAt(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((found, part) => (isRecordWith(found, part) ? found[part] : undefined), claims)
}

/** Roles of other services stand in the same list: they are passed over. */
function rolesIn(claim: unknown): StaffRole[] {
  const named: readonly unknown[] = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(/[ ,]+/) : []
  return STAFF_ROLES.filter(role => named.includes(role))
}

function isRecordWith(value: unknown, name: string): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function notGood(): HabeasError {
  return new HabeasError('unauthenticated', 'The token is not good.')
}
