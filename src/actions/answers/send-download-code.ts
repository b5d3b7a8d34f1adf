// Before a package is handed out, its link alone is not enough: a code goes to the contact on file.

import { HabeasError } from '../../domain/errors.ts'
import { inHours } from '../../domain/timers.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { newestPackageOf } from '../../storage/packages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest } from '../../storage/subject-requests.ts'
import { countTokensSince } from '../../storage/token-history.ts'
import { createToken, findToken, isLive, type TokenRow } from '../../storage/tokens.ts'
import { tellSubject } from '../requests/tell.ts'

/** An authentication code, so shorter-lived than a link (OWASP ASVS 5.0, 6.5.5). */
const CODE_MINUTES = 10
const MINUTE_MS = 60_000
/** In 24 hours, for one package link. */
const CODES_AT_MOST = 10

/**
 * Sends a fresh code; the one before it no longer counts.
 * @returns `gone` when the package can no longer be fetched, or not yet
 * @throws {HabeasError} `link_not_valid` for a link that was never made
 */
export async function sendDownloadCode(scope: Scope, token: string): Promise<'sent' | 'too_many' | 'gone'> {
  const { link, requestId } = await linkToPackage(scope, token)
  await lockSubjectRequest(scope, requestId)
  const pack = await newestPackageOf(scope, requestId)
  if (!isLive(link, scope.now) || pack?.state !== 'ready') return 'gone'

  const codes = { caseId: link.caseId, requestId, purpose: 'download_code' as const }
  if ((await countTokensSince(scope, codes, inHours(scope.now, -24))) >= CODES_AT_MOST) return 'too_many'
  const { code } = await createToken(scope, {
    ...codes,
    expiresAt: new Date(scope.now.getTime() + CODE_MINUTES * MINUTE_MS)
  })
  const { body: policy } = await currentPolicy(scope)
  const theirs = await findCase(scope, link.caseId)
  await tellSubject(scope, policy, theirs, 'download_code', { code, validMinutes: CODE_MINUTES }, { requestId })
  return 'sent'
}

/**
 * The token behind a package link, live or not, and the request it is about.
 * @throws {HabeasError} `link_not_valid` for one that was never made
 */
export async function linkToPackage(scope: Scope, token: string): Promise<{ link: TokenRow; requestId: string }> {
  const link = await findToken(scope, 'download', token)
  if (link === undefined || link.requestId === null) throw new HabeasError('link_not_valid', 'This link is not valid.')
  return { link, requestId: link.requestId }
}
