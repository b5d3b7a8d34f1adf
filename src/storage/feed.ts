// The history of all requests, one entry after the other, for whoever keeps up with it.

import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { EventKind } from '../domain/events.ts'
import type { Place, PlacedEntry } from '../domain/public-events.ts'
import type { Scope } from './database.ts'
import { events, feed, subjectRequests } from './tables.ts'

export interface FeedPage {
  readonly entries: readonly PlacedEntry[]
  /** The last place that was looked at: whoever goes on there misses nothing. Null when nothing came after the place asked for. */
  readonly upTo: Place | null
  /** Whether there is more to read at once. */
  readonly hasMore: boolean
}

/** Whoever filters for what is rare has so many places looked at for a page, gets a short one and goes on. */
const LOOKED_THROUGH = 5_000

/**
 * What comes after a place. Transactions end in another order than they began: a place is shown once every transaction before
 * it has ended, so that nothing can appear in front of what was shown. One that takes long holds the feed up and loses nothing.
 * @param kinds  null for all of them
 */
export async function readFeed(
  scope: Scope,
  { after, kinds, limit }: { after: Place | null; kinds: readonly EventKind[] | null; limit: number }
): Promise<FeedPage> {
  const stretch = await lookAhead(scope, after, kinds === null ? limit + 1 : LOOKED_THROUGH)
  if (stretch === null) return { entries: [], upTo: null, hasMore: false }
  // Everything up to the end of the stretch has its place for good, so a second look sees the same.
  const found = await entriesBetween(scope, after, stretch.end, kinds, limit + 1)
  const entries = found.slice(0, limit)
  const isCut = found.length > limit
  return { entries, upTo: isCut ? entries.at(-1)! : stretch.end, hasMore: isCut || stretch.isFull }
}

async function lookAhead(
  scope: Scope,
  after: Place | null,
  places: number
): Promise<{ end: Place; isFull: boolean } | null> {
  const { position, requestId, seq } = feed
  const ahead = scope.tx
    .select({ position, requestId, seq })
    .from(feed)
    .where(and(eq(feed.tenantId, scope.tenantId), beyond(after), sql`${position} < feed_horizon()`))
    .orderBy(asc(position), asc(requestId), asc(seq))
    .limit(places)
    .as('ahead')
  const [end] = await scope.tx
    .select({
      position: ahead.position,
      requestId: ahead.requestId,
      seq: ahead.seq,
      looked: sql<number>`${count()} over ()`.mapWith(Number)
    })
    .from(ahead)
    .orderBy(sql`${ahead.position} desc, ${ahead.requestId} desc, ${ahead.seq} desc`)
    .limit(1)
  return end === undefined ? null : { end, isFull: end.looked === places }
}

async function entriesBetween(
  scope: Scope,
  after: Place | null,
  end: Place,
  kinds: readonly EventKind[] | null,
  limit: number
): Promise<PlacedEntry[]> {
  const { position, requestId, seq } = feed
  const { kind, fromState, toState, at, data } = events
  return await scope.tx
    .select({ position, requestId, seq, caseId: subjectRequests.caseId, kind, fromState, toState, at, data })
    .from(feed)
    .innerJoin(events, and(eq(events.tenantId, feed.tenantId), eq(events.requestId, requestId), eq(events.seq, seq)))
    .innerJoin(subjectRequests, and(eq(subjectRequests.tenantId, feed.tenantId), eq(subjectRequests.id, requestId)))
    .where(
      and(
        eq(feed.tenantId, scope.tenantId),
        beyond(after),
        sql`${inOrder} <= ${placed(end)}`,
        kinds === null ? undefined : inArray(kind, [...kinds])
      )
    )
    .orderBy(asc(position), asc(requestId), asc(seq))
    .limit(limit)
}

const inOrder = sql`(${feed.position}, ${feed.requestId}, ${feed.seq})`

const placed = ({ position, requestId, seq }: Place): SQL => sql`(${position}::bigint, ${requestId}::uuid, ${seq}::int)`

const beyond = (after: Place | null): SQL | undefined =>
  after === null ? undefined : sql`${inOrder} > ${placed(after)}`
