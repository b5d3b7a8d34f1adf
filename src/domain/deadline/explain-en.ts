// The trace in English.

import { lawInSentence } from './law-names.ts'
import { type LocalDate, partsOf, weekdayOf } from './local-date.ts'
import { type Phrases, type Said, wordFrom } from './phrases.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
const NUMBERS: Readonly<Record<number, string>> = { 1: 'One', 2: 'Two', 3: 'Three' }

const AWAITED: Readonly<Record<string, string>> = {
  identity: 'proof of identity',
  clarification: 'clarification of the request',
  representative_authority: "proof of the agent's authority",
  fee: 'payment of the fee',
  fee_negotiation: 'agreement on a fee',
  internal_backlog: 'a backlog to be cleared',
  legal_review: 'legal review',
  processor_delay: 'the answer of a processor',
  holiday_closure: 'the end of a holiday closure'
}
const BECAUSE: Readonly<Record<string, string>> = {
  saturday: 'a Saturday',
  sunday: 'a Sunday',
  holiday: 'a public holiday'
}
const KINDS: Readonly<Record<string, string>> = {
  organisation: 'an organisation',
  agency: 'a government agency',
  small_agent: 'a small processing agent'
}

export const ENGLISH: Phrases = {
  received: said =>
    `Received on ${weekday(said.to())} ${partsOf(said.to()).year} (${said.word('timeZone')}). That day itself is not counted.`,
  no_holidays: () =>
    'The controller is established in no place whose public holidays count here: only Saturdays and Sundays are passed over.',
  request_dated: said =>
    `The request bears the date ${day(said.to(), said.from())}: the notice of an extension is counted from there.`,
  controller_kind: said => `The controller counts as ${wordFrom(KINDS, said.word('kind'), said.word('kind'))}.`,
  transfer_needed: () => 'Another controller has to answer: what counts is the period for handing the request over.',
  pause_not_known: said =>
    `The wait for ${awaited(said)} from ${day(said.day('askedOn'))} moves nothing under this law.`,
  pause_not_for_right: said =>
    `The wait for ${awaited(said)} from ${day(said.day('askedOn'))} moves nothing for this right.`,
  pause_asked_late: said =>
    `The controller asked for ${awaited(said)} only after undue delay, on ${day(said.day('askedOn'))}: the wait moves nothing.`,
  pause_running: said =>
    `The controller has been waiting for ${awaited(said)} since ${day(said.day('askedOn'))}: the wait counts once it is over.`,
  pause_too_late: said =>
    `The wait for ${awaited(said)} began on ${day(said.day('askedOn'))}, after the period had run out: it moves nothing.`,
  restarted: said =>
    `The wait for ${awaited(said)} puts the beginning off: the period is counted anew from ${day(said.to(), said.from())}.`,
  restarted_after_days: said =>
    `The controller asked for ${awaited(said)} on ${day(said.day('askedOn'))}. The person has ${days(said.count('days'))} to agree: the period is counted anew from ${day(said.to(), said.day('askedOn'))}.`,
  restart_ends_earlier: said =>
    `The wait for ${awaited(said)} would put the beginning off to ${day(said.day('restartOn'), said.from())}, but days that already count would be lost and the period would end earlier: it is counted from ${day(said.from())}.`,
  no_period: () => 'The law sets no period for the answer itself.',
  months: said => `${months(said)} on ${day(said.to(), said.from())}.`,
  months_to_month_end: said => `${months(said)} on ${day(said.to(), said.from())}, the last day of that month.`,
  days: said =>
    `${days(said.count('days'))} from ${day(said.from())} ${said.count('days') === 1 ? 'ends' : 'end'} on ${day(said.to(), said.from())}.`,
  working_days: said =>
    `${said.count('workingDays')} working days after ${day(said.from())} end on ${day(said.to(), said.from())}.`,
  pause_credited: said => `${waited(said)}: ${added(said)}.`,
  pause_overlaps: said =>
    `${waited(said)}. ${days(said.count('overlap'))} of that ${said.count('overlap') === 1 ? 'is' : 'are'} counted for another wait already: ${added(said)}.`,
  pause_without_days: said => `The wait for ${awaited(said)} on ${day(said.day('askedOn'))} adds no whole day.`,
  pause_before_start: said =>
    `The wait for ${awaited(said)} from ${day(said.day('askedOn'))} lies before ${day(said.to(), said.day('askedOn'))}, the day from which the period is counted: it adds nothing.`,
  rolled: said => `It is ${because(said)}, so the answer may go out until ${weekday(said.to(), said.from())}.`,
  not_rolled: said => `It is ${because(said)}, but this law does not move the last day.`,
  promised: said =>
    `The controller promises an answer within ${days(said.count('days'))}: until ${weekday(said.to(), said.from())}.`,
  promise_decides: said =>
    `The promise ends before the period of the law, so the answer is due by ${weekday(said.to(), said.from())}.`,
  promise_changes_nothing: said =>
    `The promise does not end before the period of the law, so the answer is due by ${weekday(said.to())}.`,
  acknowledgement: said => `Receipt has to be confirmed by ${weekday(said.to(), said.from())}.`,
  acknowledgement_not_in_force: said =>
    `Receipt need not be confirmed: that duty came into force on ${day(said.day('inForceOn'), said.from())}.`,
  refusal: said => `A refusal has to be sent by ${weekday(said.to(), said.from())}; no extension moves this date.`,
  extension_notice: said => `The person has to be told of an extension, and why, by ${weekday(said.to())}.`,
  extension_possible: () => 'An extension is possible. It is counted from the beginning, not from the first deadline.',
  extension_past: said =>
    `That was before the request arrived on ${day(said.from())}: an extension is no longer possible.`,
  extension_taken: () => 'The extension is taken. It is counted from the beginning, not from the first deadline.',
  extension_stated: said =>
    `The controller needs ${workingDays(said)} and says so: until ${weekday(said.to(), said.from())}.`,
  extension_not_known: () => 'The extension that was taken is none that this law gives: its last day stays.',
  extension_not_announced: said =>
    `The extension was announced after ${day(said.day('noticeBy'))}, the last day for that under this law: its last day stays.`,
  target: said => `To be safe under every reading of the law, answer by ${weekday(said.to())}.`,
  extended_target: said => `To be safe under every reading of an extension, answer by ${weekday(said.to())}.`,
  calendar_ends: said =>
    `The public holidays of that year are not known yet in the calendar ${said.word('calendar')}: only weekends are.`,
  laws_earlier: said =>
    `Two laws apply. The answer is due by ${weekday(said.day('ownOn'))} under ${law(said, 'own')}, by ${weekday(said.day('otherOn'), said.day('ownOn'))} under ${law(said, 'other')}. The earlier day rules: ${weekday(said.to(), said.from())}.`,
  laws_agree: said =>
    `Two laws apply, ${law(said, 'own')} and ${law(said, 'other')}: the answer is due by ${weekday(said.to())} under both.`,
  laws_one: said =>
    `Two laws apply, ${law(said, 'own')} and ${law(said, 'other')}. Only ${law(said, 'dated')} sets a day: ${weekday(said.to())}.`,
  laws_none: said =>
    `Two laws apply, ${law(said, 'own')} and ${law(said, 'other')}. Neither sets a period for the answer itself.`,
  day_ends: said => `An answer is in time until ${weekday(said.to())} ends in ${said.word('timeZone')}.`
}

