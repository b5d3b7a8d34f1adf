// The links and codes that people are mailed.

import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { at, bytea, tenantId, tenantOnly } from './columns.ts'
import { cases } from './requests.ts'

/** Links and codes for people. Only hashes are kept. */
export const tokens = pgTable(
  'tokens',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    requestId: uuid('request_id'),
    purpose: text('purpose').notNull(),
    /** SHA-256 over purpose and token. */
    hash: bytea('hash').notNull(),
    codeHash: bytea('code_hash'),
    attempts: integer('attempts').notNull().default(0),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
    supersededAt: at('superseded_at')
  },
  table => [
    primaryKey({ name: 'tokens_pk', columns: [table.tenantId, table.id] }),
    unique('tokens_hash').on(table.tenantId, table.hash),
    index('tokens_by_case').on(table.tenantId, table.caseId, table.purpose),
    foreignKey({
      name: 'tokens_case_fk',
      columns: [table.tenantId, table.caseId],
      foreignColumns: [cases.tenantId, cases.id]
    }),
    check('tokens_attempts', sql`${table.attempts} between 0 and 5`),
    tenantOnly()
  ]
)
