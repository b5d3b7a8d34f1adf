// Who received data that was corrected, erased or restricted since, and what became of telling them.

import { type DataSystem, nameForm } from './data-map.ts'
import type { LocalDate } from './deadline/local-date.ts'
import type { Fault } from './errors.ts'
import type { RecipientReport } from './subject-request.ts'
import type { TaskResult, Withheld } from './tasks.ts'

/** What one system was asked about, and what it says it did. */
interface EndedTask {
  readonly systemId: string
  readonly categories: readonly string[]
  readonly result: TaskResult | null
  readonly withheld: readonly Pick<Withheld, 'category'>[]
}

/**
 * Recipients that the data map names for what was changed. Its systems are recipients too, and their tasks told them.
 * @see GDPR Art. 19
 */
export function recipientsOfChanged(systems: readonly DataSystem[], tasks: readonly EndedTask[]): string[] {
  const own = new Set(systems.map(({ name }) => nameForm(name)))
  const changed = tasks.flatMap(({ systemId, categories, result, withheld }) => {
    if (result !== 'done' && result !== 'withheld') return []
    const kept = new Set(withheld.map(({ category }) => category))
    const isChanged = (name: string) => (categories.length === 0 || categories.includes(name)) && !kept.has(name)
    return systems.filter(({ id }) => id === systemId).flatMap(known => known.categories.filter(c => isChanged(c.name)))
  })
  const named = new Map(changed.flatMap(({ recipients }) => recipients).map(name => [nameForm(name), name]))
  return [...named].flatMap(([form, name]) => (own.has(form) ? [] : [name]))
}

/** What is wrong with what staff say. @param today  of the tenant */
export function faultsOfRecipients(reports: readonly RecipientReport[], today: LocalDate): Fault[] {
  return reports.flatMap(({ name, result, toldOn, why }, at) => {
    const fault = (field: string, rule: string, fix: string): Fault => ({
      pointer: `/recipients/${at}/${field}`,
      rule,
      fix
    })
    const isRepeated = reports.findIndex(other => nameForm(other.name) === nameForm(name)) < at
    return [
      ...(isRepeated ? [fault('name', 'unique', 'Name each recipient once.')] : []),
      ...(result === 'told' && toldOn === null
        ? [fault('toldOn', 'required', 'Send the day on which it was told.')]
        : []),
      ...(toldOn !== null && toldOn > today ? [fault('toldOn', 'notInFuture', `Send a day up to ${today}.`)] : []),
      ...((result === 'impossible' || result === 'disproportionate') && why === null
        ? [fault('why', 'required', 'Say why, for the person to read.')]
        : [])
    ]
  })
}
