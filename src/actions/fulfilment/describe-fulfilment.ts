// What was done, and what Art. 15 wants told, in the terms of the letters.

import { type DataSystem, decisionsToTell } from '../../domain/data-map.ts'
import type { TaskKind } from '../../domain/rights.ts'
import type { AccessInformation, SystemResult } from '../../letters/response-facts.ts'
import type { TaskContents, TaskRow } from '../../storage/tasks.ts'

const DID: Readonly<Record<TaskKind, SystemResult['did']>> = {
  collect: 'provided',
  correct: 'corrected',
  erase: 'erased',
  restrict: 'restricted',
  stop: 'stopped',
  answer: 'answered'
}

/** What each system did. What it keeps back stands in the reasons; what did not apply to it is not told. */
export function resultsOf(
  tasks: readonly TaskRow[],
  reports: readonly TaskContents[],
  systems: readonly DataSystem[]
): SystemResult[] {
  return tasks.flatMap((task, at) => {
    const system = systems.find(known => known.id === task.systemId)?.name
    if (system === undefined || task.result === null || task.result === 'not_applicable') return []
    if (task.result === 'nothing_found') return [{ system, did: 'nothing_found', categories: task.categories }]
    const kept = new Set(task.withheld.map(item => item.category))
    const anonymised = reports[at]?.anonymised ?? []
    const changed = task.categories.filter(category => !kept.has(category) && !anonymised.includes(category))
    const results: SystemResult[] = [
      { system, did: DID[task.kind], categories: changed },
      { system, did: 'anonymised', categories: anonymised }
    ]
    // A system whose categories nobody listed did it with all that it had.
    const isUnlisted = task.categories.length === 0 && task.result === 'done'
    return results.filter(({ categories, did }) => categories.length > 0 || (isUnlisted && did !== 'anonymised'))
  })
}

/**
 * GDPR Art. 15(1)(a)-(d), (g), (h) and (2), from the data map: recipients by name, the processors among them.
 * @param systems  as far as the request reached
 */
export function informationOf(systems: readonly DataSystem[]): AccessInformation {
  const held = systems.filter(system => system.personalData === 'held' && system.role === 'controller')
  const categories = held.flatMap(system => system.categories)
  const processors = held.map(system => ({
    name: system.name,
    location: system.location,
    safeguard: system.transferSafeguard
  }))
  const named = new Set(processors.map(processor => processor.name))
  const others = [...new Set(categories.flatMap(category => category.recipients))].filter(name => !named.has(name))
  return {
    categories: categories.map(({ name, purposes, legalBasis, retention, source, providedBySubject }) => ({
      name,
      purposes,
      legalBasis,
      retention,
      source: providedBySubject ? null : source
    })),
    recipients: [...processors, ...others.map(name => ({ name, location: null, safeguard: null }))],
    automatedDecisions: decisionsToTell(systems)
  }
}
