// The version of a resource as HTTP carries it: `ETag: "7"` out, `If-Match: "7"` in.

import { malformed } from './door-refusal.ts'

const ONE_VERSION = /^"(\d{1,9})"$/

export const etagOf = (version: number): string => `"${version}"`

/**
 * The version that the caller saw.
 * @returns null when any will do: there is no `If-Match`, or it is `*`
 * @throws {DoorRefusal} `malformed`
 */
export function versionAsked(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null
  const version = ONE_VERSION.exec(header.trim())?.[1]
  if (version === undefined) {
    throw malformed('If-Match cannot be read.', {
      pointer: '/header/if-match',
      rule: 'etag',
      fix: 'Send the ETag as you received it, such as "7" with its quotes, or * for any version.'
    })
  }
  return Number(version)
}

/** Whether `If-None-Match` names this one: the caller then has what would be sent (RFC 9110 section 13.1.2). */
export function isKnownETag(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map(one => one.trim().replace(/^W\//, ''))
  return known.includes('*') || known.includes(etag)
}
