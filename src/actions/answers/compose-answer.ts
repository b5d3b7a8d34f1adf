// What an answer says, put together from what the systems did, the data map and what staff decided.

import type { Contact } from '../../domain/contact.ts'
import { type DataSystem, reachedBy } from '../../domain/data-map.ts'
import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import { RESTRICTION_GROUNDS } from '../../domain/details.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Policy } from '../../domain/policy.ts'
import { RIGHT_RULES, type Right } from '../../domain/rights.ts'
import type { Decision, Details, Outcome } from '../../domain/subject-request.ts'
import { inDays } from '../../domain/timers.ts'
import type { DoneByRight, NotSearched, ResponseFacts } from '../../letters/response-facts.ts'
import { type CaseRow, contactOfCase, findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { registeredSince } from '../../storage/register.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { allSystems } from '../../storage/systems-in-scope.ts'
import { contentsOfTask, type TaskContents, type TaskRow, tasksOfRequest } from '../../storage/tasks.ts'
import { informationOf, resultsOf } from '../fulfilment/describe-fulfilment.ts'
import { authorityOf } from '../requests/authority-of.ts'
import { toPerson } from '../requests/tell.ts'
import { fieldsCorrected, requireDecided } from './compose-corrections.ts'
import { explanationOf, reasonsOf } from './compose-reasons.ts'
import { recipientsTold } from './recipients-told.ts'

/** Everything an answer is made from. */
export interface AnswerInputs {
  readonly policy: Policy
  readonly row: SubjectRequestRow
  readonly theirs: CaseRow
  /** For the greeting. */
  readonly name: string | null
  readonly actsAs: Contact['actsAs']
  /** Without one the answer goes by post, and the copy with it. */
  readonly hasAddress: boolean
  readonly details: Details
  readonly decision: Decision | null
  readonly tasks: readonly TaskRow[]
  /** What the systems told beside their results. */
  readonly reports: readonly TaskContents[]
  readonly systems: readonly DataSystem[]
  readonly today: LocalDate
  /** Since when the register holds what was asked for: today where it is entered with the answer. */
  readonly registeredOn: LocalDate
  readonly availableUntilOn: LocalDate
}

export async function gatherAnswer(scope: Scope, policy: Policy, row: SubjectRequestRow): Promise<AnswerInputs> {
  const theirs = await findCase(scope, row.caseId)
  const vault = openCaseVault(scope, theirs)
  const { details, decision } = contentsOf(vault, row)
  const contact = contactOfCase(scope, theirs)
  const tasks = await tasksOfRequest(scope, row.id)
  const { register } = RIGHT_RULES[row.right]
  const since = register === null ? null : await registeredSince(scope, row.id, register)
  return {
    policy,
    row,
    theirs,
    name: row.verifiedAt === null ? null : contact.name,
    actsAs: contact.actsAs,
    hasAddress: contact.address !== null,
    details,
    decision,
    tasks,
    reports: tasks.map(task => contentsOfTask(vault, task)),
    systems: await allSystems(scope),
    today: dateIn(policy.timeZone, scope.now),
    registeredOn: dateIn(policy.timeZone, since ?? scope.now),
    availableUntilOn: dateIn(policy.timeZone, inDays(scope.now, policy.packageDays))
  }
}

/**
 * The facts of the letter that answers.
 * @param links  where the package and the status page lie; a preview has none of its own yet
 * @throws {HabeasError} `outcome_not_possible` while no outcome stands, or while what it must say is missing
 */
export function composeAnswer(inputs: AnswerInputs, links: { package: string; status: string | null }): ResponseFacts {
  const { row, policy, theirs, today } = inputs
  const outcome = row.outcome
  if (outcome === null) throw new HabeasError('outcome_not_possible', 'No outcome stands yet: record a decision first.')
  const answer: object = {
    ...toPerson(policy, theirs, inputs),
    ...authorityOf(policy, theirs, row.regime),
    receivedOn: row.receivedOn,
    answeredOn: today,
    link: links.status,
    explanation: explanationOf(inputs),
    notSearched: notSearched(inputs, outcome),
    right: row.right,
    outcome,
    ...sayingOf(inputs, outcome, links.package)
  }
  // Right and outcome are both known only at run time; what goes with each pair was put together just above.
  return answer as ResponseFacts
}

function sayingOf(inputs: AnswerInputs, outcome: Outcome, packageLink: string): object {
  switch (outcome) {
    case 'granted':
      return { done: doneFor(inputs, packageLink) }
    case 'partly_granted':
      return { done: doneFor(inputs, packageLink), reasons: reasonsOf(inputs) }
    case 'refused':
      return { reasons: reasonsOf(inputs) }
    case 'nothing_found':
      requireDecided(inputs)
      return {
        searched: nameAll(
          inputs,
          inputs.tasks.filter(task => task.result === 'nothing_found')
        )
      }
    case 'forwarded':
      return {
        controller: inputs.decision?.forwardedTo?.name ?? '',
        controllerContact: inputs.decision?.forwardedTo?.email ?? null,
        forwardedOn: inputs.today
      }
  }
}

/** Whoever asks for a copy or an erasure is told where nobody looked: not searched is never passed off as nothing found. */
function notSearched({ row, systems }: AnswerInputs, outcome: Outcome): NotSearched[] {
  const { task } = RIGHT_RULES[row.right]
  const tellsOfSearch = (task === 'collect' || task === 'erase') && outcome !== 'refused' && outcome !== 'forwarded'
  if (!tellsOfSearch) return []
  return systems.flatMap(({ name, personalData, role, description: why }): NotSearched[] => {
    if (personalData === 'none') return [{ name, because: 'anonymous', why }]
    return role === 'processor' ? [{ name, because: 'processor', why }] : []
  })
}

function doneFor(inputs: AnswerInputs, packageLink: string): DoneByRight[Right] {
  const { row, details, decision, today, registeredOn, availableUntilOn, tasks } = inputs
  const systems = resultsOf(tasks, inputs.reports, inputs.systems)
  const changed = () => ({ systems, recipients: recipientsTold(inputs) })
  const offer = inputs.hasAddress ? { link: packageLink, availableUntilOn } : null
  const finding = decision?.reasons ?? ''
  const scope = [...new Set(tasks.flatMap(task => task.categories))]
  const purposes = details.purpose === undefined ? purposesOf(inputs) : [details.purpose]
  const stopped = { systems, purposes, stoppedOn: registeredOn }

  const done: { readonly [R in Right]: () => DoneByRight[R] } = {
    access: () => ({ systems, information: informationOf(reachedBy(inputs.systems, details, tasks)), package: offer }),
    rectification: () => ({
      ...changed(),
      // The values stay out of the mail: the person reads them behind the link.
      changes: fieldsCorrected(inputs).map(field => ({ field, before: null, after: null }))
    }),
    erasure: changed,
    restriction: () => ({
      ...changed(),
      startedOn: registeredOn,
      scope,
      ground: restrictionGround(details)
    }),
    portability: () => ({ systems, package: offer, files: portableFiles(details), transfer: null }),
    objection: () => ({ ...stopped, directMarketing: row.directMarketing }),
    withdraw_consent: () => stopped,
    automated_decision: () => ({
      result: row.outcome === 'granted' ? 'changed' : 'upheld',
      reviewedOn: today,
      explanation: finding
    }),
    opt_out: () => ({ ...changed(), stoppedOn: registeredOn }),
    limit_use: () => ({ ...changed(), stoppedOn: registeredOn }),
    complaint: () => ({ finding }),
    appeal: () => ({ finding }),
    information: () => ({ text: finding })
  }
  return done[row.right]()
}

/** GDPR Art. 18(1)(a)-(d): the letter says nothing that nobody said. */
function restrictionGround(details: Details): (typeof RESTRICTION_GROUNDS)[number] {
  const ground = RESTRICTION_GROUNDS.find(known => known === details.ground)
  if (ground !== undefined) return ground
  throw new HabeasError(
    'outcome_not_possible',
    'The answer names the ground of the restriction: record it with PUT /v1/requests/{id}/details.'
  )
}

function portableFiles(details: Details): DoneByRight['portability']['files'] {
  const json = { name: 'data/*.json', format: 'JSON', contains: 'data' }
  const csv = { name: 'data/*.csv', format: 'CSV', contains: 'data' }
  return details.format === 'csv' ? [csv, json] : [json, csv]
}

function purposesOf({ tasks, systems }: AnswerInputs): string[] {
  const asked = new Set(tasks.flatMap(task => task.categories))
  return [
    ...new Set(
      systems.flatMap(system =>
        system.categories.filter(category => asked.has(category.name)).flatMap(category => category.purposes)
      )
    )
  ]
}

function nameAll({ systems }: AnswerInputs, tasks: readonly TaskRow[]): string[] {
  return tasks.map(task => systems.find(system => system.id === task.systemId)?.name ?? '').filter(name => name !== '')
}
