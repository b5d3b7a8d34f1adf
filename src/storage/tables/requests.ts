// A case, its requests, their history and what staff note of them.

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid
} from 'drizzle-orm/pg-core'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { type EventKind, HAPPENINGS } from '../../domain/events.ts'
import { MOVE_NAMES, MOVERS, type Mover, OPEN_STATES, STATES, type State } from '../../domain/lifecycle.ts'
import { RIGHTS, type Right } from '../../domain/rights.ts'
import { CHANNELS, type Channel, LOCALES, type Locale, OUTCOMES, type Outcome } from '../../domain/subject-request.ts'
import { at, bytea, byteaArray, oneOf, tenantId, tenantOnly } from './columns.ts'
import { tenants } from './tenancy.ts'

/** What the due dates were computed from, so that they can be explained and computed again. */
export interface ClockInputs {
  readonly timeZone: string
  /** Whose public holidays count under the request's own law, and the version of their calendar. */
  readonly holidays: string
  readonly holidaysVersion: string
  readonly promiseDays: number | null
  readonly events: readonly Record<string, unknown>[]
  /** Where two laws apply, both with their own dates, the request's own first: those in the row are the earliest. Else empty. */
  readonly laws: readonly LawDates[]
  /** While the clock stands: the laws under which it does. */
  readonly standing?: readonly RegimeName[]
}

/** What one of two laws gives by itself, without any promise. */
export interface LawDates {
  readonly regime: RegimeName
  readonly holidays: string
  readonly holidaysVersion: string
  /** Its last day now, with the extension if it gives the one that was taken. */
  readonly dueOn: LocalDate | null
  readonly targetOn: LocalDate | null
  readonly statutoryDueOn: LocalDate | null
  readonly extendedDueOn: LocalDate | null
  readonly acknowledgeBy: LocalDate | null
  readonly extensionNoticeBy: LocalDate | null
  readonly refusalBy: LocalDate | null
}

