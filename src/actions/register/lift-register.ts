// Ends what stands in the register because of a request, with the request. A restriction ends only after the person was told of
// it (GDPR Art. 18(3)).

import { HabeasError, invalid } from '../../domain/errors.ts'
import { type EndReason, endsWhenWithdrawn, REGISTER_KINDS, type RegisterKind } from '../../domain/register.ts'
import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { entriesToldBy, lift, type RegisterEntry, setNotice, standingEntriesOf } from '../../storage/register.ts'
import type { CaseVault } from '../../storage/sealing.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

/** What to end because of a request. */
export interface ToLift {
  readonly kind: RegisterKind
  /** Undefined is every one that stands. */
  readonly purpose?: string | null
  readonly because: EndReason
  /** The letter in which the person reads it: for a restriction only. */
  readonly toldBy?: string
}

/**
 * Ends what stands in the register because of a request, as its answer says. An objection or erasure ends now; a restriction
 * ends when the letter that tells of it has left (`liftAfterNotice`), because nobody was told by a letter that still waits.
 *
 * @param request  as locked by this transaction
 * @returns the request as it now stands
 * @throws {HabeasError} `not_told` for a restriction without a letter that tells of it
 */
export async function liftRegister(
  scope: Scope,
  request: SubjectRequestRow,
  asked: ToLift
): Promise<SubjectRequestRow> {
  let row = request
  for (const entry of await standingEntriesOf(scope, request.id, asked.kind, asked.purpose)) {
    if (entry.kind !== 'restricted') row = await liftNow(scope, row, entry, { because: asked.because, words: null })
    else if (asked.toldBy !== undefined)
      await setNotice(scope, entry.id, { letterId: asked.toldBy, liftsOn: null, because: asked.because })
    else throw notTold(entry)
  }
  return row
}

/**
 * Ends the restrictions that an answer brought to an end, now that it has left. To be called when a letter was marked as sent.
 * @param request  of the letter, as locked by this transaction
 * @returns the request as it now stands
 */
export async function liftAfterNotice(
  scope: Scope,
  request: SubjectRequestRow,
  letterId: string
): Promise<SubjectRequestRow> {
  let row = request
  for (const entry of await entriesToldBy(scope, letterId)) {
    // A notice of its own names a day, and staff look at what the person replied before they lift.
    if (entry.notice?.liftsOn === null)
      row = await liftNow(scope, row, entry, { because: entry.because ?? 'objection_decided', words: null })
  }
  return row
}

/** Takes back what an answer that may not have left yet was to end, for a request that is taken up again. */
export async function keepRestricted(scope: Scope, requestId: string): Promise<void> {
  for (const { id, notice } of await standingEntriesOf(scope, requestId, 'restricted'))
    if (notice !== null && notice.liftsOn === null) await setNotice(scope, id, null)
}

/**
 * Ends what stands because of a request that the person took back. They know it, for it was their word (GDPR Art. 18(3)).
 * @param request  as it now stands, withdrawn
 * @returns the request as it then stands
 */
export async function liftWithdrawn(scope: Scope, request: SubjectRequestRow): Promise<SubjectRequestRow> {
  let row = request
  for (const kind of REGISTER_KINDS.filter(kind => endsWhenWithdrawn(kind, request.right))) {
    for (const entry of await standingEntriesOf(scope, request.id, kind))
      row = await liftNow(scope, row, entry, { because: 'request_withdrawn', words: null })
  }
  return row
}

/**
 * Lifts an entry and says so in the history.
 * @param request  of the entry, as locked by this transaction
 * @returns the request as it now stands
 * @throws {HabeasError} `invalid` for words where the personal data of the case was erased
 */
export async function liftNow(
  scope: Scope,
  request: SubjectRequestRow,
  entry: RegisterEntry,
  { because, words }: { because: EndReason; words: string | null }
): Promise<SubjectRequestRow> {
  await lift(scope, entry.id, because)
  const text = words === null ? undefined : { words, vault: await vaultForWords(scope, request.caseId) }
  const { id, kind, purpose } = entry
  return await record(scope, request, {
    kind: 'register_lifted',
    to: request.state,
    data: { entryId: id, kind, purpose, because },
    text
  })
}

/** The register outlives what else is known of a person: an erased one who came back is lifted without words. */
async function vaultForWords(scope: Scope, caseId: string): Promise<CaseVault> {
  const theirs = await findCase(scope, caseId)
  if (theirs.sealedKey !== null) return openCaseVault(scope, theirs)
  throw invalid('There is nothing left to keep a note with.', {
    pointer: '/note',
    rule: 'erased',
    fix: 'Leave the note out: the personal data of this case was erased.'
  })
}

export function notTold({ id, notice }: RegisterEntry): HabeasError {
  return new HabeasError('not_told', 'The person is told before a restriction ends (GDPR Art. 18(3)).', {
    entryId: id,
    notice: notice?.letterState ?? null
  })
}
