// The tenant's systems with what they hold, and the tasks that a request needs of them.

import { purposeForm } from './register.ts'
import type { Right, TaskKind } from './rights.ts'
import { RIGHT_RULES } from './rights.ts'

/** GDPR Art. 6(1), in one word each. */
export const LEGAL_BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests'
] as const
export type LegalBasis = (typeof LEGAL_BASES)[number]

/** What a system holds of one kind: everything that GDPR Art. 15(1) asks to be told. */
export interface DataCategory {
  readonly name: string
  readonly purposes: readonly string[]
  readonly legalBasis: LegalBasis
  readonly retention: string
  /** Where the data came from when not from the person (Art. 15(1)(g)). */
  readonly source: string
  readonly recipients: readonly string[]
  /** Given or observed, not inferred (Art. 20(1)). */
  readonly providedBySubject: boolean
  readonly automatedProcessing: boolean
  readonly directMarketing: boolean
  /**
   * Ended by an opt-out besides marketing: sold, shared, or used to measure what people do (Cal. Civ. Code 1798.120, and what a
   * tenant promises). Not said is no.
   */
  readonly optOut?: boolean
  readonly specialCategory: boolean
}

/**
 * A decision with legal or similar effect that the system takes by itself, profiling included: what GDPR Art. 15(1)(h) asks to
 * be told of it, in words the person will read.
 */
export interface AutomatedDecision {
  /** What is decided. */
  readonly decision: string
  /** By which procedure and principles, and what weighs how much (CJEU C-203/22). */
  readonly logic: string
  readonly significance: string
  /** What is to be expected of it. */
  readonly consequences: string
  /** The categories of this system that go into it. */
  readonly categories: readonly string[]
}

export interface DataSystem {
  readonly id: string
  readonly name: string
  /** `none`: nothing there can be traced to a person, so it is named in the answer and never searched. */
  readonly personalData: 'held' | 'none'
  /** For whom it is kept: as `processor` the tenant forwards instead of answering. */
  readonly role: 'controller' | 'processor'
  readonly location: string
  /** Safeguard of a transfer to a third country (Art. 15(2), Art. 46), where there is one. */
  readonly transferSafeguard: string | null
  /** For the person to read: what it is, and why one without personal data is never searched. */
  readonly description: string | null
  readonly categories: readonly DataCategory[]
  /** Empty: none is taken. */
  readonly automatedDecisions: readonly AutomatedDecision[]
}

export interface PlannedTask {
  readonly systemId: string
  readonly kind: TaskKind
  /** Empty for a system whose categories the data map does not list: all that is there. */
  readonly categories: readonly string[]
}

/** What narrows a request: named categories, or the purpose objected to. */
export interface RequestScope {
  readonly categories?: readonly string[]
  readonly purpose?: string
  readonly directMarketing?: boolean
}

/**
 * One task for each system that has to act, with the categories it has to act on. None for a system that holds nothing or
 * that the tenant runs for somebody else, and none for a right that staff answer themselves.
 *
 * People name categories and purposes in their own words. A name that the data map does not know narrows nothing, for a
 * system too many costs a search and one too few makes the answer untrue; but it does not widen an erasure, which cannot
 * be undone, to what nobody asked to have erased.
 *
 * @see GDPR Art. 20(1) for portability, Art. 21(1)-(2) for objection; Cal. Civ. Code 1798.121 for limited use
 */
export function planTasks(systems: readonly DataSystem[], right: Right, scope: RequestScope): PlannedTask[] {
  const { task: kind } = RIGHT_RULES[right]
  if (kind === 'answer') return []
  const asked = systems.filter(isAsked)
  const categories = namedCategories(asked, right, scope)
  const purpose = namedPurpose(asked, right, scope)

  const isInScope = (category: DataCategory) =>
    (categories === undefined || categories.has(nameForm(category.name))) &&
    (purpose === undefined || category.purposes.some(known => nameForm(known) === purpose)) &&
    concerns(right, category, scope)

  return asked
    .map(system => ({ system, categories: system.categories.filter(isInScope).map(category => category.name) }))
    .filter(({ system, categories: found }) => found.length > 0 || mayHoldAnything(system, right, categories))
    .map(({ system, categories: found }) => ({ systemId: system.id, kind, categories: found }))
}

/**
 * The data map as far as a request reached, for the answer to describe: of each system the categories that it was asked about,
 * and the decisions that rest on them. A request that named nothing reached everything.
 */
