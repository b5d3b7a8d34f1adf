// The tenant's systems change: what a request asks of whom, and what an answer says about purposes and recipients, is read here.

import type { AutomatedDecision, DataCategory } from '../../domain/data-map.ts'
import { type Fault, HabeasError, invalid } from '../../domain/errors.ts'
import type { Scope } from '../../storage/database.ts'
import type { SystemFacts } from '../../storage/systems.ts'
import * as storage from '../../storage/systems.ts'

/**
 * Puts a system on the data map.
 * @throws {HabeasError} `invalid`; `conflict` when the slug is taken
 */
export async function addSystem(scope: Scope, id: string, facts: SystemFacts): Promise<void> {
  requireConsistent(facts)
  await storage.addSystem(scope, id, facts)
}

/**
 * Changes what is said about a system. Tasks that were planned before keep what they were planned with.
 * @throws {HabeasError} `not_found`, `version_stale`, `invalid`, `conflict` when the new slug is taken
 */
export async function changeSystem(scope: Scope, id: string, changes: Partial<SystemFacts>): Promise<void> {
  const before = await storage.lockSystem(scope, id)
  const facts = { ...factsOf(before), ...changes }
  requireConsistent(facts)
  await storage.updateSystem(scope, before, facts)
}

/**
 * Takes a system off the data map.
 * @throws {HabeasError} `not_found`, `version_stale`; `tasks_open` while it still has something to do for somebody
 */
export async function removeSystem(scope: Scope, id: string): Promise<void> {
  const system = await storage.lockSystem(scope, id)
  if (await storage.hasOpenTasks(scope, id)) {
    throw new HabeasError('tasks_open', 'The system still has tasks to end.', { systemId: id })
  }
  await storage.markSystemRemoved(scope, system)
}

function factsOf(facts: SystemFacts): SystemFacts {
  const {
    slug,
    name,
    personalData,
    role,
    location,
    transferSafeguard,
    description,
    categories,
    automatedDecisions,
    assignee,
    instructions
  } = facts
  return {
    slug,
    name,
    personalData,
    role,
    location,
    transferSafeguard,
    description,
    categories,
    automatedDecisions,
    assignee,
    instructions
  }
}

/** What a schema cannot say. */
function requireConsistent({ personalData, categories, automatedDecisions }: SystemFacts): void {
  const faults: Fault[] = faultsOfDecisions(automatedDecisions, categories)
  if (personalData === 'held' && categories.length === 0) {
    faults.push({
      pointer: '/categories',
      rule: 'minItems',
      fix: 'Say what kinds of personal data it holds, or set personalData to none.'
    })
  }
  if (personalData === 'none' && categories.length > 0) {
    faults.push({
      pointer: '/categories',
      rule: 'maxItems',
      fix: 'A system without personal data has no categories; set personalData to held.'
    })
  }
  const names = categories.map(category => category.name)
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) < index) {
      faults.push({
        pointer: `/categories/${index}/name`,
        rule: 'unique',
        fix: 'Give each category a name of its own.'
      })
    }
  }
  if (faults.length > 0) throw invalid('The system is not described in a way that holds together.', ...faults)
}

/** A decision about people rests on data about them, and the person is told on which. */
function faultsOfDecisions(decisions: readonly AutomatedDecision[], categories: readonly DataCategory[]): Fault[] {
  const held = categories.map(category => category.name)
  const names = decisions.map(({ decision }) => decision)
  return decisions.flatMap(({ decision, categories: used }, index) => {
    const at = `/automatedDecisions/${index}`
    const unknown = used.flatMap((name, place): Fault[] =>
      held.includes(name)
        ? []
        : [{ pointer: `${at}/categories/${place}`, rule: 'oneOf', fix: nameOneOf('categories of this system', held) }]
    )
    const repeated: Fault = { pointer: `${at}/decision`, rule: 'unique', fix: 'Describe each decision once.' }
    return names.indexOf(decision) < index ? [...unknown, repeated] : unknown
  })
}

function nameOneOf(what: string, names: readonly string[]): string {
  return names.length === 0 ? `It has no ${what}: say what it holds first.` : `Name ${what}: ${names.join(', ')}.`
}
