// What a tenant of the demo is made of: its published promises, its systems and staff, and people who ask for something.

import type { StaffRole } from '../../src/domain/actor.ts'
import type { DataCategory } from '../../src/domain/data-map.ts'
import type { Policy } from '../../src/domain/policy.ts'
import type { SystemFacts } from '../../src/storage/systems.ts'
import type { DemoCase } from './demo-case.ts'

export interface TenantSeed {
  readonly slug: string
  readonly name: string
  readonly policy: Policy
  readonly systems: readonly SystemFacts[]
  /** One person for each role. */
  readonly staff: Readonly<Record<StaffRole, StaffMember>>
  readonly cases: readonly DemoCase[]
}

interface StaffMember {
  /** The `sub` of their token. */
  readonly subject: string
  readonly name: string
  readonly address: string
}

/** What most data of a product is: given by the person, kept by a program, neither marketing nor special. */
export const USUAL = {
  source: 'You',
  recipients: [],
  providedBySubject: true,
  automatedProcessing: true,
  directMarketing: false,
  specialCategory: false
} as const satisfies Partial<DataCategory>

/** A system that the tenant runs for itself, inside the EU, and that nobody in particular looks after. */
export const OWN = {
  personalData: 'held',
  role: 'controller',
  transferSafeguard: null,
  description: null,
  automatedDecisions: [],
  assignee: null,
  instructions: null
} as const satisfies Partial<SystemFacts>

/** A system in which nothing is about a person, or nothing can be found. It is named in answers and never searched. */
export const WITHOUT_PERSONAL_DATA = {
  ...OWN,
  personalData: 'none',
  categories: []
} as const satisfies Partial<SystemFacts>
