// Whether what a system reports can be so: reasons where something is kept back, data where data was to be handed over.

import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { type Fault, HabeasError, invalid } from '../../domain/errors.ts'
import { requireGround } from '../../domain/grounds.ts'
import type { TaskKind } from '../../domain/rights.ts'
import type { TaskReport, Withheld } from '../../domain/tasks.ts'
import { collectedOfTask } from '../../storage/collected.ts'
import type { Scope } from '../../storage/database.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import type { TaskRow } from '../../storage/tasks.ts'

/** GDPR Art. 19: whoever received the data is told of a correction, an erasure and a restriction. */
const TOLD_TO_RECIPIENTS: readonly TaskKind[] = ['correct', 'erase', 'restrict', 'stop']

/**
 * What is kept back is named with its ground, and each category once.
 *
 * @param today  of the tenant: what is kept is kept for a time to come
 * @throws {HabeasError} `invalid` with a pointer to each fault; `ground_not_available`
 * @see GDPR Art. 17(3), 15(4), 20(4)
 */
export function requireReasons(request: SubjectRequestRow, task: TaskRow, report: TaskReport, today: LocalDate): void {
  const faults = [
    ...shapeFaults(task, report),
    ...report.withheld.flatMap((item, at) => faultsOf(task, report, item, at)),
    ...report.anonymised.flatMap((category, at) => faultsOfAnonymised(task, report, category, at))
  ]
  if (faults.length > 0) throw invalid('The result needs more to be said with it.', ...faults)
  for (const [at, item] of report.withheld.entries()) requireGroundOf(request, report, item, at)
  const past = report.withheld.flatMap((item, at) => (item.until !== null && item.until < today ? [pastFault(at)] : []))
  if (past.length > 0) throw invalid('What is kept back is kept until a day to come.', ...past)
}

/**
 * "Done" for a copy means that data was handed in, and "nothing found" that none was: they are never confused.
 * @throws {HabeasError} `outcome_not_possible`
 */
export async function refuseContradiction(scope: Scope, task: TaskRow, { result }: TaskReport): Promise<void> {
  if (task.kind !== 'collect' || result === 'withheld') return
  const handedIn = await collectedOfTask(scope, task.id)
  const hasData = handedIn.some(row => row.kind === 'file' || (row.records ?? 0) > 0)
  if (result === 'done' && !hasData) {
    throw new HabeasError(
      'outcome_not_possible',
      'Nothing was handed in: put its records or files first, or end the task with nothing_found.',
      { handedIn: handedIn.length }
    )
  }
  if (result !== 'done' && hasData) {
    throw new HabeasError(
      'outcome_not_possible',
      `Data was handed in, so ${result} cannot be: end the task with done, or take back what was handed in by mistake.`,
      { handedIn: handedIn.length }
    )
  }
}

function shapeFaults(task: TaskRow, { result, withheld, changes, anonymised, recipientsTold }: TaskReport): Fault[] {
  const faults: Fault[] = []
  if (result === 'withheld' && withheld.length === 0) {
    faults.push({
      pointer: '/withheld',
      rule: 'minItems',
      fix: 'Name each category that is kept back, with its ground.'
    })
  }
  if (result !== 'withheld' && withheld.length > 0) {
    faults.push({ pointer: '/result', rule: 'const', fix: 'Send withheld where something is kept back.' })
  }
  if (changes.length > 0 && task.kind !== 'correct') {
    faults.push({ pointer: '/changes', rule: 'maxItems', fix: 'Leave it out: only corrections list changes.' })
  }
  if (anonymised.length > 0 && (task.kind !== 'erase' || result === 'nothing_found' || result === 'not_applicable')) {
    faults.push({ pointer: '/anonymised', rule: 'maxItems', fix: 'Leave it out: nothing was erased here.' })
  }
  if (recipientsTold.length > 0 && !TOLD_TO_RECIPIENTS.includes(task.kind)) {
    faults.push({ pointer: '/recipientsTold', rule: 'maxItems', fix: 'Leave it out: nothing changed that they have.' })
  }
  return faults
}

function faultsOf(task: TaskRow, { withheld }: TaskReport, { category }: Withheld, at: number): Fault[] {
  const pointer = `/withheld/${at}/category`
  // A system whose categories the data map does not list names them itself.
  if (task.categories.length > 0 && !task.categories.includes(category)) {
    return [{ pointer, rule: 'oneOf', fix: `Send one of the categories of this task: ${task.categories.join(', ')}.` }]
  }
  const isRepeated = withheld.findIndex(item => item.category === category) < at
  return isRepeated ? [{ pointer, rule: 'uniqueItems', fix: 'Name each category once.' }] : []
}

/** One category is erased, made anonymous or kept back, and the answer says which: so the data map has to know it. */
function faultsOfAnonymised(task: TaskRow, { withheld }: TaskReport, category: string, at: number): Fault[] {
  const pointer = `/anonymised/${at}`
  if (!task.categories.includes(category)) {
    const known = task.categories.join(', ') || 'none, until the data map lists them'
    return [{ pointer, rule: 'oneOf', fix: `Send one of the categories of this task: ${known}.` }]
  }
  const isKept = withheld.some(item => item.category === category)
  return isKept ? [{ pointer, rule: 'not', fix: 'Leave it out: it is kept back as it is.' }] : []
}

function requireGroundOf(
  { right, regime, directMarketing }: SubjectRequestRow,
  { note }: TaskReport,
  item: Withheld,
  at: number
): void {
  const { ground: code, until, citation } = item
  try {
    requireGround({ use: 'withhold', right, regime, directMarketing, code, note, until, citation })
  } catch (error) {
    throw error instanceof HabeasError ? withPlace(error, at) : error
  }
}

/** The grounds know the words `note`, `until` and `citation`, not where in this report they stand. */
function withPlace({ code, message, facts }: HabeasError, at: number): HabeasError {
  if (code !== 'invalid') {
    const fix = 'Send one of the codes in allowed.'
    return new HabeasError(code, message, {
      ...facts,
      errors: [{ pointer: `/withheld/${at}/ground`, rule: 'oneOf', fix }]
    })
  }
  const errors = (facts.errors as readonly Fault[]).map(fault => ({
    ...fault,
    pointer: fault.pointer === '/note' ? fault.pointer : `/withheld/${at}${fault.pointer}`
  }))
  return invalid(message, ...errors)
}

function pastFault(at: number): Fault {
  return { pointer: `/withheld/${at}/until`, rule: 'notInPast', fix: 'Send the last day on which the ground holds.' }
}
