// What every law outside Europe says in its own words: prove who you are, ask the one who holds the data, and no right to a
// correction of what is correct or to the deletion of what must be kept.

import type { RegimeName } from '../deadline/regimes.ts'
import { RIGHTS } from '../rights.ts'
import type { GroundRow, GroundUse } from './ground.ts'

export const EITHER: readonly GroundUse[] = ['refuse', 'withhold']

/** What is stopped on the person's word is stopped without argument; only doubt about who asks stands against it. */
const ARGUABLE = RIGHTS.filter(right => right !== 'withdraw_consent' && right !== 'opt_out')

export function whoAsksWhom(
  regimes: readonly RegimeName[],
  identitySource: string,
  otherHolderSource: string
): GroundRow[] {
  return [
    {
      code: 'identity_not_confirmed',
      use: ['refuse'],
      rights: RIGHTS,
      regimes,
      source: identitySource,
      requiresNote: true
    },
    {
      code: 'agent_not_authorised',
      use: ['refuse'],
      rights: ARGUABLE,
      regimes,
      source: identitySource,
      requiresNote: true
    },
    {
      code: 'not_controller',
      use: ['refuse'],
      rights: ARGUABLE,
      regimes,
      source: otherHolderSource,
      requiresNote: true
    }
  ]
}

/** Where a law knows no right to erasure, what may stay follows from the duty not to keep data longer than needed. */
export function correctAndKept(
  regimes: readonly RegimeName[],
  correctionSource: string,
  keepingSource: string,
  dutySource: string
): GroundRow[] {
  return [
    {
      code: 'accurate_as_recorded',
      use: EITHER,
      rights: ['rectification'],
      regimes,
      source: correctionSource,
      requiresNote: true
    },
    {
      code: 'still_needed',
      use: EITHER,
      rights: ['erasure'],
      regimes,
      source: keepingSource,
      requiresNote: true,
      requiresEndDate: true
    },
    {
      code: 'legal_obligation',
      use: EITHER,
      rights: ['erasure'],
      regimes,
      source: dutySource,
      requiresCitation: true,
      requiresEndDate: true
    }
  ]
}
