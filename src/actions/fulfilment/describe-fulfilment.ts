// What was done, and what Art. 15 wants told, in the terms of the letters.

import { type DataSystem, decisionsToTell } from '../../domain/data-map.ts'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import type { TaskKind } from '../../domain/rights.ts'
import type { Decision, Details } from '../../domain/subject-request.ts'
import type { AccessInformation, RecipientTold, SystemResult } from '../../letters/response-facts.ts'
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
export function resultsOf(tasks: readonly TaskRow[], systems: readonly DataSystem[]): SystemResult[] {
  return tasks.flatMap(task => {
    const system = systems.find(known => known.id === task.systemId)?.name
    if (system === undefined || task.result === null || task.result === 'not_applicable') return []
    if (task.result === 'nothing_found') return [{ system, did: 'nothing_found', categories: task.categories }]
    const kept = new Set(task.withheld.map(item => item.category))
    const categories = task.categories.filter(category => !kept.has(category))
    return categories.length === 0 ? [] : [{ system, did: DID[task.kind], categories }]
  })
}

/** GDPR Art. 15(1)(a)-(d), (g), (h) and (2), from the data map: recipients by name, the processors among them. */
export function informationOf(systems: readonly DataSystem[], details: Details): AccessInformation {
  const held = systems.filter(system => system.personalData === 'held' && system.role === 'controller')
  const asked = (name: string) => details.categories === undefined || details.categories.includes(name)
  const categories = held.flatMap(system => system.categories).filter(category => asked(category.name))
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
    automatedDecisions: decisionsToTell(systems, details.categories)
  }
}

/** GDPR Art. 19: whom staff told, and whom the systems told by themselves. */
export function recipientsTold(
  decision: Decision | null,
  reports: readonly TaskContents[],
  today: LocalDate
): RecipientTold[] {
  const told = [...(decision?.recipientsTold ?? []), ...reports.flatMap(report => report.recipientsTold)]
  return [...new Set(told)].map(name => ({ name, toldOn: today, why: null }))
}
