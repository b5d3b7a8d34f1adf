// Where two laws apply to one request, each keeps its own clock, and the earlier day rules.

import { type ClockInput, computeDeadlines, type Deadlines } from './clock.ts'
import type { ClockEvent, ExtensionEvent } from './clock-events.ts'
import { eventsKnownTo, governingRule } from './governing-rule.ts'
import type { HolidayCalendar } from './holidays.ts'
import { addDays, dateIn, earliest, type LocalDate, startOfDay } from './local-date.ts'
import type { Extension } from './regime.ts'
import { REGIMES, type RegimeName } from './regimes.ts'
import type { TraceRule, TraceStep } from './trace.ts'

/** A law, with the holidays that count for the controller under it. */
export interface Law {
  readonly regime: RegimeName
  readonly holidays: HolidayCalendar
}

export interface LawsInput extends Omit<ClockInput, 'regime' | 'holidays'> {
  /** The law the request is answered under. */
  readonly own: Law
  /** One that applies as well, and knows the right. */
  readonly also: Law | null
}

export interface LawDeadlines extends Law {
  readonly deadlines: Deadlines
  /** Whether an extension was taken that this law gives. */
  readonly isExtended: boolean
  /** Where its period ends now, without any promise; null where it sets none. */
  readonly endsOn: LocalDate | null
}

/** The dates that rule: each is the earliest of the laws' and the promise. */
export interface RulingDeadlines extends Deadlines {
  /** One or two, the own one first. */
  readonly laws: readonly LawDeadlines[]
  /** The law whose period ends first, the own one when they end together; null where none sets a period. */
  readonly rulingLaw: RegimeName | null
  readonly isExtended: boolean
  /** Of each law `extendedTargetOn` where it is extended, else `targetOn`; the earliest of them. */
  readonly effectiveTargetOn: LocalDate | null
}

type Common = Omit<LawsInput, 'own' | 'also'>

/**
 * The dates of a request under its law, and under a second one where there is one. What only one of them knows moves only
 * that one's day: a wait that stops the clock of the one leaves the other running, and an extension that one does not give,
 * or that was announced too late for it, leaves its day where it is.
 *
 * @throws {HabeasError} as `computeDeadlines` does; for an extension that no law gives, unless it is said `under` which it was taken
 */
export function computeUnderLaws({ own, also, ...common }: LawsInput): RulingDeadlines {
  const taken = extensionIn(common)
  const laws = also === null ? [own] : [own, also]
  const isDecided = taken?.under !== undefined
  if (taken === undefined || (also === null && !isDecided)) {
    return ruling(
      laws.map(law => computed(law, common, taken !== undefined)),
      common
    )
  }
  const found = laws.map(law => ({ law, refusal: refusalOf(law, taken, common) }))
  const isGiven = found.some(({ refusal }) => refusal === null)
  // Where none gives it, the own law says why.
  if (!isGiven && !isDecided) computed(own, common, true)
  // A promise is not kept where more time was taken, under either law.
  const kept = isGiven ? { ...common, promiseDays: undefined } : common
  return ruling(
    found.map(({ law, refusal }) => (refusal === null ? extended(law, common) : notExtended(law, refusal, kept))),
    common
  )
}

/** The laws that give the extension of which the events tell, whatever was found before; none where they tell of none. */
export function lawsThatExtend({ own, also, ...common }: LawsInput): RegimeName[] {
  const taken = extensionIn(common)
  if (taken === undefined) return []
  const laws = also === null ? [own] : [own, also]
  const undecided = { ...taken, under: undefined }
  return laws.filter(law => refusalOf(law, undecided, common) === null).map(({ regime }) => regime)
}

/** Whether a law leaves it to the controller how many working days more it takes. */
export function statesLength(regime: RegimeName, of: Pick<Common, 'right' | 'events'>): boolean {
  return isLengthStated(extensionUnder({ regime }, of))
}

const extensionIn = ({ events }: Common) => events.find(event => event.type === 'extension')

function computed(law: Law, { events, ...common }: Common, isExtended: boolean): LawDeadlines {
  const known = eventsKnownTo(REGIMES[law.regime], events)
  const settled = known.map(event => (isSettled(event, law) ? { ...event, announcedAt: undefined } : event))
  const deadlines = computeDeadlines({ ...common, ...law, events: settled })
  const endsOn = isExtended ? deadlines.extendedDueOn : deadlines.statutoryDueOn
  return { ...law, deadlines, isExtended, endsOn }
}

/** A law that fixes the length takes no notice of the one that was stated for the other. */
function extended(law: Law, common: Common): LawDeadlines {
  if (isLengthStated(extensionUnder(law, common))) return computed(law, common, true)
  const events = common.events.map(event => (event.type === 'extension' ? { ...event, workingDays: undefined } : event))
  return computed(law, { ...common, events }, true)
}

