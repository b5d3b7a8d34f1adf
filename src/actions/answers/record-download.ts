// A package is fetched: who may is decided, and that it happened is written down before the first byte leaves.

import { HabeasError } from '../../domain/errors.ts'
import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { countDownload } from '../../storage/downloads.ts'
import { note } from '../../storage/history.ts'
import { newestPackageOf, type PackageRow } from '../../storage/packages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest } from '../../storage/subject-requests.ts'
import { newestToken } from '../../storage/token-history.ts'
import { isLive, tryCode } from '../../storage/tokens.ts'
import { tellSubject } from '../requests/tell.ts'
import { linkToPackage } from './send-download-code.ts'

export interface Granted {
  readonly result: 'granted'
  readonly pack: PackageRow
  /** Opens the package in the store. */
  readonly key: Buffer
  readonly reference: string
}

/** What opens a package in the store. */
type Opened = Omit<Granted, 'result'>

export type Download =
  | Granted
  /** Counted as a try. */
  | { readonly result: 'wrong'; readonly triesLeft: number }
  /** There is no code that still counts: none was sent, or it was used, tried too often or has run out. */
  | { readonly result: 'no_code' }
  | { readonly result: 'gone' }

/**
 * Tries the code. The right one opens the package once; the history says so and the person is told, whether or not the
 * download then comes to its end: whoever is cut off asks for another code.
 * @throws {HabeasError} `link_not_valid` for a link that was never made
 */
export async function recordDownload(scope: Scope, token: string, code: string): Promise<Download> {
  const { link, requestId } = await linkToPackage(scope, token)
  const row = await lockSubjectRequest(scope, requestId)
  const pack = await newestPackageOf(scope, requestId)
  if (!isLive(link, scope.now) || pack?.state !== 'ready') return { result: 'gone' }

  const sent = await newestToken(scope, { caseId: link.caseId, requestId, purpose: 'download_code' })
  if (sent === undefined) return { result: 'no_code' }
  const { result, triesLeft } = await tryCode(scope, sent, code)
  if (result === 'dead' || (result === 'wrong' && triesLeft === 0)) return { result: 'no_code' }
  if (result === 'wrong') return { result, triesLeft }

  const downloads = await countDownload(scope, pack.id)
  if (downloads === undefined) return { result: 'gone' }
  await note(scope, row, 'package_downloaded', { packageId: pack.id, downloads })
  const theirs = await findCase(scope, link.caseId)
  const { body: policy } = await currentPolicy(scope)
  const facts = { downloadedAt: scope.now.toISOString(), timeZone: policy.timeZone }
  await tellSubject(scope, policy, theirs, 'package_downloaded', facts, { requestId })
  return { result: 'granted', pack, key: openCaseVault(scope, theirs).objectKey(), reference: theirs.reference }
}

/**
 * Staff look at a package. Nothing of the request changes by it, but that somebody held a person's data is itself history. The
 * person is told of none of it, and it takes none of their downloads.
 * @throws {HabeasError} `not_found`; `unavailable` while it is being built; `conflict` when it could not be
 */
export async function fetchPackage(scope: Scope, requestId: string): Promise<Opened> {
  const row = await lockSubjectRequest(scope, requestId)
  const pack = await newestPackageOf(scope, requestId)
  if (pack === undefined || pack.state === 'expired') throw new HabeasError('not_found', 'This request has no package.')
  if (pack.state === 'building')
    throw new HabeasError('unavailable', 'The package is being built; try again in a moment.')
  if (pack.state === 'failed')
    throw new HabeasError('conflict', 'The package could not be built: have it built again first.')
  const theirs = await findCase(scope, row.caseId)
  const key = openCaseVault(scope, theirs).objectKey()
  await note(scope, row, 'package_downloaded', { packageId: pack.id })
  return { pack, key, reference: theirs.reference }
}
