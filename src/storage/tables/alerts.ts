// What staff were alerted of.

import { sql } from 'drizzle-orm'
import { check, date, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import type { AlertKind } from '../../domain/timers.ts'
import { at, tenantId, tenantOnly } from './columns.ts'
import { subjectRequests } from './requests.ts'

/** A threshold that a request reached. The key lets it be raised once for the same day, whatever happens to timers. */
export const alerts = pgTable(
  'alerts',
  {
    tenantId: tenantId(),
    requestId: uuid('request_id').notNull(),
    kind: text('kind').$type<AlertKind>().notNull(),
    /** The day it is about: the last one for the answer, or for confirming receipt. */
    aboutOn: date('about_on').$type<LocalDate>().notNull(),
    raisedAt: at('raised_at').notNull(),
    /** When the mails that tell of it were queued. */
    toldAt: at('told_at')
  },
  table => [
    primaryKey({ name: 'alerts_pk', columns: [table.tenantId, table.requestId, table.kind, table.aboutOn] }),
    foreignKey({
      name: 'alerts_request_fk',
      columns: [table.tenantId, table.requestId],
      foreignColumns: [subjectRequests.tenantId, subjectRequests.id]
    }),
    index('alerts_to_tell').on(table.tenantId).where(sql`told_at is null`),
    check('alerts_kind', sql`${table.kind} like 'alert:%'`),
    tenantOnly()
  ]
)
