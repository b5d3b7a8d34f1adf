// What the letters about an archive of data are told.

import type { ToPerson } from './addressee.ts'

export interface PackageDownloadedFacts extends ToPerson {
  /** RFC 3339. */
  readonly downloadedAt: string
  /** IANA zone in which the person reads the time. */
  readonly timeZone: string
}

export interface DownloadCodeFacts extends ToPerson {
  readonly code: string
  readonly validMinutes: number
}