function notExtended(law: Law, refusal: TraceStep, common: Common): LawDeadlines {
  const events = common.events.filter(event => event.type !== 'extension')
  const found = computed(law, { ...common, events }, false)
  return { ...found, deadlines: { ...found.deadlines, trace: beforeTheEnd(found.deadlines.trace, refusal) } }
}

/** Why this law does not give the extension that was taken, as a step of its trace; null when it does. */
function refusalOf(law: Law, taken: ExtensionEvent, common: Common): TraceStep | null {
  const refuse = (rule: TraceRule, params: TraceStep['params'], source: string): TraceStep => {
    return { rule, params, source, from: null, to: null }
  }
  const extension = extensionUnder(law, common)
  if (extension === null) return refuse('extension_not_known', {}, '')
  if (isLengthStated(extension) && taken.workingDays === undefined) {
    return refuse('extension_not_known', {}, extension.source)
  }
  const { announcedAt, under } = taken
  if (announcedAt === undefined || isSettled(taken, law)) return null
  const announcedOn = typeof announcedAt === 'string' ? announcedAt : dateIn(common.timeZone, announcedAt)
  const events = common.events.filter(event => event.type !== 'extension')
  const { extensionNoticeBy } = computed(law, { ...common, events }, false).deadlines
  if (extensionNoticeBy === null || (under === undefined && announcedOn <= extensionNoticeBy)) return null
  return refuse('extension_not_announced', { noticeBy: extensionNoticeBy }, extension.noticeSource)
}

/** Whether the extension was found to be in time for this law when it was taken. */
function isSettled(event: ClockEvent, { regime }: Law): event is ExtensionEvent {
  return event.type === 'extension' && event.under?.includes(regime) === true
}

function extensionUnder(
  { regime }: Pick<Law, 'regime'>,
  { right, events }: Pick<Common, 'right' | 'events'>
): Extension | null {
  return governingRule(REGIMES[regime], right, eventsKnownTo(REGIMES[regime], events), []).extension
}

const isLengthStated = (extension: Extension | null) =>
  extension !== null && 'statedInWorkingDaysExcept' in extension.span

function ruling(laws: readonly LawDeadlines[], { timeZone }: Common): RulingDeadlines {
  const of = (name: Exclude<keyof Deadlines, 'trace' | 'dueEndsAt'>): LocalDate | null =>
    earliest(...laws.map(({ deadlines }) => deadlines[name]))
  const isExtended = laws.some(law => law.isExtended)
  const endsOn = earliest(...laws.map(law => law.endsOn))
  const dueOn = of('dueOn')
  const effectiveDueOn = isExtended ? endsOn : dueOn
  const rulingLaw = laws.find(law => endsOn !== null && law.endsOn === endsOn)
  const { trace } = (rulingLaw ?? laws[0]!).deadlines
  return {
    laws,
    rulingLaw: rulingLaw?.regime ?? null,
    isExtended,
    dueOn,
    statutoryDueOn: of('statutoryDueOn'),
    promisedOn: of('promisedOn'),
    extendedDueOn: earliest(
      ...laws.filter(law => law.isExtended || !isExtended).map(law => law.deadlines.extendedDueOn)
    ),
    effectiveDueOn,
    acknowledgeBy: of('acknowledgeBy'),
    targetOn: of('targetOn'),
    effectiveTargetOn: earliest(
      ...laws.map(({ deadlines, isExtended }) => (isExtended ? deadlines.extendedTargetOn : deadlines.targetOn))
    ),
    extendedTargetOn: of('extendedTargetOn'),
    extensionNoticeBy: of('extensionNoticeBy'),
    refusalBy: of('refusalBy'),
    dueEndsAt: dueOn && startOfDay(timeZone, addDays(dueOn, 1)),
    trace: laws.length === 1 ? trace : beforeTheEnd(trace, comparison(laws))
  }
}

/** Which of two laws rules, and why. */
function comparison([own, other]: readonly LawDeadlines[]): TraceStep {
  const names = { own: own!.regime, other: other!.regime }
  const [mine, theirs] = [own!.endsOn, other!.endsOn]
  const step = (
    rule: TraceRule,
    params: TraceStep['params'],
    from: LocalDate | null,
    to: LocalDate | null
  ): TraceStep => {
    return { rule, params: { ...names, ...params }, source: '', from, to }
  }
  if (mine === null && theirs === null) return step('laws_none', {}, null, null)
  if (mine === null || theirs === null) {
    return step('laws_one', { dated: mine === null ? names.other : names.own }, null, mine ?? theirs)
  }
  if (mine === theirs) return step('laws_agree', {}, mine, mine)
  const days = mine < theirs ? ([theirs, mine] as const) : ([mine, theirs] as const)
  return step('laws_earlier', { ownOn: mine, otherOn: theirs }, ...days)
}

/** The trace with one more step before the one that says when the last day ends. */
function beforeTheEnd(trace: readonly TraceStep[], step: TraceStep): TraceStep[] {
  const end = trace.at(-1)?.rule === 'day_ends' ? trace.length - 1 : trace.length
  return trace.toSpliced(end, 0, step)
}