export const cases = pgTable(
  'cases',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** What people quote on the phone. Not a credential. */
    reference: text('reference').notNull(),
    channel: text('channel').$type<Channel>().notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    country: text('country'),
    region: text('region'),
    externalId: text('external_id'),
    receivedAt: at('received_at').notNull(),
    /** The case's own key, sealed under the tenant's. Null once its personal data was erased. */
    sealedKey: bytea('sealed_key'),
    /** Subject and requester, as one sealed value. */
    sealed: bytea('sealed').notNull(),
    /** Blind indexes of every identifier of the subject: email, user id, phone. */
    subjectKeys: byteaArray('subject_keys').notNull(),
    verifiedAt: at('verified_at'),
    /** How identity was proven: method and who vouched, never the evidence itself. */
    proof: jsonb('proof').$type<{ method: string; by: string | null }>(),
    /** Set when somebody pressed "I did not ask for this": no further mail goes to that address. */
    mutedAt: at('muted_at'),
    /** When its key was destroyed. */
    erasedAt: at('erased_at'),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'cases_pk', columns: [table.tenantId, table.id] }),
    unique('cases_reference').on(table.tenantId, table.reference),
    check('cases_channel', sql`${table.channel} ${oneOf(CHANNELS)}`),
    check('cases_locale', sql`${table.locale} ${oneOf(LOCALES)}`),
    check('cases_proof', sql`(${table.verifiedAt} is null) = (${table.proof} is null)`),
    check('cases_erased', sql`(${table.sealedKey} is null) = (${table.erasedAt} is not null)`),
    foreignKey({ name: 'cases_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)

/**
 * Blind indexes of the words of the subject's name and address, by which staff find a case. Rows of their own and no array in
 * the case: behind row security no index is asked what an array holds, for `@>` could tell of rows that are another tenant's.
 * Of an equality PostgreSQL knows that it tells nothing. No foreign key, for each word would look its case up again, and cases stay.
 */
export const caseWords = pgTable(
  'case_words',
  {
    tenantId: tenantId(),
    word: bytea('word').notNull(),
    caseId: uuid('case_id').notNull()
  },
  table => [primaryKey({ name: 'case_words_pk', columns: [table.tenantId, table.word, table.caseId] }), tenantOnly()]
)

export const subjectRequests = pgTable(
  'subject_requests',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    right: text('subject_right').$type<Right>().notNull(),
    /** Read from the words of a mail; nothing happens until staff confirm or correct it. */
    rightGuessed: boolean('right_guessed').notNull().default(false),
    regime: text('regime').$type<RegimeName>().notNull(),
    state: text('state').$type<State>().notNull(),
    /** Grows with every change: the ETag. */
    version: integer('version').notNull().default(1),
    lastEventSeq: integer('last_event_seq').notNull(),
    receivedAt: at('received_at').notNull(),
    receivedOn: date('received_on').$type<LocalDate>().notNull(),
    /** The day that rules now: extended if it was, else the earlier of law and promise. */
    dueOn: date('due_on').$type<LocalDate>(),
    targetOn: date('target_on').$type<LocalDate>(),
    statutoryDueOn: date('statutory_due_on').$type<LocalDate>(),
    promisedOn: date('promised_on').$type<LocalDate>(),
    extendedDueOn: date('extended_due_on').$type<LocalDate>(),
    acknowledgeBy: date('acknowledge_by').$type<LocalDate>(),
    extensionNoticeBy: date('extension_notice_by').$type<LocalDate>(),
    refusalBy: date('refusal_by').$type<LocalDate>(),
    dueEndsAt: at('due_ends_at'),
    clock: jsonb('clock').$type<ClockInputs>().notNull(),
    extendedAt: at('extended_at'),
    pausedAt: at('paused_at'),
    /** While the clock stands: the day that goes on even so, of a promise or of a law that knows no such pause. */
    dueOnWhilePaused: date('due_on_while_paused').$type<LocalDate>(),
    assignee: text('assignee'),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    externalId: text('external_id'),
    outcome: text('outcome').$type<Outcome>(),
    ground: text('ground'),
    /** An objection to direct marketing is granted without weighing (GDPR Art. 21(2)-(3)). */
    directMarketing: boolean('direct_marketing').notNull().default(false),
    /** Details, metadata and, once decided, the reasons: one sealed value. */
    sealed: bytea('sealed').notNull(),
    /** Who prepared the answer: the second pair of eyes must be another's. */
    preparedBy: text('prepared_by'),
    verifiedAt: at('verified_at'),
    respondedAt: at('responded_at'),
    closedAt: at('closed_at'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull()
  },
  table => [
    primaryKey({ name: 'subject_requests_pk', columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'subject_requests_case_fk',
      columns: [table.tenantId, table.caseId],
      foreignColumns: [cases.tenantId, cases.id]
    }),
    index('subject_requests_by_case').on(table.tenantId, table.caseId),
    index('subject_requests_newest').on(table.tenantId, table.createdAt.desc(), table.id.desc()),
    index('subject_requests_by_due').on(table.tenantId, table.dueOn, table.id),
    // What is late or next is asked among the open ones: past all that was ever closed it would be a long way.
    index('subject_requests_open_by_due')
      .on(table.tenantId, table.dueOn, table.id)
      .where(sql`${table.state} ${oneOf(OPEN_STATES)}`),
    index('subject_requests_by_right').on(table.tenantId, table.right, table.createdAt.desc(), table.id.desc()),
    index('subject_requests_by_regime').on(table.tenantId, table.regime, table.createdAt.desc(), table.id.desc()),
    index('subject_requests_by_state').on(table.tenantId, table.state, table.createdAt.desc(), table.id.desc()),
    // Most requests have neither: intake need not write what nobody will ask for.
    index('subject_requests_by_external_id')
      .on(table.tenantId, table.externalId)
      .where(sql`${table.externalId} is not null`),
    index('subject_requests_by_assignee')
      .on(table.tenantId, table.assignee, table.createdAt.desc(), table.id.desc())
      .where(sql`${table.assignee} is not null`),
    // For the reports, which ask for what happened within a period.
    index('subject_requests_by_answer')
      .on(table.tenantId, table.respondedAt)
      .where(sql`${table.respondedAt} is not null`),
    index('subject_requests_by_extension')
      .on(table.tenantId, table.extendedAt)
      .where(sql`${table.extendedAt} is not null`),
    check('subject_requests_right', sql`${table.right} ${oneOf(RIGHTS)}`),
    check('subject_requests_state', sql`${table.state} ${oneOf(STATES)}`),
    check('subject_requests_outcome', sql`${table.outcome} ${oneOf(OUTCOMES)}`),
    check(
      'subject_requests_nothing_before_verified',
      sql`${table.verifiedAt} is not null or ${table.state} not in ('verified', 'awaiting_clarification', 'in_fulfilment')`
    ),
    check(
      'subject_requests_unproven_only_refused',
      sql`${table.verifiedAt} is not null or ${table.state} not in ('in_review', 'responded', 'closed') or ${table.outcome} = 'refused'`
    ),
    check(
      'subject_requests_answer_has_outcome',
      sql`${table.state} not in ('responded', 'closed') or ${table.outcome} is not null`
    ),
    check(
      'subject_requests_no_refusal_without_ground',
      sql`${table.outcome} is null or ${table.outcome} not in ('refused', 'partly_granted') or ${table.ground} is not null`
    ),
    check(
      'subject_requests_right_confirmed_first',
      sql`not ${table.rightGuessed} or ${table.state} in ('received', 'withdrawn', 'cancelled')`
    ),
    check(
      'subject_requests_clock_stands_when_ended',
      sql`${table.pausedAt} is null or ${table.state} ${oneOf(OPEN_STATES)}`
    ),
    tenantOnly()
  ]
)

/** The history, append-only and chained per request. The state of a request is what its last entry says. */
export const events = pgTable(
  'events',
  {
    tenantId: tenantId(),
    requestId: uuid('request_id').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').$type<EventKind>().notNull(),
    fromState: text('from_state').$type<State>().notNull(),
    toState: text('to_state').$type<State>().notNull(),
    mover: text('mover').$type<Mover>().notNull(),
    actorId: text('actor_id'),
    at: at('at').notNull(),
    /** Facts without personal data. */
    data: jsonb('data').$type<Record<string, unknown>>().notNull(),
    /** Free text of staff, sealed under the case's key. */
    sealed: bytea('sealed'),
    /** HMAC of that text under the case's key: the chain still verifies when the text is gone. */
    commitment: bytea('commitment'),
    previousHash: bytea('previous_hash').notNull(),
    hash: bytea('hash').notNull()
  },
  table => [
    primaryKey({ name: 'events_pk', columns: [table.tenantId, table.requestId, table.seq] }),
    unique('events_state_of_seq').on(table.tenantId, table.requestId, table.seq, table.toState),
    foreignKey({
      name: 'events_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    index('events_by_time').on(table.tenantId, table.at, table.requestId, table.seq),
    check('events_kind', sql`${table.kind} ${oneOf([...HAPPENINGS, ...MOVE_NAMES])}`),
    check('events_mover', sql`${table.mover} ${oneOf(MOVERS)}`),
    check('events_commitment', sql`${table.sealed} is null or ${table.commitment} is not null`),
    tenantOnly()
  ]
)

export const notes = pgTable(
  'notes',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    author: text('author').notNull(),
    sealed: bytea('sealed').notNull(),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'notes_pk', columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'notes_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    index('notes_by_request').on(table.tenantId, table.requestId, table.id),
    tenantOnly()
  ]
)
