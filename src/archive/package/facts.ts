// What a package is made of. Collected and worded elsewhere; here it is only laid out.

import type { Readable } from 'node:stream'
import type { DataSystem } from '../../domain/data-map.ts'
import type { Locale } from '../../domain/subject-request.ts'

export interface PackageFacts {
  readonly right: 'access' | 'portability'
  /** How the person knows the request. */
  readonly reference: string
  readonly organisation: {
    readonly name: string
    /** Where to write: an email or postal address. */
    readonly contact: string
    readonly dataProtectionOfficer?: string
  }
  readonly locale: Locale
  /** RFC 3339, UTC. */
  readonly createdAt: string
  /** Systems that were searched and hold nothing about the person. A system in neither list was not asked. */
  readonly nothingFoundIn: readonly string[]
  /** What was left out of the copy, and why, in words for the person (Art. 12(4), 15(4)). */
  readonly withheld: readonly { readonly what: string; readonly why: string }[]
  /** With a copy under Art. 15; null for portability, where the law asks for the data alone. */
  readonly information: AccessInformation | null
}

/** GDPR Art. 15(1)(a)-(h) and (2), as the data map knows it. */
export interface AccessInformation {
  readonly systems: readonly Omit<DataSystem, 'id'>[]
  readonly authority: { readonly name: string; readonly address: readonly string[]; readonly url: string }
}

export interface Dataset {
  readonly name: string
  readonly system: string
  readonly category: string
  /** The records, from the start at each call: they are read twice, and have to be the same both times. */
  readonly rows: () => AsyncIterable<Readonly<Record<string, unknown>>>
}

export interface PackageFile {
  /** As it was called where it came from. Not the name it gets in the package. */
  readonly originalName: string
  readonly contentType: string
  readonly system: string
  readonly category: string
  readonly open: () => Promise<Readable>
}

/** A dataset as it lies in the package. */
export interface WrittenDataset extends Omit<Dataset, 'rows'> {
  readonly json: string
  readonly csv: string
  readonly records: number
  readonly columns: readonly string[]
}

/** A file as it lies in the package. */
export interface WrittenFile extends Omit<PackageFile, 'open'> {
  readonly entry: string
  readonly bytes: number
}
