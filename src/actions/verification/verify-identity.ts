// Identity is proven, once for all requests of a case, and the work may begin.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import type { StaffMethod } from '../../domain/identity-proof.ts'
import type { Period } from '../../letters/facts.ts'
import { changeCase, findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { lawsOf, lockRequestsOfCase, requestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { stopTimers } from '../../storage/timers.ts'
import { consumeToken, findToken, isLive, supersede, type TokenRow, tryCode } from '../../storage/tokens.ts'
import { type Arrival, arrivalData } from '../clock/arrivals.ts'
import { resumeFrom } from '../clock/pause-clock.ts'
import { waitsForStaff } from '../fulfilment/ready-to-start.ts'
import { guardAtOnce } from '../register/enter-register.ts'
import { lockMovable, moveRequest } from '../requests/move-request.ts'
import { tellStaff, tellSubject } from '../requests/tell.ts'
import { makeFollowLink } from './follow-link.ts'

export interface Proof {
  readonly method: string
  /** What staff noted; sealed. */
  readonly note: string | null
  /** Of what proved it, where staff said so. */
  readonly arrival?: Arrival | null
}

/**
 * Records that the person is who they say, and moves every request of the case that waited for it, with its clock if that did. What may wait for nobody is
 * in the register with that.
 * @throws {HabeasError} `not_found`; `move_not_allowed` when none waits; `right_not_confirmed`
 */
export async function verifyIdentity(scope: Scope, caseId: string, proof: Proof): Promise<SubjectRequestRow[]> {
  const waiting = await lockMovable(scope, caseId, 'verify')
  const { body: policy } = await currentPolicy(scope)
  const { arrival = null } = proof
  await changeCase(scope, caseId, { verifiedAt: scope.now, proof: { method: proof.method, by: scope.actor.id } })
  const verified: SubjectRequestRow[] = []
  for (const request of waiting) {
    const running = await resumeFrom(scope, policy, request, 'identity', arrival)
    const moved = await moveRequest(scope, running, 'verify', {
      data: { method: proof.method, ...arrivalData(arrival) },
      words: proof.note,
      changes: { verifiedAt: scope.now }
    })
    verified.push(await guardAtOnce(scope, moved))
  }
  await stopTimers(scope, 'verification%', { caseId })
  await supersede(scope, caseId, 'verify')
  await beginWork(scope, caseId, verified)
  return verified
}

/**
 * The person typed the code from the mail behind the link.
 * @throws {HabeasError} `link_not_valid` for a link that is unknown, old, used or expired
 */
export async function verifyByCode(scope: Scope, token: string, code: string): Promise<CodeResult> {
  const row = await findLocked(scope, token)
  if (row === undefined || !isLive(row, scope.now)) throw linkNotValid()
  const { result, triesLeft } = await tryCode(scope, row, code)
  if (result === 'dead') throw linkNotValid()
  if (result === 'wrong') {
    if (triesLeft === 0) await noteLocked(scope, row)
    return { verified: false, triesLeft }
  }
  await verifyIdentity(scope, row.caseId, { method: 'email_link_and_code', note: null })
  return { verified: true, triesLeft }
}

/** A wrong code is an answer and not an error: the try has to be counted even so, and an error would undo it. */
export interface CodeResult {
  readonly verified: boolean
  readonly triesLeft: number
}

/**
 * The browser that filed the request opened the link: it needs no code.
 * @throws {HabeasError} `link_not_valid`
 */
export async function verifyByBrowser(scope: Scope, token: string, caseIdOfBrowser: string): Promise<void> {
  const row = await findLocked(scope, token)
  if (row === undefined || row.caseId !== caseIdOfBrowser || !(await consumeToken(scope, row))) throw linkNotValid()
  await verifyIdentity(scope, row.caseId, { method: 'email_link_and_browser', note: null })
}

/**
 * "I did not ask for this": ends what was asked in somebody's name, stops mail to that address and wakes staff.
 * @throws {HabeasError} `link_not_valid`; `move_not_allowed` once identity was proven
 */
export async function denyRequest(scope: Scope, token: string): Promise<void> {
  const row = await findToken(scope, 'verify', token)
  if (row === undefined) throw linkNotValid()
  const denied = await lockMovable(scope, row.caseId, 'cancel')
  const { body: policy } = await currentPolicy(scope)
  for (const request of denied) {
    const after = await moveRequest(scope, request, 'cancel', { data: { reason: 'not_requested' } })
    await tellStaff(scope, policy, after, 'alert_not_requested', {})
  }
  await changeCase(scope, row.caseId, { mutedAt: scope.now })
  await supersede(scope, row.caseId, 'verify')
  await stopTimers(scope, 'verification%', { caseId: row.caseId })
}

/** @throws {HabeasError} `invalid` when the note that staff owe is missing */
export async function confirmByStaff(
  scope: Scope,
  caseId: string,
  method: StaffMethod,
  words: string,
  arrival: Arrival | null = null
): Promise<SubjectRequestRow[]> {
  if (words.trim() === '') {
    throw invalid('Say how identity was established.', {
      pointer: '/note',
      rule: 'minLength',
      fix: 'Write what you checked; do not copy numbers from a document.'
    })
  }
  return await verifyIdentity(scope, caseId, { method, note: words, arrival })
}

/** Tells the person that their request is taken up, and until when; tells staff, or starts by itself where the tenant chose so and nothing is missing. */
export async function beginWork(scope: Scope, caseId: string, verified: readonly SubjectRequestRow[]): Promise<void> {
  const row = await findCase(scope, caseId)
  const { body: policy } = await currentPolicy(scope)
  const { link } = await makeFollowLink(scope, caseId)
  await tellSubject(scope, policy, row, 'verified', {
    receivedOn: dateIn(policy.timeZone, row.receivedAt),
    periods: verified.map(periodOf),
    link
  })
  for (const request of verified) {
    const waits = await waitsForStaff(scope, request)
    if (policy.startsByItself && !waits)
      await promise(scope, 'start_fulfilment', { requestId: request.id }, { key: `start:${request.id}` })
    await tellStaff(scope, policy, request, 'alert_new_request', { waitsForStaff: waits })
  }
}

/** Of two laws that set different days, the person is told both: the earlier one is the day they read. */
export function periodOf(row: SubjectRequestRow): Period {
  const { right, dueOn, targetOn } = row
  const dated = lawsOf(row).flatMap(law => (law.dueOn === null ? [] : [{ regime: law.regime, dueOn: law.dueOn }]))
  return { right, dueOn, targetOn, laws: new Set(dated.map(law => law.dueOn)).size > 1 ? dated : [] }
}

/**
 * The token behind a link, its requests locked. They come before the token: whoever sends a fresh link locks them in this order,
 * and one of two who did it in turn would be given up. What is read of the token is true from then on.
 */
async function findLocked(scope: Scope, token: string): Promise<TokenRow | undefined> {
  const row = await findToken(scope, 'verify', token)
  if (row === undefined) return undefined
  await lockRequestsOfCase(scope, row.caseId)
  return await findToken(scope, 'verify', token)
}

async function noteLocked(scope: Scope, row: TokenRow): Promise<void> {
  for (const request of await requestsOfCase(scope, row.caseId)) await note(scope, request, 'code_locked', {})
}

const linkNotValid = () => new HabeasError('link_not_valid', 'This link is no longer valid.')
