// Where a tenant wants to hear of what happens, what was promised to be sent there, and the order in which the feed tells it.

import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid
} from 'drizzle-orm/pg-core'
import type { EventKind } from '../../domain/events.ts'
import {
  DELIVERY_STATES,
  type DeliveryState,
  DISABLED_REASONS,
  type DisabledReason,
  FAILURES,
  type Failure
} from '../../domain/webhooks.ts'
import { at, bytea, oneOf, tenantId, tenantOnly } from './columns.ts'
import { tenants } from './tenancy.ts'

export const webhooks = pgTable(
  'webhooks',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    description: text('description'),
    /** Of which entries it hears; null for all of them, those of later versions included. */
    kinds: text('kinds').array().$type<EventKind[]>(),
    enabled: boolean('enabled').notNull(),
    disabledReason: text('disabled_reason').$type<DisabledReason>(),
    disabledAt: at('disabled_at'),
    /** Address and secrets, sealed under the tenant's key: an address may be a secret as well. Gone with the webhook. */
    sealed: bytea('sealed'),
    /** Rounds of nothing but failures since something was taken. */
    failures: integer('failures').notNull().default(0),
    failingSince: at('failing_since'),
    lastFailureAt: at('last_failure_at'),
    restsUntil: at('rests_until'),
    /** One job at a time serves it; one that died lets go of it then. */
    busyUntil: at('busy_until'),
    /** Grows with what staff changed, and when it was switched off: the ETag. */
    version: integer('version').notNull().default(1),
    createdBy: text('created_by'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    removedAt: at('removed_at')
  },
  table => [
    primaryKey({ name: 'webhooks_pk', columns: [table.tenantId, table.id] }),
    // What every entry of the history looks at: for most tenants there is nothing in it.
    index('webhooks_listening').on(table.tenantId).where(sql`enabled`),
    foreignKey({ name: 'webhooks_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    check('webhooks_disabled_reason', sql`${table.disabledReason} ${oneOf(DISABLED_REASONS)}`),
    check(
      'webhooks_disabled_for_a_reason',
      sql`${table.enabled} = (${table.disabledReason} is null) and ${table.enabled} = (${table.disabledAt} is null)`
    ),
    check('webhooks_forgotten_when_removed', sql`(${table.removedAt} is null) = (${table.sealed} is not null)`),
    check('webhooks_silent_when_removed', sql`not ${table.enabled} or ${table.removedAt} is null`),
    tenantOnly()
  ]
)

/** What is promised to one address. It points at an entry of the history and holds nothing of it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    webhookId: uuid('webhook_id').notNull(),
    /** Null for a ping, which is about no request; so are the three below. */
    kind: text('kind').$type<EventKind>(),
    position: bigint('position', { mode: 'bigint' }),
    requestId: uuid('request_id'),
    seq: integer('seq'),
    state: text('state').$type<DeliveryState>().notNull(),
    /** Waits of the schedule that are behind it. */
    step: integer('step').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: at('next_try_at'),
    lastTriedAt: at('last_tried_at'),
    lastStatus: integer('last_status'),
    lastFailure: text('last_failure').$type<Failure>(),
    createdAt: at('created_at').notNull(),
    endedAt: at('ended_at')
  },
  table => [
    primaryKey({ name: 'webhook_deliveries_pk', columns: [table.tenantId, table.id] }),
    index('webhook_deliveries_newest').on(table.tenantId, table.webhookId, table.createdAt.desc(), table.id.desc()),
    index('webhook_deliveries_due').on(table.tenantId, table.webhookId, table.nextTryAt).where(sql`state = 'pending'`),
    index('webhook_deliveries_ended').on(table.tenantId, table.endedAt).where(sql`ended_at is not null`),
    foreignKey({
      name: 'webhook_deliveries_webhook_fk',
      columns: [table.tenantId, table.webhookId],
      foreignColumns: [webhooks.tenantId, webhooks.id]
    }),
    check('webhook_deliveries_state', sql`${table.state} ${oneOf(DELIVERY_STATES)}`),
    check('webhook_deliveries_failure', sql`${table.lastFailure} ${oneOf(FAILURES)}`),
    check(
      'webhook_deliveries_pending_or_ended',
      sql`(${table.state} = 'pending') = (${table.nextTryAt} is not null) and (${table.state} = 'pending') = (${table.endedAt} is null)`
    ),
    check(
      'webhook_deliveries_about_an_entry',
      sql`num_nulls(${table.kind}, ${table.position}, ${table.requestId}, ${table.seq}) in (0, 4)`
    ),
    tenantOnly()
  ]
)

/**
 * The place of every entry among all of its tenant's, for whoever reads them one after the other. It is no evidence: the chains
 * are. That is why it is no column of the history.
 */
export const feed = pgTable(
  'feed',
  {
    tenantId: tenantId(),
    /** See `feed_position` in the migrations. */
    position: bigint('position', { mode: 'bigint' }).notNull(),
    requestId: uuid('request_id').notNull(),
    seq: integer('seq').notNull()
  },
  table => [
    primaryKey({ name: 'feed_pk', columns: [table.tenantId, table.position, table.requestId, table.seq] }),
    tenantOnly()
  ]
)
