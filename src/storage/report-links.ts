// Links to reports, for browsers, which cannot send credentials along. Nothing is stored: what a link shows and until when is
// sealed in it, under the tenant's key.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import { HabeasError } from '../domain/errors.ts'
import type { CountedPeople } from '../domain/reports/california.ts'
import type { Scope } from './database.ts'
import { SealBroken } from './sealing.ts'

export type LinkedReport =
  | { readonly report: 'overview'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly report: 'california'; readonly year: number; readonly people: CountedPeople }

/** Long enough to read it and to change its language; a new one costs a call. */
const MINUTES = 60
const PLACE = 'report link'

interface Sealed {
  readonly shows: LinkedReport
  /** Epoch milliseconds. */
  readonly until: number
}

export function makeReportLink({ vault, now }: Scope, shows: LinkedReport): { token: string; expiresAt: Date } {
  const until = now.getTime() + MINUTES * 60_000
  const token = vault.sealJson(PLACE, { shows, until } satisfies Sealed).toString('base64url')
  return { token, expiresAt: new Date(until) }
}

/** @throws {HabeasError} `link_not_valid` for one that has run out, was altered, or is another tenant's */
export function openReportLink({ vault, now }: Scope, token: string): LinkedReport {
  const { shows, until } = unsealed()
  if (until <= now.getTime()) throw notValid()
  return shows

  function unsealed(): Sealed {
    try {
      return vault.openJson<Sealed>(PLACE, Buffer.from(token, 'base64url'))
    } catch (error) {
      if (error instanceof SealBroken) throw notValid()
      throw error
    }
  }
}

const notValid = () => new HabeasError('link_not_valid', 'This link is not valid.')
