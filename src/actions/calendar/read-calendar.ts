// The deadlines of a tenant as a calendar.

import { type CalendarDate, USUAL_CALENDAR_DATES } from '../../domain/calendar-entries.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Right } from '../../domain/rights.ts'
import { type RequestInCalendar, staffCalendar } from '../../letters/calendar-days.ts'
import { type CalendarFile, writeCalendar } from '../../letters/calendar-file.ts'
import { type CalendarFeedRow, findCalendarFeed } from '../../storage/calendar-feeds.ts'
import type { Scope } from '../../storage/database.ts'
import { casesWithSentLetter } from '../../storage/letters.ts'
import { listOpenDeadlines, type OpenDeadline } from '../../storage/open-deadlines.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { isShutOut } from '../../storage/staff.ts'
import { CONFIRMS_RECEIPT } from '../clock/raise-alerts.ts'

export interface NarrowedTo {
  readonly right?: Right | undefined
  readonly assignee?: string | undefined
}

/** More than anybody looks at, and little enough for a program that reads it every few minutes. */
const REQUESTS_AT_MOST = 1_000

/** @param feed  null for somebody who signed in: they see all that they ask for */
export async function readCalendar(scope: Scope, feed: CalendarFeedRow | null, asked: NarrowedTo): Promise<string> {
  const { body: policy } = await currentPolicy(scope)
  const found = await listOpenDeadlines(
    scope,
    { rights: given(feed?.right, asked.right), assignees: given(feed?.assignee, asked.assignee) },
    REQUESTS_AT_MOST + 1
  )
  const dates: readonly CalendarDate[] = feed?.dates ?? USUAL_CALENDAR_DATES
  const file: CalendarFile = staffCalendar({
    tenant: policy.organisation.name,
    locale: feed?.locale ?? policy.defaultLocale,
    dates,
    requests: await withConfirmation(scope, found.slice(0, REQUESTS_AT_MOST)),
    isCut: found.length > REQUESTS_AT_MOST
  })
  return writeCalendar(file)
}

/**
 * The feed behind a link, as long as it holds: a calendar ends with the access of who made it.
 * @throws {HabeasError} `not_found`
 */
export async function standingFeed(scope: Scope, id: string): Promise<CalendarFeedRow> {
  const feed = await findCalendarFeed(scope, id)
  if (feed.revokedAt === null && !(await isShutOut(scope, feed.createdBy))) return feed
  throw new HabeasError('not_found', 'There is no such calendar.')
}

/** Who was told that their request has arrived, where the law wants them to be told. */
async function withConfirmation(scope: Scope, found: readonly OpenDeadline[]): Promise<RequestInCalendar[]> {
  const asked = found.filter(({ acknowledgeBy }) => acknowledgeBy !== null).map(({ caseId }) => caseId)
  const confirmed = await casesWithSentLetter(scope, asked, CONFIRMS_RECEIPT)
  return found.map(request => ({ ...request, isConfirmed: confirmed.has(request.caseId) }))
}

function given<T>(...values: readonly (T | null | undefined)[]): T[] {
  return values.filter(value => value !== null && value !== undefined)
}
