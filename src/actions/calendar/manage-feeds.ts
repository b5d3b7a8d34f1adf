// Who may read a tenant's deadlines without signing in, and until when.

import type { CalendarDate } from '../../domain/calendar-entries.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Right } from '../../domain/rights.ts'
import type { Locale } from '../../domain/subject-request.ts'
import { addCalendarFeed, lockCalendarFeed, markFeedRevoked, versionOfFeed } from '../../storage/calendar-feeds.ts'
import type { Scope } from '../../storage/database.ts'
import { refuseStale } from '../../storage/versions.ts'

export interface AskedFeed {
  readonly name: string
  readonly right: Right | null
  readonly assignee: string | null
  readonly dates: readonly CalendarDate[]
  readonly locale: Locale
}

/** @returns the token of its link, which nobody is told again */
export async function openFeed(scope: Scope, id: string, { dates, ...asked }: AskedFeed): Promise<{ token: string }> {
  const createdBy = scope.actor.id
  if (createdBy === null) throw new HabeasError('forbidden', 'A calendar belongs to a member of the staff.')
  return { token: await addCalendarFeed(scope, { id, ...asked, dates: [...dates], createdBy }) }
}

/**
 * Ends a calendar's link at once and for good; one that has ended stays so.
 * @throws {HabeasError} `not_found`; `forbidden` for another's, unless an admin asks; `version_stale`
 */
export async function revokeFeed(scope: Scope, id: string): Promise<void> {
  const feed = await lockCalendarFeed(scope, id)
  const { id: actorId, roles } = scope.actor
  if (feed.createdBy !== actorId && !roles.includes('admin')) {
    throw new HabeasError('forbidden', 'This calendar belongs to somebody else: they revoke it, or an admin.')
  }
  refuseStale(scope, 'calendar', versionOfFeed(feed))
  await markFeedRevoked(scope, feed)
}
