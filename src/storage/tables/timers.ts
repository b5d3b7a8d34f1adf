// The clocks that tick for a tenant, its requests and its cases.

import { sql } from 'drizzle-orm'
import { foreignKey, index, pgPolicy, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, tenantId, tenantOnly, workerRole } from './columns.ts'
import { tenants } from './tenancy.ts'

/** What is to happen at a time, each once. Narrow, so that looking for what is due costs nothing. */
export const timers = pgTable(
  'timers',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    requestId: uuid('request_id'),
    caseId: uuid('case_id'),
    inboundId: uuid('inbound_id'),
    kind: text('kind').notNull(),
    dueAt: at('due_at').notNull(),
    firedAt: at('fired_at')
  },
  table => [
    primaryKey({ name: 'timers_pk', columns: [table.tenantId, table.id] }),
    /** In the order in which they fire: what comes due in the same morning lies together, tenant by tenant. */
    index('timers_due').on(table.dueAt, table.tenantId, table.id).where(sql`fired_at is null`),
    uniqueIndex('timers_one_digest').on(table.tenantId).where(sql`kind = 'digest' and fired_at is null`),
    index('timers_by_request')
      .on(table.tenantId, table.requestId)
      .where(sql`fired_at is null and request_id is not null`),
    index('timers_by_case').on(table.tenantId, table.caseId).where(sql`fired_at is null and case_id is not null`),
    foreignKey({ name: 'timers_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly(),
    pgPolicy('worker_looks_for_due', { for: 'select', to: workerRole, using: sql`fired_at is null` })
  ]
)