export function reachedBy(
  systems: readonly DataSystem[],
  { categories: named = [] }: RequestScope,
  tasks: readonly Pick<PlannedTask, 'systemId' | 'categories'>[]
): readonly DataSystem[] {
  if (named.length === 0) return systems
  return systems.map(system => {
    const asked = tasks.filter(({ systemId }) => systemId === system.id)
    if (!isAsked(system) || asked.some(({ categories }) => categories.length === 0)) return system
    const names = new Set(asked.flatMap(({ categories }) => categories))
    return {
      ...system,
      categories: system.categories.filter(({ name }) => names.has(name)),
      automatedDecisions: system.automatedDecisions.filter(({ categories }) => categories.some(name => names.has(name)))
    }
  })
}

/**
 * The automated decisions that a person who asks for a copy is told of: the tenant's own.
 * @see GDPR Art. 15(1)(h), 22(1) and (4)
 */
export function decisionsToTell(systems: readonly Omit<DataSystem, 'id'>[]): AutomatedDecision[] {
  return systems.filter(isAsked).flatMap(system => system.automatedDecisions)
}

/** How many of the categories that were named the data map does not know: staff have to ask what was meant. */
export function countUnknownCategories(systems: readonly DataSystem[], scope: RequestScope): number {
  const known = knownCategories(systems.filter(isAsked))
  return (scope.categories ?? []).filter(name => !known.has(nameForm(name))).length
}

/** Art. 20(1): given by the person, by automated means, on consent or contract. */
export function isPortable(category: DataCategory): boolean {
  const basis = category.legalBasis === 'consent' || category.legalBasis === 'contract'
  return basis && category.providedBySubject && category.automatedProcessing
}

/** Art. 21(1): processing on a public task or on legitimate interests can be objected to; (2): marketing always. */
export function isObjectionable(category: DataCategory): boolean {
  return (
    category.directMarketing || category.legalBasis === 'legitimate_interests' || category.legalBasis === 'public_task'
  )
}

function isAsked(system: Omit<DataSystem, 'id'>): boolean {
  return system.personalData === 'held' && system.role === 'controller'
}

/** The names that narrow the request, or undefined when it is about everything. */
function namedCategories(
  asked: readonly DataSystem[],
  right: Right,
  { categories = [] }: RequestScope
): Set<string> | undefined {
  if (categories.length === 0) return undefined
  const names = new Set(categories.map(nameForm))
  return right === 'erasure' || names.isSubsetOf(knownCategories(asked)) ? names : undefined
}

/**
 * The purpose that narrows the request. Marketing is objected to as a whole, whatever it is called (Art. 21(2)-(3)), and so is
 * what an opt-out ends.
 */
function namedPurpose(
  asked: readonly DataSystem[],
  right: Right,
  { purpose, directMarketing }: RequestScope
): string | undefined {
  if (purpose === undefined || directMarketing || right === 'opt_out') return undefined
  const known = asked.flatMap(system => system.categories).flatMap(category => category.purposes.map(nameForm))
  return known.find(name => name === nameForm(purpose))
}

/** Whether the right reaches data of this kind at all. */
function concerns(right: Right, category: DataCategory, { directMarketing }: RequestScope): boolean {
  switch (right) {
    case 'portability':
      return isPortable(category)
    case 'objection':
      return directMarketing ? category.directMarketing : isObjectionable(category)
    case 'withdraw_consent':
      return category.legalBasis === 'consent'
    case 'opt_out':
      return category.directMarketing || category.optOut === true
    case 'limit_use':
      return category.specialCategory
    default:
      return true
  }
}

/** A system said to hold personal data, and not said which: for a right that reaches all data it has to be asked too. */
function mayHoldAnything(system: DataSystem, right: Right, named: ReadonlySet<string> | undefined): boolean {
  const reachesAll = right === 'access' || right === 'rectification' || right === 'erasure' || right === 'restriction'
  return system.categories.length === 0 && reachesAll && named === undefined
}

function knownCategories(systems: readonly DataSystem[]): Set<string> {
  return new Set(systems.flatMap(system => system.categories).map(category => nameForm(category.name)))
}

/** `Usage analytics` and `usage-analytics` are one name; what is no plain name compares as it is read. */
export function nameForm(text: string): string {
  return purposeForm(text) ?? text.normalize('NFKC').trim().toLowerCase()
}
