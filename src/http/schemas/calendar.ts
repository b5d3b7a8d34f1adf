// Calendars on the wire.

import { Type } from 'typebox'
import { CALENDAR_DATES, USUAL_CALENDAR_DATES } from '../../domain/calendar-entries.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { EXAMPLE_ID, Id, Instant, pageOf, strict, Version } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const Assignee = Type.String({ minLength: 1, maxLength: 200, description: "A staff member's `sub`." })
const RightName = Type.Enum([...RIGHTS])
const Dates = Type.Array(Type.Enum([...CALENDAR_DATES]), {
  minItems: 1,
  uniqueItems: true,
  description: 'Which days stand in it, as the request calls them.'
})

export const CalendarQuery = strict({
  token: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Of a calendar feed; it takes the place of the credentials, and the feed says what is shown.'
    })
  ),
  right: Type.Optional(RightName),
  assignee: Type.Optional(Assignee)
})

const parts = {
  id: Id,
  version: Version,
  name: Type.String({ minLength: 1, maxLength: 100, description: 'To tell calendars apart.' }),
  right: nullable(RightName, { description: 'Null shows every right.' }),
  assignee: nullable(Assignee, { description: 'Null shows what anybody or nobody works on.' }),
  dates: Dates,
  language: Type.Enum([...LOCALES]),
  createdBy: Type.String(),
  createdAt: Instant,
  lastUsedAt: nullable(Instant, { description: 'To the hour.' }),
  revokedAt: nullable(Instant)
}

const EXAMPLE = {
  id: EXAMPLE_ID,
  version: 1,
  name: 'Deadlines on my phone',
  right: null,
  assignee: 'auth0|66d2f1',
  dates: [...USUAL_CALENDAR_DATES],
  language: 'en',
  createdBy: 'auth0|66d2f1',
  createdAt: '2026-02-20T10:00:00Z',
  lastUsedAt: null,
  revokedAt: null
}

export const CalendarFeed = strict(parts, { $id: 'CalendarFeed', examples: [EXAMPLE] })

export const OpenedCalendarFeed = strict(
  {
    ...parts,
    url: nullable(Type.String(), {
      description:
        'The address to subscribe to, shown this once: whoever has it has the calendar. Null when the call is repeated with its Idempotency-Key: revoke the feed and make another.'
    })
  },
  {
    $id: 'OpenedCalendarFeed',
    examples: [{ ...EXAMPLE, url: 'https://privacy.example.com/v1/calendar.ics?token=Zk3vQ0mN8rT5wY2b' }]
  }
)

export const NewCalendarFeed = strict(
  {
    name: parts.name,
    right: Type.Optional(parts.right),
    assignee: Type.Optional(parts.assignee),
    dates: Type.Optional(Dates),
    language: Type.Optional(parts.language)
  },
  { $id: 'NewCalendarFeed', examples: [{ name: 'Deadlines on my phone', assignee: 'auth0|66d2f1', language: 'en' }] }
)

export const CalendarFeeds = pageOf(refer(CalendarFeed), { $id: 'CalendarFeeds' })

export type CalendarFeed = Wire<typeof CalendarFeed>
