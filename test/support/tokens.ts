// Staff tokens, made by hand: a test also has to make what no honest library would.

import { createHmac } from 'node:crypto'

export const TOKEN_ISSUER = 'https://id.house.example/'
export const TOKEN_AUDIENCE = 'habeas'
/** Seconds. */
const LIFETIME = 600

/** HS256 unless the header says otherwise; the signature is HMAC-SHA-256 in any case. */
export function signToken(secret: string, claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string {
  const input = `${encoded(header)}.${encoded(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** The claims of an agent of the tenant, made at that moment; a change to undefined leaves a claim out. */
export function claimsFor(slug: string, at: Date, changes: object = {}): Record<string, unknown> {
  const iat = epochSeconds(at)
  const who = { sub: 'anna', tenant: slug, roles: ['agent'] }
  return { iss: TOKEN_ISSUER, aud: TOKEN_AUDIENCE, ...who, iat, exp: iat + LIFETIME, ...changes }
}

/** A part of a token. */
export const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000)
