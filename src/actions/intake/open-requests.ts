// Takes a case in: the rights somebody asks for, together.

import { randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { firstAlerts } from '../../domain/alerts.ts'
import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { lawFor, type Policy, regimeFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { Channel, Details, Requester, Subject } from '../../domain/subject-request.ts'
import { type People, placeOfPeople } from '../../storage/cases.ts'
import { type Database, inTenant, type Scope, type Tenant, tenantOf, type Who } from '../../storage/database.ts'
import type { InsertCase } from '../../storage/gathered-cases.ts'
import { type IdempotencyClaim, insertCaseIn, type NewCase, type Opened } from '../../storage/new-cases.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { searchWordsOf, subjectKeysOf } from '../../storage/subject-keys.ts'
import { type RequestContents, sealContents } from '../../storage/subject-requests.ts'
import { purposesOnMap } from '../../storage/systems-in-scope.ts'
import { thresholdsOf } from '../clock/plan-alerts.ts'
import { type ClockOf, firstClock, reckonDeadlines } from '../clock/reckon-deadlines.ts'
import { firstEntries, namesPurpose } from './first-entries.ts'
import { firstEvents } from './first-events.ts'

export interface Asked {
  readonly rights: readonly Right[]
  readonly details: Readonly<Partial<Record<Right, Details>>>
  readonly subject: Subject
  readonly requester: Requester | null
  readonly channel: Channel
  readonly receivedAt: Date
  /** Whether staff say that it arrived earlier than now: the history tells who said so. */
  readonly isReceiptSaid: boolean
  /** The day that the request itself bears: some laws count from there. Null where it bears none. */
  readonly datedOn: LocalDate | null
  /** Chosen by staff; otherwise the person's place decides. */
  readonly regime: RegimeName | null
  /** `email` sends the link; the others assert what was already proven, with how. `none` waits for staff. */
  readonly verification: { readonly method: string } & (
    | { readonly proven: false }
    | { readonly proven: true; readonly by: string | null }
  )
  readonly externalId: string | null
  readonly metadata: Readonly<Record<string, string>>
  /** Read from the words of a mail: nothing happens before staff confirm. */
  readonly guessed: boolean
}

/** A new case, with what is sealed in it in plain: whoever answers with it need not open it again. */
export interface Composed {
  readonly made: NewCase
  readonly people: People
  /** Of each request, in their order. */
  readonly contents: readonly RequestContents[]
}

/**
 * Opens a case with one request for each right, in one round trip. Nothing is sent: what comes next is promised.
 *
 * @throws {HabeasError} `invalid` for a receipt in the future, a date after it, or a person without any address; `right_not_offered`
 *   when the tenant or the law does not know a right; `idempotency_key_reused`
 */
export async function openRequests(
  { db, insertCase }: { readonly db: Database; readonly insertCase: InsertCase },
  who: Who,
  asked: Asked,
  idempotency: IdempotencyClaim | null
): Promise<Opened & { readonly composed: Composed }> {
  const [tenant, policy] = await Promise.all([tenantOf(db, who), policyOf(db, who)])
  const known = namesPurpose(asked) ? await inTenant(db, who, purposesOnMap) : NO_PURPOSES
  const composed = compose({ tenant, policy, known }, who, asked, idempotency)
  return { ...(await insertCase(composed.made)), composed }
}

/** The same inside a transaction that does more. */
export async function openRequestsIn(scope: Scope, asked: Asked): Promise<{ caseId: string }> {
  const { body: policy } = await currentPolicy(scope)
  const known = namesPurpose(asked) ? await purposesOnMap(scope) : NO_PURPOSES
  return await insertCaseIn(scope, compose({ tenant: scope.tenant, policy, known }, scope, asked, null).made)
}

const NO_PURPOSES: ReadonlySet<string> = new Set()
const POLICY_KEPT_MS = 5_000
/** From which on there are calendars. */
const FIRST_INSTANT = new Date('2018-01-01T00:00:00Z')

/** The policy, kept for a few seconds: it changes a few times a year and is asked for at every intake. */
async function policyOf(db: Database, who: Who): Promise<Policy> {
  const known = db.policies.get(who.tenantId)
  if (known !== undefined && Math.abs(who.now.getTime() - known.readAt.getTime()) < POLICY_KEPT_MS) return known.policy
  const { body } = await inTenant(db, who, currentPolicy)
  db.policies.set(who.tenantId, { policy: body, readAt: who.now })
  return body
}

function compose(
  { tenant, policy, known }: { tenant: Tenant; policy: Policy; known: ReadonlySet<string> },
  who: Who,
  asked: Asked,
  idempotency: IdempotencyClaim | null
): Composed {
  refuseImpossible(policy, who.now, asked)
  const caseId = uuidv7()
  const { vault, sealedKey } = tenant.vault.newCase(caseId)
  const proof = asked.verification.proven ? { method: asked.verification.method, by: asked.verification.by } : null
  const verifiedAt = proof === null ? null : who.now
  const people = { subject: asked.subject, requester: asked.requester }
  const contents = asked.rights.map(right => ({
    details: asked.details[right] ?? {},
    metadata: asked.metadata,
    decision: null
  }))
  const begun = asked.rights.map((right, index) => {
    const plain = contents[index]!
    const id = uuidv7()
    const entries =
      proof === null
        ? []
        : firstEntries(tenant, who, { id, right, details: plain.details }, { subject: asked.subject, known })
    const events = firstEvents(who, asked, { requestId: id, proof, entries })
    return { request: composeRequest(id, right, plain, events.length), entries, events }
  })
  const requests = begun.map(({ request }) => request)

  function composeRequest(
    id: string,
    right: Right,
    plain: RequestContents,
    lastEventSeq: number
  ): NewCase['requests'][number] {
    const regime = asked.regime ?? lawFor(policy, regimeFor(policy, asked.subject), right)
    const clock = firstClock(policy, { right, regime, receivedAt: asked.receivedAt, events: clockEventsOf(asked) })
    return {
      id,
      right,
      rightGuessed: asked.guessed,
      regime,
      ...reckonDeadlines(policy, clock),
      state: proof === null ? 'received' : nextState('received', 'verify', who.actor.mover),
      lastEventSeq,
      externalId: asked.externalId,
      directMarketing: plain.details.directMarketing === true,
      sealed: sealContents(vault, id, plain),
      verifiedAt,
      createdAt: who.now
    }
  }

  const made = {
    tenantId: who.tenantId,
    case: {
      id: caseId,
      reference: newReference(),
      channel: asked.channel,
      locale: asked.subject.locale,
      country: asked.subject.country,
      region: asked.subject.region,
      externalId: asked.externalId,
      receivedAt: asked.receivedAt,
      sealedKey,
      sealed: vault.sealJson(placeOfPeople(caseId), people),
      subjectKeys: subjectKeysOf(tenant.vault, asked.subject),
      verifiedAt,
      proof,
      createdAt: who.now
    },
    words: searchWordsOf(tenant.vault, asked.subject),
    requests,
    events: begun.flatMap(({ events }) => events),
    entries: begun.flatMap(({ entries }) => entries),
    timers: requests.flatMap(({ id: requestId, dueOn, acknowledgeBy }) =>
      firstAlerts(thresholdsOf(policy), { answer: dueOn, acknowledgement: acknowledgeBy }, who.now).map(timer => ({
        id: uuidv7(),
        requestId,
        caseId: null,
        ...timer
      }))
    ),
    promises: followUps(who, asked, caseId, requests),
    idempotency
  }
  return { made, people, contents }
}

function refuseImpossible(policy: Policy, now: Date, asked: Asked): void {
  if (asked.receivedAt > now) {
    throw invalid('A request cannot be received in the future.', {
      pointer: '/receivedAt',
      rule: 'notInFuture',
      fix: 'Send the instant at which it arrived, or leave it out for now.'
    })
  }
  if (asked.receivedAt < FIRST_INSTANT) {
    throw invalid('The calendars do not reach that far back.', {
      pointer: '/receivedAt',
      rule: 'range',
      fix: `Send an instant after ${FIRST_INSTANT.toISOString()}.`
    })
  }
  if (asked.datedOn !== null && asked.datedOn > dateIn(policy.timeZone, asked.receivedAt)) {
    throw invalid('A request is dated after its receipt.', {
      pointer: '/datedOn',
      rule: 'notAfterReceipt',
      fix: 'Send the date the request bears: it cannot lie after its receipt.'
    })
  }
  const missing = asked.rights.find(right => !policy.rights.includes(right))
  if (missing !== undefined) {
    throw new HabeasError('right_not_offered', `This organisation does not take ${missing} requests.`, {
      right: missing,
      offered: policy.rights
    })
  }
  if (asked.subject.email === null && asked.verification.method === 'email') {
    throw invalid('A link cannot be sent without an address.', {
      pointer: '/subject/email',
      rule: 'required',
      fix: 'Send the address, or another verification.method.'
    })
  }
}

function clockEventsOf({ datedOn }: Asked): ClockOf['events'] {
  return datedOn === null ? [] : [{ type: 'request_dated', at: datedOn }]
}

function followUps(who: Who, asked: Asked, caseId: string, requests: NewCase['requests']): NewCase['promises'] {
  if (asked.guessed) return []
  if (asked.verification.proven) {
    return [{ kind: 'begin_work', payload: { tenantId: who.tenantId, caseId } }]
  }
  if (asked.verification.method !== 'email') {
    const isConfirmed = asked.subject.email !== null && requests.some(({ acknowledgeBy }) => acknowledgeBy !== null)
    return isConfirmed ? [{ kind: 'confirm_receipt', payload: { tenantId: who.tenantId, caseId } }] : []
  }
  return [{ kind: 'ask_verification', payload: { tenantId: who.tenantId, caseId } }]
}

/** Short enough for the phone, without letters that are mistaken for others. It opens nothing. */
function newReference(): string {
  const alphabet = '23456789BCDFGHJKMNPQRTVWXYZ'
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `H-${group()}-${group()}`
}
