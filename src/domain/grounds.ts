// The lawful reasons to refuse, keep back, pause or extend: which a request may use, and what has to be said with each.

import type { RegimeName } from './deadline/regimes.ts'
import { type Fault, HabeasError, invalid } from './errors.ts'
import { AMERICAN_AND_SWISS_GROUNDS } from './grounds/americas-and-switzerland.ts'
import { EXTENSION_GROUNDS, PAUSE_GROUNDS } from './grounds/clock.ts'
import { GDPR_GROUNDS } from './grounds/gdpr.ts'
import type { Ground, GroundUse } from './grounds/ground.ts'
import { PACIFIC_GROUNDS } from './grounds/pacific.ts'
import { UNITED_STATES_GROUNDS } from './grounds/united-states.ts'
import type { Right } from './rights.ts'

/** Every row of every law. A code may stand in several rows; of one use, right and regime it is the only one. */
export const GROUNDS: readonly Ground[] = [
  ...GDPR_GROUNDS,
  ...UNITED_STATES_GROUNDS,
  ...PACIFIC_GROUNDS,
  ...AMERICAN_AND_SWISS_GROUNDS,
  ...PAUSE_GROUNDS,
  ...EXTENSION_GROUNDS
].map(row => ({ requiresNote: false, requiresEndDate: false, requiresCitation: false, ...row }))

/** For what a ground is wanted. */
export interface GroundQuery {
  readonly use: GroundUse
  readonly right: Right
  readonly regime: RegimeName
  /** Whether the objection is to direct marketing, which is granted without weighing (GDPR Art. 21(2)-(3)). */
  readonly directMarketing?: boolean
}

/** A ground as staff name it, with what they have to say about it. */
export interface ChosenGround extends GroundQuery {
  readonly code: string
  readonly note?: string | null
  readonly until?: string | null
  readonly citation?: string | null
  /** JSON pointer to the part of the body that names the ground; left out, the body itself does. */
  readonly at?: string
}

/**
 * The grounds the law offers here, each with what must be said with it. Data kept back from an erasure always need the day
 * on which they are asked for again, whatever the ground (GDPR Art. 17(3): only as long as necessary).
 */
export function groundsFor({ use, right, regime, directMarketing = false }: GroundQuery): Ground[] {
  const staysForNow = use === 'withhold' && right === 'erasure'
  return GROUNDS.filter(
    ground => ground.use.includes(use) && ground.rights.includes(right) && ground.regimes.includes(regime)
  )
    .filter(ground => isOpenToArgument(use, right, directMarketing) || ground.code === 'identity_not_confirmed')
    .map(ground => (staysForNow ? { ...ground, requiresEndDate: true } : ground))
}

/**
 * The ground with this code, once everything the law wants said with it has been said.
 *
 * @throws {HabeasError} `ground_not_available` when the law does not offer it here, with the codes it does offer;
 * `invalid` when its note, end date or citation is missing
 */
export function requireGround({ code, note, until, citation, at = '', ...query }: ChosenGround): Ground {
  const offered = groundsFor(query)
  const ground = offered.find(ground => ground.code === code)
  if (ground === undefined) {
    throw new HabeasError('ground_not_available', `The law offers no such ground to ${query.use} here.`, {
      use: query.use,
      right: query.right,
      regime: query.regime,
      allowed: offered.map(ground => ground.code)
    })
  }

  const faults: Fault[] = []
  if (ground.requiresNote && isBlank(note)) {
    faults.push({
      pointer: `${at}/note`,
      rule: 'required',
      fix: 'Say in plain words which facts of this case support the ground.'
    })
  }
  if (ground.requiresEndDate && isBlank(until)) {
    faults.push({
      pointer: `${at}/until`,
      rule: 'required',
      fix: 'Give the day, YYYY-MM-DD, until which the ground holds.'
    })
  }
  if (ground.requiresCitation && isBlank(citation)) {
    faults.push({ pointer: `${at}/citation`, rule: 'required', fix: 'Name the provision that is relied on.' })
  }
  if (faults.length > 0) throw invalid(`The ground ${code} needs more to be said with it.`, ...faults)
  return ground
}

/**
 * As `requireGround`, under the first of these laws that offers it.
 * @throws {HabeasError} as `requireGround` does under the first law, when none offers it
 */
export function requireGroundUnder(
  regimes: readonly [RegimeName, ...RegimeName[]],
  chosen: Omit<ChosenGround, 'regime'>
): Ground & { readonly regime: RegimeName } {
  const { use, right, code } = chosen
  const offers = (regime: RegimeName) => groundsFor({ use, right, regime }).some(ground => ground.code === code)
  const regime = regimes.find(offers) ?? regimes[0]
  return { ...requireGround({ ...chosen, regime }), regime }
}

/** Direct marketing stops when asked, without weighing, and consent ends when it is withdrawn (GDPR Art. 21(3), 7(3)). */
function isOpenToArgument(use: GroundUse, right: Right, directMarketing: boolean): boolean {
  if (use === 'pause' || use === 'extend') return true
  return !(directMarketing && right === 'objection')
}

function isBlank(text: string | null | undefined): boolean {
  return text === undefined || text === null || text.trim() === ''
}
