// The calendars that people subscribe to.

import { sql } from 'drizzle-orm'
import { check, foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { CALENDAR_DATES, type CalendarDate } from '../../domain/calendar-entries.ts'
import { RIGHTS, type Right } from '../../domain/rights.ts'
import { LOCALES, type Locale } from '../../domain/subject-request.ts'
import { at, bytea, oneOf, tenantId, tenantOnly } from './columns.ts'
import { tenants } from './tenancy.ts'

/** A calendar program cannot sign in: whoever has the link has the calendar, until it is revoked. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** What it is narrowed to; null shows all. */
    right: text('subject_right').$type<Right>(),
    assignee: text('assignee'),
    dates: text('dates').array().$type<CalendarDate[]>().notNull(),
    locale: text('locale').$type<Locale>().notNull(),
    /** SHA-256 over purpose and token. */
    hash: bytea('hash').notNull(),
    /** The staff member's `sub`: the calendar ends with their access. */
    createdBy: text('created_by').notNull(),
    createdAt: at('created_at').notNull(),
    /** To the hour: a calendar that is read every few minutes is not written down as often. */
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at')
  },
  table => [
    primaryKey({ name: 'calendar_feeds_pk', columns: [table.tenantId, table.id] }),
    unique('calendar_feeds_hash').on(table.tenantId, table.hash),
    check('calendar_feeds_right', sql`${table.right} ${oneOf(RIGHTS)}`),
    check('calendar_feeds_locale', sql`${table.locale} ${oneOf(LOCALES)}`),
    check(
      'calendar_feeds_dates',
      sql`cardinality(${table.dates}) > 0 and ${table.dates} <@ ${sql.raw(`array[${CALENDAR_DATES.map(date => `'${date}'`).join(', ')}]`)}`
    ),
    foreignKey({ name: 'calendar_feeds_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)
