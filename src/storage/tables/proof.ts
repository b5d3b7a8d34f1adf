// What was answered, who may not be processed, and the seal on the history.

import { sql } from 'drizzle-orm'
import {
  bigint,
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
  uniqueIndex,
  uuid
} from 'drizzle-orm/pg-core'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { type EndReason, PURPOSE_SHAPE, REGISTER_KINDS, type RegisterKind } from '../../domain/register.ts'
import { OUTCOMES, type Outcome } from '../../domain/subject-request.ts'
import { at, bytea, oneOf, tenantId, tenantOnly } from './columns.ts'
import { letters } from './correspondence.ts'
import { subjectRequests } from './requests.ts'
import { tenants } from './tenancy.ts'

/** An answer that was given. A request that was reopened has more than one. */
export const responses = pgTable(
  'responses',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    outcome: text('outcome').$type<Outcome>().notNull(),
    ground: text('ground'),
    letterId: uuid('letter_id').notNull(),
    previewHash: text('preview_hash').notNull(),
    /** The authority named and the way to a court: GDPR Art. 12(4). */
    authority: jsonb('authority').$type<Record<string, string>>(),
    courtNamed: boolean('court_named').notNull(),
    /** An objection that is not to marketing was weighed (Art. 21(1)). */
    weighed: boolean('weighed').notNull(),
    needsWeighing: boolean('needs_weighing').notNull(),
    needsSecondPerson: boolean('needs_second_person').notNull(),
    preparedBy: text('prepared_by'),
    sentBy: text('sent_by').notNull(),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'responses_pk', columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'responses_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    foreignKey({
      name: 'responses_letter_fk',
      columns: [table.tenantId, table.letterId],
      foreignColumns: [letters.tenantId, letters.id]
    }),
    index('responses_by_request').on(table.tenantId, table.requestId),
    check('responses_outcome', sql`${table.outcome} ${oneOf(OUTCOMES)}`),
    check(
      'responses_refusal_block',
      sql`${table.outcome} not in ('refused', 'partly_granted') or (${table.ground} is not null and ${table.authority} is not null and ${table.courtNamed})`
    ),
    check('responses_weighed', sql`not ${table.needsWeighing} or ${table.weighed}`),
    check(
      'responses_four_eyes',
      sql`not ${table.needsSecondPerson} or (${table.preparedBy} is not null and ${table.preparedBy} <> ${table.sentBy})`
    ),
    tenantOnly()
  ]
)

/**
 * Who is restricted, has objected or was erased. One entry has a row for each name the person is known by; its rows share
 * the id, and are lifted together.
 */
export const registerEntries = pgTable(
  'register_entries',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    subjectKey: bytea('subject_key').notNull(),
    kind: text('kind').$type<RegisterKind>().notNull(),
    /** The purpose it is about; null is every purpose. */
    purpose: text('purpose'),
    sinceAt: at('since_at').notNull(),
    /** The letter that tells the person that the restriction will end, and when it was promised: GDPR Art. 18(3). */
    noticeLetterId: uuid('notice_letter_id'),
    noticeAt: at('notice_at'),
    /** The day that letter names; null where the answer to an objection ends the restriction that stood meanwhile. */
    liftsOn: date('lifts_on').$type<LocalDate>(),
    /** Why it ends: as the notice says it, and as it then was lifted. */
    because: text('because').$type<EndReason>(),
    liftedAt: at('lifted_at')
  },
  table => [
    primaryKey({ name: 'register_entries_pk', columns: [table.tenantId, table.id, table.subjectKey] }),
    foreignKey({
      name: 'register_entries_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    foreignKey({
      name: 'register_entries_notice_fk',
      columns: [table.tenantId, table.noticeLetterId],
      foreignColumns: [letters.tenantId, letters.id]
    }),
    index('register_entries_by_request').on(table.tenantId, table.requestId),
    index('register_entries_standing').on(table.tenantId, table.subjectKey).where(sql`lifted_at is null`),
    uniqueIndex('register_entries_once')
      .on(table.tenantId, table.requestId, table.kind, sql`coalesce(purpose, '')`, table.subjectKey)
      .where(sql`lifted_at is null`),
    index('register_entries_by_notice').on(table.tenantId, table.noticeLetterId).where(sql`lifted_at is null`),
    check('register_entries_kind', sql`${table.kind} ${oneOf(REGISTER_KINDS)}`),
    check('register_entries_purpose', sql`${table.purpose} ~ ${sql.raw(`'${PURPOSE_SHAPE}'`)}`),
    check('register_entries_notice', sql`(${table.noticeAt} is null) = (${table.noticeLetterId} is null)`),
    check(
      'register_entries_told_before_lifting',
      sql`${table.liftedAt} is null or ${table.kind} <> 'restricted' or coalesce(${table.because}, '') = 'request_withdrawn' or (${table.noticeAt} is not null and ${table.noticeAt} < ${table.liftedAt})`
    ),
    tenantOnly()
  ]
)

/** A signed statement of where every chain of the tenant stood. */
export const checkpoints = pgTable(
  'checkpoints',
  {
    tenantId: tenantId(),
    seq: integer('seq').notNull(),
    at: at('at').notNull(),
    requests: bigint('requests', { mode: 'number' }).notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
    /** SHA-256 over the heads of all chains, in order of request id. */
    headsHash: bytea('heads_hash').notNull(),
    /** What was signed, word for word. */
    statement: text('statement').notNull(),
    /** Ed25519 over the statement. */
    signature: bytea('signature').notNull(),
    keyId: text('key_id').notNull()
  },
  table => [
    primaryKey({ name: 'checkpoints_pk', columns: [table.tenantId, table.seq] }),
    foreignKey({ name: 'checkpoints_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)

/**
 * Where a chain stood at a checkpoint, for the chains that had grown since the one before: with it the chain that was
 * shortened or rewritten since can be named. What it says is worth what the signature over all heads says.
 */
export const checkpointHeads = pgTable(
  'checkpoint_heads',
  {
    tenantId: tenantId(),
    requestId: uuid('request_id').notNull(),
    checkpointSeq: integer('checkpoint_seq').notNull(),
    eventSeq: integer('event_seq').notNull(),
    hash: bytea('hash').notNull()
  },
  table => [
    primaryKey({ name: 'checkpoint_heads_pk', columns: [table.tenantId, table.requestId, table.checkpointSeq] }),
    foreignKey({
      name: 'checkpoint_heads_checkpoint_fk',
      columns: [table.tenantId, table.checkpointSeq],
      foreignColumns: [checkpoints.tenantId, checkpoints.seq]
    }),
    tenantOnly()
  ]
)
