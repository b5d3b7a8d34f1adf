// What may be said with each right, and what has to be.

import { type Fault, HabeasError, invalid } from './errors.ts'
import { RIGHTS, type Right } from './rights.ts'
import type { Details } from './subject-request.ts'

interface DetailsRule {
  readonly takes: readonly (keyof Details)[]
  /** What staff and programs say when they ask. A mail or a form may lack it. */
  readonly needs: readonly (keyof Details)[]
  /** Any one of these has to be known before the work starts; left out, nothing has. */
  readonly startsWith?: readonly [keyof Details, ...(keyof Details)[]]
}

/** GDPR Art. 17(1)(a)-(f): what makes the duty to erase. */
export const ERASURE_GROUNDS = [
  'no_longer_necessary',
  'consent_withdrawn',
  'objection',
  'unlawful',
  'legal_duty_to_erase',
  'child_information_society_service'
] as const
/** GDPR Art. 18(1)(a)-(d). */
export const RESTRICTION_GROUNDS = [
  'accuracy_contested',
  'unlawful_but_keep',
  'needed_for_claims',
  'objection_pending'
] as const

const purposeful: DetailsRule = { takes: ['text', 'purpose'], needs: [] }
const told: DetailsRule = { takes: ['text'], needs: [] }

const RULES: Readonly<Record<Right, DetailsRule>> = {
  access: { takes: ['text', 'categories'], needs: [] },
  rectification: { takes: ['text', 'changes'], needs: ['changes'], startsWith: ['changes', 'text'] },
  erasure: { takes: ['text', 'ground', 'categories'], needs: [] },
  restriction: { takes: ['text', 'ground', 'categories'], needs: ['ground'], startsWith: ['ground'] },
  portability: { takes: ['text', 'format', 'transferTo', 'categories'], needs: [] },
  objection: {
    takes: ['text', 'purpose', 'directMarketing', 'situation'],
    needs: [],
    // Direct marketing ends without weighing (Art. 21(2)-(3)), all else is weighed: nobody may guess which it is.
    startsWith: ['directMarketing', 'purpose']
  },
  withdraw_consent: purposeful,
  automated_decision: { takes: ['text', 'situation'], needs: [] },
  opt_out: purposeful,
  limit_use: purposeful,
  complaint: told,
  appeal: told,
  information: told
}

const GROUNDS: Readonly<Partial<Record<Right, readonly string[]>>> = {
  erasure: ERASURE_GROUNDS,
  restriction: RESTRICTION_GROUNDS
}

/**
 * The details of each right: as they came for one right, or keyed by right for several.
 * @param complete  whether what a right cannot do without has to be there; a mail has only its text
 * @throws {HabeasError} `invalid`
 */
export function detailsByRight(
  rights: readonly Right[],
  given: Record<string, unknown> | undefined,
  complete = true
): Partial<Record<Right, Details>> {
  const keyed = isKeyed(given)
  const [only] = rights
  if (given !== undefined && !keyed && rights.length > 1 && Object.keys(given).length > 0) {
    throw invalid('With several rights, the details say which right they belong to.', {
      pointer: '/details',
      rule: 'keyedByRight',
      fix: `Send { ${rights.map(right => `"${right}": {…}`).join(', ')} }.`
    })
  }
  const byRight = (keyed ? given : only === undefined || given === undefined ? {} : { [only]: given }) as Partial<
    Record<Right, Details>
  >
  const faults = [
    ...Object.keys(byRight)
      .filter(right => !rights.includes(right as Right))
      .map(right => ({
        pointer: `/details/${right}`,
        rule: 'rightNotAsked',
        fix: 'Leave it out, or add the right to rights.'
      })),
    ...rights.flatMap(right =>
      faultsOf(right, byRight[right] ?? {}, keyed ? `/details/${right}` : '/details', complete)
    )
  ]
  if (faults.length > 0) throw invalid('The details do not fit the rights.', ...faults)
  return byRight
}

/**
 * The details of one request, as staff write them down: checked as at intake.
 * @throws {HabeasError} `invalid`
 */
export function requireFitting(right: Right, details: Details): void {
  const faults = faultsOf(right, details, '', true)
  if (faults.length > 0) throw invalid('The details do not fit the right.', ...faults)
}

/** What has to be known before the work on a right may start, any one of it. Empty: nothing is missing. */
export function missingDetails(right: Right, details: Details): readonly (keyof Details)[] {
  const { startsWith = [] } = RULES[right]
  return startsWith.some(field => details[field] !== undefined) ? [] : startsWith
}

/** @throws {HabeasError} `details_missing` while nobody has said what the right cannot be fulfilled without */
export function requireStartable(right: Right, details: Details): void {
  const anyOf = missingDetails(right, details)
  if (anyOf.length === 0) return
  throw new HabeasError(
    'details_missing',
    `Nobody has said yet ${WHAT_IS_MISSING[right] ?? anyOf.join(' or ')}: record it with PUT /v1/requests/{id}/details, or ask the person.`,
    { right, anyOf }
  )
}

/** In words for staff, of each right that cannot start without. */
export const WHAT_IS_MISSING: Readonly<Partial<Record<Right, string>>> = {
  rectification: 'which data are wrong, and how they should read',
  restriction: 'on which of the four grounds the data are to be kept and not used',
  objection: 'whether it is about direct marketing, or which purpose it is about'
}

function isKeyed(given: Record<string, unknown> | undefined): boolean {
  const keys = Object.keys(given ?? {})
  return keys.length > 0 && keys.every(key => (RIGHTS as readonly string[]).includes(key))
}

function faultsOf(right: Right, details: Details, pointer: string, complete: boolean): Fault[] {
  const { takes, needs } = RULES[right]
  const foreign = (Object.keys(details) as (keyof Details)[]).filter(field => !takes.includes(field))
  const missing = complete ? needs.filter(field => details[field] === undefined) : []
  const grounds = GROUNDS[right]
  const badGround = details.ground !== undefined && grounds !== undefined && !grounds.includes(details.ground)
  return [
    ...foreign.map(field => ({
      pointer: `${pointer}/${field}`,
      rule: 'notForThisRight',
      fix: `${right} takes ${takes.join(', ')}.`
    })),
    ...missing.map(field => ({
      pointer: `${pointer}/${field}`,
      rule: 'required',
      fix: `A request for ${right} says its ${field}.`
    })),
    ...(badGround ? [{ pointer: `${pointer}/ground`, rule: 'enum', fix: `Send one of ${grounds.join(', ')}.` }] : [])
  ]
}
