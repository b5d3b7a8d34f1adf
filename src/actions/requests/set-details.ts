// Staff write down what a person asks for beyond the right itself, as they learn it.

import { isDeepStrictEqual } from 'node:util'
import { requireFitting } from '../../domain/details.ts'
import { HabeasError } from '../../domain/errors.ts'
import { canMove, OPEN_STATES } from '../../domain/lifecycle.ts'
import { stillProposed } from '../../domain/proposed-changes.ts'
import type { Details } from '../../domain/subject-request.ts'
import { WORKING_STATES } from '../../domain/tasks.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import {
  contentsOf,
  lockSubjectRequest,
  type RequestContents,
  type SubjectRequestRow,
  sealContents
} from '../../storage/subject-requests.ts'
import { planMissingTasks } from '../fulfilment/plan-tasks.ts'
import { guardAtOnce } from '../register/enter-register.ts'

/**
 * Records the details of a request in place of those that stood there; the person's own words stay where none are sent. What
 * follows from them follows now: the register, the tasks of systems that were not asked for so much, and the work itself where it
 * waited for this and the tenant lets it start by itself. What was entered in the register before stays until staff lift it.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `invalid`; `move_not_allowed` once answered or ended; `right_not_confirmed`
 */
export async function setDetails(scope: Scope, requestId: string, given: Details): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  refuseImpossible(row)
  requireFitting(row.right, given)
  const vault = await caseVaultFor(scope, row.caseId)
  const contents = contentsOf(vault, row)
  const { text } = contents.details
  const details: Details = { ...(text === undefined ? {} : { text }), ...given }
  if (isDeepStrictEqual(details, contents.details)) return row

  const directMarketing = details.directMarketing === true
  const set = await note(
    scope,
    row,
    'details_set',
    { fields: Object.keys(given).sort(), directMarketing },
    {
      ...withoutOutcome(row),
      directMarketing,
      sealed: sealContents(vault, row.id, { ...contents, details, decision: decisionLeft(contents, details) })
    }
  )
  return await follow(scope, set)
}

async function follow(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  if (row.verifiedAt === null) return row
  const guarded = await guardAtOnce(scope, row)
  if (WORKING_STATES.includes(row.state)) return await planMissingTasks(scope, guarded)
  const { body: policy } = await currentPolicy(scope)
  if (policy.startsByItself && canMove(row.state, 'start', 'system'))
    await promise(scope, 'start_fulfilment', { requestId: row.id }, { key: `start:${row.id}` })
  return guarded
}

function refuseImpossible({ state, rightGuessed, right }: SubjectRequestRow): void {
  if (!OPEN_STATES.includes(state)) {
    throw new HabeasError('move_not_allowed', `What was asked for stands in a request that is ${state}.`, { state })
  }
  if (rightGuessed) {
    throw new HabeasError('right_not_confirmed', 'The right was guessed from a mail: confirm or correct it first.', {
      right
    })
  }
}

/**
 * An outcome in review was reached for what was asked before, and has to be decided anew. Not one that says nothing about what
 * was asked: that somebody else is responsible, or that nobody proved who asks.
 */
function withoutOutcome({ state, outcome, verifiedAt }: SubjectRequestRow): Changes {
  const isKept = verifiedAt === null || outcome === 'forwarded' || !canMove(state, 'respond', 'agent')
  return isKept ? {} : { outcome: null, ground: null }
}

function decisionLeft({ details: before, decision }: RequestContents, after: Details): RequestContents['decision'] {
  return decision === null ? null : { ...decision, changes: stillProposed(before, after, decision.changes) }
}
