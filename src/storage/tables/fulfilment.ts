// What the tenant's systems did for a request, and what they handed in.

import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
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
import { TASK_KINDS, type TaskKind } from '../../domain/rights.ts'
import {
  OWED_TASK_STATES,
  TASK_RESULTS,
  TASK_STATES,
  type TaskResult,
  type TaskState,
  type Withheld
} from '../../domain/tasks.ts'
import { at, bytea, oneOf, tenantId, tenantOnly } from './columns.ts'
import { subjectRequests } from './requests.ts'
import { systems } from './tenancy.ts'

export const tasks = pgTable(
  'tasks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    systemId: uuid('system_id').notNull(),
    kind: text('kind').$type<TaskKind>().notNull(),
    state: text('state').$type<TaskState>().notNull(),
    categories: jsonb('categories').$type<string[]>().notNull(),
    assignee: text('assignee'),
    claimedBy: text('claimed_by'),
    /** A claim is a lease: after this instant anybody may claim again. */
    leaseUntil: at('lease_until'),
    result: text('result').$type<TaskResult>(),
    withheld: jsonb('withheld').$type<Withheld[]>().notNull().default([]),
    /** Sealed: the result's note for staff and what was changed, in the system's own words. */
    sealed: bytea('sealed'),
    failures: integer('failures').notNull().default(0),
    version: integer('version').notNull().default(1),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    endedAt: at('ended_at')
  },
  table => [
    primaryKey({ name: 'tasks_pk', columns: [table.tenantId, table.id] }),
    unique('tasks_one_a_system').on(table.tenantId, table.requestId, table.systemId),
    foreignKey({
      name: 'tasks_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    foreignKey({
      name: 'tasks_system_fk',
      columns: [table.tenantId, table.systemId],
      foreignColumns: [systems.tenantId, systems.id]
    }),
    index('tasks_by_system').on(table.tenantId, table.systemId, table.state, table.id),
    index('tasks_newest').on(table.tenantId, table.id),
    /** What systems look through for work: however many tasks have ended, this stays short. */
    index('tasks_owed')
      .on(table.tenantId, table.id)
      .where(sql`state ${oneOf(OWED_TASK_STATES)}`),
    check('tasks_kind', sql`${table.kind} ${oneOf(TASK_KINDS)}`),
    check('tasks_state', sql`${table.state} ${oneOf(TASK_STATES)}`),
    check('tasks_result', sql`${table.result} ${oneOf(TASK_RESULTS)}`),
    check('tasks_ended_with_result', sql`(${table.state} = 'ended') = (${table.result} is not null)`),
    check('tasks_claim_is_a_lease', sql`(${table.state} = 'claimed') = (${table.leaseUntil} is not null)`),
    check(
      'tasks_withheld_says_what',
      sql`(${table.result} = 'withheld') = (jsonb_array_length(${table.withheld}) > 0) or ${table.result} is null`
    ),
    tenantOnly()
  ]
)

/** Data that a system handed in for a request: a dataset of records, or a file. The content lies sealed in the object store. */
export const collected = pgTable(
  'collected',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    taskId: uuid('task_id').notNull(),
    kind: text('kind').$type<'records' | 'file'>().notNull(),
    /** A keyed hash of the name given, so that a second upload of the same name replaces the first. */
    nameHash: bytea('name_hash').notNull(),
    /** Name and content type, sealed: a file name is personal data as often as not. */
    sealed: bytea('sealed').notNull(),
    objectKey: text('object_key').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    records: bigint('records', { mode: 'number' }),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'collected_pk', columns: [table.tenantId, table.id] }),
    unique('collected_one_a_name').on(table.tenantId, table.taskId, table.kind, table.nameHash),
    foreignKey({
      name: 'collected_task_fk',
      columns: [table.tenantId, table.taskId],
      foreignColumns: [tasks.tenantId, tasks.id]
    }),
    index('collected_by_request').on(table.tenantId, table.requestId, table.id),
    check('collected_kind', sql`${table.kind} ${oneOf(['records', 'file'])}`),
    tenantOnly()
  ]
)

export const packages = pgTable(
  'packages',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id').notNull(),
    state: text('state').$type<'building' | 'ready' | 'failed' | 'expired'>().notNull(),
    objectKey: text('object_key').notNull(),
    bytes: bigint('bytes', { mode: 'number' }),
    /** SHA-256 of the archive as the person receives it. */
    sha256: bytea('sha256'),
    entries: integer('entries'),
    downloads: integer('downloads').notNull().default(0),
    createdAt: at('created_at').notNull(),
    readyAt: at('ready_at'),
    expiresAt: at('expires_at')
  },
  table => [
    primaryKey({ name: 'packages_pk', columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'packages_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    index('packages_by_request').on(table.tenantId, table.requestId, table.createdAt.desc()),
    check('packages_state', sql`${table.state} ${oneOf(['building', 'ready', 'failed', 'expired'])}`),
    check(
      'packages_ready_is_whole',
      sql`${table.state} <> 'ready' or (${table.bytes} is not null and ${table.sha256} is not null)`
    ),
    tenantOnly()
  ]
)
