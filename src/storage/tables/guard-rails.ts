// What keeps a repeated call from being a second deed, and a flood from being a feast.

import { sql } from 'drizzle-orm'
import { index, integer, pgPolicy, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { appRole, at, bytea, tenantId, tenantOnly } from './columns.ts'

/** The first answer to a key stands: the resource is kept, its rendering is made again. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    tenantId: tenantId(),
    credential: text('credential').notNull(),
    route: text('route').notNull(),
    key: text('key').notNull(),
    /** SHA-256 over path and body. */
    fingerprint: bytea('fingerprint').notNull(),
    resourceId: uuid('resource_id').notNull(),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'idempotency_keys_pk', columns: [table.tenantId, table.credential, table.route, table.key] }),
    index('idempotency_keys_by_age').on(table.tenantId, table.createdAt),
    tenantOnly()
  ]
)

/** Counters of the public door, shared by every process. Keys are hashes, windows are short. */
export const rateLimits = pgTable(
  'rate_limits',
  { key: text('key').notNull(), windowEndsAt: at('window_ends_at').notNull(), hits: integer('hits').notNull() },
  table => [
    primaryKey({ name: 'rate_limits_pk', columns: [table.key] }),
    index('rate_limits_by_end').on(table.windowEndsAt),
    pgPolicy('counting_only', { for: 'all', to: appRole, using: sql`true`, withCheck: sql`true` })
  ]
)
