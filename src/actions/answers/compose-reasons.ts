// Why an answer does not do all that was asked for.

import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import type { Decision } from '../../domain/subject-request.ts'
import type { Reason, Reasons } from '../../letters/reason.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import type { TaskRow } from '../../storage/tasks.ts'
import { reasonsOfRejected } from './compose-corrections.ts'

interface Decided {
  readonly row: SubjectRequestRow
  readonly decision: Decision | null
  readonly tasks: readonly TaskRow[]
}

/**
 * Each thing kept back and each correction not made with its own reason, and what staff decided of the whole.
 * @throws {HabeasError} `outcome_not_possible` where there is none
 * @see GDPR Art. 12(4), 17(3)
 */
export function reasonsOf(inputs: Decided): Reasons {
  const whole = wholeReason(inputs)
  const [first, ...more] = [...partReasons(inputs), ...(whole === null ? [] : [whole])]
  if (first === undefined)
    throw new HabeasError(
      'outcome_not_possible',
      'A refusal or partial answer needs its ground: record a decision with one.'
    )
  return [first, ...more]
}

/** What staff add in their own words: not what stands with the reasons already. */
export function explanationOf(inputs: Decided): string | null {
  const { row, decision } = inputs
  if (row.right === 'objection' && decision?.weighing) return decision.weighing
  // Reasons stand where their ground does; beside that, any answer may add words of its own.
  return wholeReason(inputs) === null ? (decision?.reasons ?? null) : null
}

function partReasons({ row, decision, tasks }: Decided): Reason[] {
  const rejected = reasonsOfRejected(decision)
  if (row.outcome !== 'partly_granted') return rejected
  const withheld = tasks
    .flatMap(task => task.withheld)
    .map(item => ({
      code: item.ground as GroundCode,
      what: item.category,
      note: null,
      citation: item.citation,
      until: item.until
    }))
  return [...withheld, ...rejected]
}

/** The ground of the answer as a whole, beside what single parts rest on. Null where one of them gave it. */
function wholeReason(inputs: Decided): Reason | null {
  const { row, decision } = inputs
  if (row.ground === null || partReasons(inputs).some(({ code }) => code === row.ground)) return null
  return {
    code: row.ground as GroundCode,
    what: null,
    note: decision?.reasons ?? null,
    citation: decision?.citation ?? null,
    until: (decision?.until ?? null) as LocalDate | null
  }
}
