// The words of the house in the languages people read: rights, states, outcomes, grounds, days. Pages use them as well.

import type { RegimeName } from '../domain/deadline/regimes.ts'
import type { GroundCode } from '../domain/grounds/ground.ts'
import type { State } from '../domain/lifecycle.ts'
import type { Right, TaskKind } from '../domain/rights.ts'
import type { Locale, Outcome } from '../domain/subject-request.ts'
import { say, TAGS } from './catalogue.ts'

/** The right as the name of a thing, to stand alone: "Access to personal data". */
export function rightName(right: Right, locale: Locale): string {
  return say(locale, `right.${right}`)
}

/** The request for it, to stand inside a sentence: "your request for access to your personal data". */
export function yourRequest(right: Right, locale: Locale): string {
  return say(locale, `yourRequest.${right}`)
}

/** How it ended, to stand alone: "Granted in part". */
export function outcomeName(outcome: Outcome, locale: Locale): string {
  return say(locale, `outcome.${outcome}`)
}

/** Where a request stands, as the person would say it: "Waiting for your confirmation". */
export function stateName(state: State, locale: Locale): string {
  return say(locale, `state.${state}`)
}

/** Why the law allows it, in one sentence for the person. */
export function groundText(code: GroundCode, locale: Locale): string {
  return say(locale, `ground.${code}`)
}

/** The law by the name its readers use: "the General Data Protection Regulation (GDPR)". */
export function lawName(regime: RegimeName, locale: Locale): string {
  return say(locale, `law.${regime}`)
}

export function taskName(kind: TaskKind, locale: Locale): string {
  return say(locale, `task.${kind}`)
}

/** The two answers to "was this you?", so that letters and pages call their buttons the same. */
export function confirmLabel(locale: Locale): string {
  return say(locale, 'button.confirm')
}

export function rejectLabel(locale: Locale): string {
  return say(locale, 'button.reject')
}

/**
 * A legal day in full: "Monday 2 March 2026".
 * @param day a plain `YYYY-MM-DD`, read as it stands: no time zone moves it
 * @throws {Error} when it is no such day
 */
export function formatDay(day: string, locale: Locale): string {
  return fullDay(noonOf(day), 'UTC', locale)
}

/** A legal day as it stands after "on" or "until": Greek puts the article of the weekday before it. */
export function dayInSentence(day: string, locale: Locale): string {
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(noonOf(day)).toLowerCase()
  return say(locale, 'day.inSentence', { weekday, day: formatDay(day, locale) })
}

/**
 * An instant as a person in this zone reads it: "Monday 2 March 2026 at 14:05".
 * @param at RFC 3339
 */
export function formatMoment(at: string, timeZone: string, locale: Locale): string {
  const instant = Date.parse(at)
  const day = fullDay(instant, timeZone, locale)
  const time = new Intl.DateTimeFormat(TAGS[locale], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone
  }).format(instant)
  return say(locale, 'moment', { day, time })
}

/** Several things in one sentence: "name, email and role". */
export function joinWords(words: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(TAGS[locale], { type: 'conjunction' }).format(words)
}

/** Without the comma that some versions of the English data put after the weekday: it would cut a sentence in two. */
function fullDay(instant: number, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(TAGS[locale], { ...FULL_DAY, timeZone }).format(instant).replace(',', '')
}

const FULL_DAY = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const

/** Epoch milliseconds of a moment that lies on this day in UTC. */
function noonOf(day: string): number {
  const instant = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T12:00:00Z`) : Number.NaN
  if (Number.isNaN(instant)) throw new Error('A day in a letter is written YYYY-MM-DD.')
  return instant
}