/** The year is said only where it is another one than that of the day the step led from. */
function day(date: LocalDate, near: LocalDate = date): string {
  const { year, month, day } = partsOf(date)
  return `${day} ${MONTHS[month - 1]}${year === partsOf(near).year ? '' : ` ${year}`}`
}

function weekday(date: LocalDate, near: LocalDate = date): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]} ${day(date, near)}`
}

function months(said: Said): string {
  const count = said.count('months')
  return `${NUMBERS[count] ?? count} ${count === 1 ? 'month' : 'months'} from ${day(said.from())} ${count === 1 ? 'ends' : 'end'}`
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

function workingDays(said: Said): string {
  const count = said.count('workingDays')
  return count === 1 ? '1 more working day' : `${count} more working days`
}

function waited(said: Said): string {
  return `From ${day(said.day('askedOn'))} to ${day(said.day('answeredOn'), said.day('askedOn'))} the controller waited for ${awaited(said)}`
}

function added(said: Said): string {
  const count = said.count('days')
  return count === 0
    ? 'nothing is added'
    : `${days(count)} ${count === 1 ? 'is' : 'are'} added, which makes it ${day(said.to(), said.from())}`
}

function awaited(said: Said): string {
  return wordFrom(AWAITED, said.word('reason'), 'something else')
}

function because(said: Said): string {
  return wordFrom(BECAUSE, said.word('because'), 'a day on which offices are closed')
}

function law(said: Said, name: string): string {
  return lawInSentence(said.word(name), 'en')
}
