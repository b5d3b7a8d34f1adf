// What the answer says of those who had received the data: told, and on which day, or not told, and why.

import { type DataSystem, nameForm } from '../../domain/data-map.ts'
import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import type { Policy } from '../../domain/policy.ts'
import { faultsOfRecipients, recipientsOfChanged } from '../../domain/recipients.ts'
import type { Decision, RecipientReport } from '../../domain/subject-request.ts'
import type { RecipientTold } from '../../letters/response-facts.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import type { TaskContents, TaskRow } from '../../storage/tasks.ts'

interface Telling {
  readonly policy: Pick<Policy, 'timeZone'>
  readonly systems: readonly DataSystem[]
  readonly decision: Decision | null
  readonly tasks: readonly TaskRow[]
  readonly reports: readonly TaskContents[]
  readonly today: LocalDate
}

/**
 * Whom staff told and whom the systems told by themselves. What staff say of a recipient goes before what a system says.
 * @throws {HabeasError} `recipients_open` naming those that the data map knows and of whom nobody has said anything
 * @see GDPR Art. 19
 */
export function recipientsTold(inputs: Telling): RecipientTold[] {
  const reports = new Map([...toldBySystems(inputs), ...(inputs.decision?.recipients ?? [])].map(withForm))
  const open = recipientsOfChanged(inputs.systems, inputs.tasks).filter(name => !reports.has(nameForm(name)))
  if (open.length > 0) {
    throw new HabeasError(
      'recipients_open',
      `Say in the decision what became of telling each recipient: ${open.join(', ')}.`,
      { recipients: open }
    )
  }
  return [...reports.values()].flatMap(({ name, result, toldOn, why }): RecipientTold[] => {
    if (result === 'told' && toldOn !== null) return [{ name, toldOn, why: null }]
    return why === null || result === 'not_concerned' ? [] : [{ name, toldOn: null, why }]
  })
}

/**
 * What stands of the recipients with what staff say now; null leaves it.
 * @throws {HabeasError} `invalid` for one that was told on no day or a day to come, or was not told and nobody says why
 */
export async function recipientsSaid(
  scope: Scope,
  { recipients: before }: Decision,
  given: readonly RecipientReport[] | null
): Promise<readonly RecipientReport[]> {
  if (given === null) return before ?? []
  const { body: policy } = await currentPolicy(scope)
  const faults = faultsOfRecipients(given, dateIn(policy.timeZone, scope.now))
  if (faults.length > 0)
    throw invalid('Say of each recipient the day on which it was told, or why it was not.', ...faults)
  return given
}

function toldBySystems({ policy, tasks, reports, today }: Telling): RecipientReport[] {
  return reports.flatMap(({ recipientsTold: told }, at) => {
    const endedAt = tasks[at]?.endedAt
    const toldOn = endedAt == null ? today : dateIn(policy.timeZone, endedAt)
    return told.map(name => ({ name, result: 'told' as const, toldOn, why: null }))
  })
}

const withForm = (report: RecipientReport) => [nameForm(report.name), report] as const
