// A subject request as the wire shows it, for whoever asks.

import { dateIn, daysBetween, earliest, type LocalDate } from '../domain/deadline/local-date.ts'
import { missingDetails, WHAT_IS_MISSING } from '../domain/details.ts'
import { groundsFor } from '../domain/grounds.ts'
import { isFinal, type Mover, OPEN_STATES, PHASE_OF } from '../domain/lifecycle.ts'
import { allowedActions, nextStepOf, type Situation } from '../domain/next-step.ts'
import type { Details } from '../domain/subject-request.ts'
import { type CaseRow, findCase, findCases, openCaseVault, type People, peopleOf } from '../storage/cases.ts'
import type { Scope } from '../storage/database.ts'
import { canStillBeExtended, owedOn } from '../storage/owed-days.ts'
import {
  contentsOf,
  findSubjectRequest,
  lawsOf,
  type RequestContents,
  requestsOfCase,
  type SubjectRequestRow,
  versionOfCase
} from '../storage/subject-requests.ts'
import type { SubjectRequestShape } from './schemas/subject-requests.ts'

/** @throws {HabeasError} `not_found` */
export async function showRequest(scope: Scope, requestId: string): Promise<SubjectRequestShape> {
  const row = await findSubjectRequest(scope, requestId)
  return viewOf(scope, row, (await findCases(scope, [row.caseId])).get(row.caseId)!)
}

/** @throws {HabeasError} `not_found` */
export async function showCase(scope: Scope, caseId: string) {
  const theirs = await findCase(scope, caseId)
  const rows = await requestsOfCase(scope, caseId)
  const requests = rows.map(row => viewOf(scope, row, theirs))
  return { caseId, reference: theirs.reference, version: versionOfCase(rows), requests }
}

/** @param theirs  the case of the request */
export function viewOf(
  scope: Pick<Scope, 'vault' | 'actor' | 'now'>,
  row: SubjectRequestRow,
  theirs: CaseRow
): SubjectRequestShape {
  if (theirs.sealedKey === null) return viewWith(scope, row, theirs, null)
  return viewWith(scope, row, theirs, {
    people: peopleOf(scope, theirs),
    contents: contentsOf(openCaseVault(scope, theirs), row)
  })
}

/** What is sealed in a request and its case, in plain. */
interface Kept {
  readonly people: People
  readonly contents: RequestContents
}

/** @param kept  null when the personal data was erased */
export function viewWith(
  scope: Pick<Scope, 'actor' | 'now'>,
  row: SubjectRequestRow,
  theirs: CaseRow,
  kept: Kept | null
): SubjectRequestShape {
  const today = dateIn(row.clock.timeZone, scope.now)
  const situation = situationOf(row, kept?.contents.details ?? {}, today)
  const isOpen = OPEN_STATES.includes(row.state)
  const owed = isOpen ? owedOn(row) : null
  const daysLeft = owed === null ? null : daysBetween(today, owed)
  const { subject, requester } = kept?.people ?? { subject: null, requester: null }
  return {
    id: row.id,
    caseId: row.caseId,
    reference: theirs.reference,
    right: row.right,
    rightGuessed: row.rightGuessed,
    regime: row.regime,
    state: row.state,
    phase: PHASE_OF[row.state],
    version: row.version,
    channel: theirs.channel,
    receivedAt: row.receivedAt.toISOString(),
    receivedOn: row.receivedOn,
    dueOn: row.dueOn,
    statutoryDueOn: row.statutoryDueOn,
    promisedOn: row.promisedOn,
    extendedDueOn: row.extendedDueOn,
    targetOn: row.targetOn,
    acknowledgeBy: row.acknowledgeBy,
    extensionNoticeBy: row.extensionNoticeBy,
    refusalBy: row.refusalBy,
    dueEndsAt: instant(row.dueEndsAt),
    laws: lawsSeen(row),
    daysLeft,
    overdue: daysLeft !== null && daysLeft < 0,
    clock: !isOpen ? 'stopped' : row.pausedAt === null ? 'running' : 'paused',
    extended: row.extendedAt !== null,
    outcome: row.outcome,
    ground: row.ground,
    nextStep: nextStepOf(situation),
    allowedActions: allowedActions(moverSeen(scope), situation),
    subject: subject === null ? null : { ...subject, identifiers: [...subject.identifiers] },
    requester,
    details: (kept?.contents.details ?? null) as SubjectRequestShape['details'],
    verification:
      row.verifiedAt === null || theirs.proof === null ? null : { ...theirs.proof, at: row.verifiedAt.toISOString() },
    assignee: row.assignee,
    tags: row.tags,
    externalId: row.externalId,
    metadata: { ...kept?.contents.metadata },
    preparedBy: row.preparedBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    respondedAt: instant(row.respondedAt),
    closedAt: instant(row.closedAt),
    personalDataErasedAt: instant(theirs.erasedAt)
  }
}

/** An auditor may do nothing, whatever the table lets an agent do. */
function moverSeen({ actor }: Pick<Scope, 'actor'>): Mover | null {
  return actor.mover === 'agent' && actor.roles.every(role => role === 'auditor') ? null : actor.mover
}

/** Of one law or two: the one whose period ends first rules, of two that end together the request's own. */
function lawsSeen(row: SubjectRequestRow): SubjectRequestShape['laws'] {
  const laws = lawsOf(row)
  const endsOn = earliest(...laws.map(({ dueOn }) => dueOn))
  const ruling = laws.find(({ dueOn }) => endsOn !== null && dueOn === endsOn)
  return laws.map(law => {
    const { regime, dueOn, statutoryDueOn, extendedDueOn, targetOn, acknowledgeBy, extensionNoticeBy, refusalBy } = law
    const rules = law === ruling
    return {
      regime,
      rules,
      dueOn,
      statutoryDueOn,
      extendedDueOn,
      targetOn,
      acknowledgeBy,
      extensionNoticeBy,
      refusalBy
    }
  })
}

function situationOf(row: SubjectRequestRow, details: Details, today: LocalDate): Situation {
  const { right } = row
  const laws = lawsOf(row)
  const isStartable = missingDetails(right, details).length === 0
  return {
    ...row,
    lacks: isStartable ? null : (WHAT_IS_MISSING[right] ?? null),
    proposesChanges: details.changes !== undefined,
    canBeExtended: !isFinal(row.state) && canStillBeExtended(row, today),
    canBePaused: laws.some(({ regime }) => groundsFor({ use: 'pause', right, regime }).length > 0)
  }
}

const instant = (at: Date | null) => at?.toISOString() ?? null
