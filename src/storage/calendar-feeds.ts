// The links under which calendar programs read a tenant's deadlines. Only their hashes are kept.

import { randomBytes } from 'node:crypto'
import { and, asc, eq, gt, isNull, lte, or } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { inHours } from '../domain/timers.ts'
import type { Scope } from './database.ts'
import { tokenHash } from './sealing.ts'
import { calendarFeeds, doors } from './tables.ts'

export type CalendarFeedRow = typeof calendarFeeds.$inferSelect
export type NewCalendarFeed = Pick<
  CalendarFeedRow,
  'id' | 'name' | 'right' | 'assignee' | 'dates' | 'locale' | 'createdBy'
>

const TOKEN_BYTES = 32
const TOKEN = /^[A-Za-z0-9_-]{43}$/
/** A calendar is read every few minutes; when it was read last is wanted to the hour. */
const USE_NOTED_AFTER_HOURS = 1

/** The name under which a stranger who holds the token finds its tenant; null for what cannot be one. */
export function doorOfCalendar(token: string): string | null {
  return TOKEN.test(token) ? doorOf(tokenHash('calendar', token)) : null
}

/** @returns the token for its link, which is not kept and cannot be shown again */
export async function addCalendarFeed(scope: Scope, feed: NewCalendarFeed): Promise<string> {
  const { tenantId, now } = scope
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const hash = tokenHash('calendar', token)
  await scope.tx.insert(calendarFeeds).values({ tenantId, ...feed, hash, createdAt: now })
  await scope.tx.insert(doors).values({ key: doorOf(hash), tenantId, targetId: feed.id })
  return token
}

/** @throws {HabeasError} `not_found` */
export async function findCalendarFeed(scope: Scope, id: string): Promise<CalendarFeedRow> {
  const [row] = await scope.tx.select().from(calendarFeeds).where(eq(calendarFeeds.id, id))
  return existing(row)
}

/** As `findCalendarFeed`, locked until the transaction ends. */
export async function lockCalendarFeed(scope: Scope, id: string): Promise<CalendarFeedRow> {
  const [row] = await scope.tx.select().from(calendarFeeds).where(eq(calendarFeeds.id, id)).for('update')
  return existing(row)
}

/** The one thing that is done to a feed is its end; that it was read is none. */
export const versionOfFeed = ({ revokedAt }: Pick<CalendarFeedRow, 'revokedAt'>): number => (revokedAt === null ? 1 : 2)

function existing(row: CalendarFeedRow | undefined): CalendarFeedRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such calendar.')
  return row
}

/** Oldest first, revoked ones included. */
export async function listCalendarFeeds(scope: Scope, after: string | null, limit: number): Promise<CalendarFeedRow[]> {
  return await scope.tx
    .select()
    .from(calendarFeeds)
    .where(after === null ? undefined : gt(calendarFeeds.id, after))
    .orderBy(asc(calendarFeeds.id))
    .limit(limit)
}

/** Ends the link and takes down its door. When it was revoked first stays on record. */
export async function markFeedRevoked(scope: Scope, { id, hash }: CalendarFeedRow): Promise<void> {
  await scope.tx
    .update(calendarFeeds)
    .set({ revokedAt: scope.now })
    .where(and(eq(calendarFeeds.id, id), isNull(calendarFeeds.revokedAt)))
  await scope.tx.delete(doors).where(eq(doors.key, doorOf(hash)))
}

/** Whether its last use was noted too long ago to be true to the hour. */
export function isUseNews({ lastUsedAt }: CalendarFeedRow, now: Date): boolean {
  return lastUsedAt === null || lastUsedAt <= inHours(now, -USE_NOTED_AFTER_HOURS)
}

/** Of several programs that read at once, one notes it. */
export async function noteFeedUse(scope: Scope, id: string): Promise<void> {
  const before = inHours(scope.now, -USE_NOTED_AFTER_HOURS)
  await scope.tx
    .update(calendarFeeds)
    .set({ lastUsedAt: scope.now })
    .where(and(eq(calendarFeeds.id, id), or(isNull(calendarFeeds.lastUsedAt), lte(calendarFeeds.lastUsedAt, before))))
}

const doorOf = (hash: Buffer): string => `calendar:${hash.toString('hex')}`
