// Takes a case in: the rights somebody asks for, together.

import { randomInt } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Actor } from '../../domain/actor.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import type { MoveName, State } from '../../domain/lifecycle.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { type Policy, regimeFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { Channel, Details, Requester, Subject } from '../../domain/subject-request.ts'
import { nextAlertFrom } from '../../domain/timers.ts'
import { type People, placeOfPeople } from '../../storage/cases.ts'
import { type Database, inTenant, type Scope, type Tenant, tenantOf, type Who } from '../../storage/database.ts'
import type { InsertCase } from '../../storage/gathered-cases.ts'
import { type IdempotencyClaim, insertCaseIn, type NewCase, type Opened } from '../../storage/new-cases.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { searchWordsOf, subjectKeysOf } from '../../storage/subject-keys.ts'
import { type RequestContents, sealContents } from '../../storage/subject-requests.ts'
import { reckonDeadlines } from '../clock/reckon-deadlines.ts'

export interface Asked {
  readonly rights: readonly Right[]
  readonly details: Readonly<Partial<Record<Right, Details>>>
  readonly subject: Subject
  readonly requester: Requester | null
  readonly channel: Channel
  readonly receivedAt: Date
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
 * @throws {HabeasError} `invalid` for a receipt in the future or a person without any address; `right_not_offered`
 *   when the tenant or the law does not know a right; `idempotency_key_reused`
 */
export async function openRequests(
  { db, insertCase }: { readonly db: Database; readonly insertCase: InsertCase },
  who: Who,
  asked: Asked,
  idempotency: IdempotencyClaim | null
): Promise<Opened & { readonly composed: Composed }> {
  const [tenant, policy] = await Promise.all([tenantOf(db, who), policyOf(db, who)])
  const composed = compose(tenant, policy, who, asked, idempotency)
  return { ...(await insertCase(composed.made)), composed }
}

/** The same inside a transaction that does more. */
export async function openRequestsIn(scope: Scope, asked: Asked): Promise<{ caseId: string }> {
  const { body } = await currentPolicy(scope)
  return await insertCaseIn(scope, compose(scope.tenant, body, scope, asked, null).made)
}

const POLICY_KEPT_MS = 5_000

/** The policy, kept for a few seconds: it changes a few times a year and is asked for at every intake. */
async function policyOf(db: Database, who: Who): Promise<Policy> {
  const known = db.policies.get(who.tenantId)
  if (known !== undefined && Math.abs(who.now.getTime() - known.readAt.getTime()) < POLICY_KEPT_MS) return known.policy
  const { body } = await inTenant(db, who, currentPolicy)
  db.policies.set(who.tenantId, { policy: body, readAt: who.now })
  return body
}

function compose(
  tenant: Tenant,
  policy: Policy,
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
  const requests = asked.rights.map((right, index) => composeRequest(right, contents[index]!))

  function composeRequest(right: Right, plain: RequestContents): NewCase['requests'][number] {
    const id = uuidv7()
    const regime = asked.regime ?? regimeFor(policy, asked.subject)
    const { columns } = reckonDeadlines(policy, { right, regime, receivedAt: asked.receivedAt, events: [] })
    return {
      id,
      right,
      rightGuessed: asked.guessed,
      regime,
      ...columns,
      state: proof === null ? 'received' : nextState('received', 'verify', who.actor.mover),
      lastEventSeq: proof === null ? 1 : 2,
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
    events: requests.flatMap(request => firstEvents(who, asked, request.id, proof)),
    timers: requests.flatMap(request =>
      request.dueOn === null
        ? []
        : [{ id: uuidv7(), requestId: request.id, caseId: null, ...nextAlertFrom(policy, request.dueOn, who.now) }]
    ),
    promises: followUps(who, asked, caseId),
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

function firstEvents(who: Who, asked: Asked, requestId: string, proof: { method: string } | null): NewCase['events'] {
  const common = { requestId, mover: who.actor.mover, actorId: who.actor.id, at: who.now }
  const opened = {
    ...common,
    seq: 1,
    kind: 'opened' as const,
    fromState: 'received' as const,
    toState: 'received' as const,
    data: {
      channel: asked.channel,
      receivedAt: asked.receivedAt.toISOString(),
      guessed: asked.guessed,
      rights: asked.rights
    }
  }
  if (proof === null) return [opened]
  return [opened, { ...common, seq: 2, ...moveOf(who.actor, 'received', 'verify'), data: { method: proof.method } }]
}

function moveOf(actor: Actor, fromState: State, kind: MoveName) {
  return { kind, fromState, toState: nextState(fromState, kind, actor.mover) }
}

function followUps(who: Who, asked: Asked, caseId: string): NewCase['promises'] {
  if (asked.guessed) return []
  if (asked.verification.proven) {
    return [{ kind: 'begin_work', payload: { tenantId: who.tenantId, caseId } }]
  }
  if (asked.verification.method !== 'email') return []
  return [{ kind: 'ask_verification', payload: { tenantId: who.tenantId, caseId } }]
}

/** Short enough for the phone, without letters that are mistaken for others. It opens nothing. */
function newReference(): string {
  const alphabet = '23456789BCDFGHJKMNPQRTVWXYZ'
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `H-${group()}-${group()}`
}
