// What an answer says, put together from what the systems did, the data map and what staff decided.

import type { DataSystem } from '../../domain/data-map.ts'
import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import { RESTRICTION_GROUNDS } from '../../domain/details.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import type { Policy } from '../../domain/policy.ts'
import { RIGHT_RULES, type Right } from '../../domain/rights.ts'
import type { Decision, Details, Outcome } from '../../domain/subject-request.ts'
import { inDays } from '../../domain/timers.ts'
import type { Reason, Reasons } from '../../letters/reason.ts'
import type { DoneByRight, NotSearched, ResponseFacts } from '../../letters/response-facts.ts'
import { type CaseRow, findCase, openCaseVault, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { allSystems } from '../../storage/systems-in-scope.ts'
import { contentsOfTask, type TaskContents, type TaskRow, tasksOfRequest } from '../../storage/tasks.ts'
import { informationOf, recipientsTold, resultsOf } from '../fulfilment/describe-fulfilment.ts'
import { authorityOf } from '../requests/authority-of.ts'
import { toPerson } from '../requests/tell.ts'

/** Everything an answer is made from. */
export interface AnswerInputs {
  readonly policy: Policy
  readonly row: SubjectRequestRow
  readonly theirs: CaseRow
  readonly name: string | null
  /** Without one the answer goes by post, and the copy with it. */
  readonly hasAddress: boolean
  readonly details: Details
  readonly decision: Decision | null
  readonly tasks: readonly TaskRow[]
  /** What the systems told beside their results. */
  readonly reports: readonly TaskContents[]
  readonly systems: readonly DataSystem[]
  readonly today: LocalDate
  readonly availableUntilOn: LocalDate
}

export async function gatherAnswer(scope: Scope, policy: Policy, row: SubjectRequestRow): Promise<AnswerInputs> {
  const theirs = await findCase(scope, row.caseId)
  const vault = openCaseVault(scope, theirs)
  const { details, decision } = contentsOf(vault, row)
  const { subject } = peopleOf(scope, theirs)
  const tasks = await tasksOfRequest(scope, row.id)
  return {
    policy,
    row,
    theirs,
    name: row.verifiedAt === null ? null : subject.name,
    hasAddress: subject.email !== null,
    details,
    decision,
    tasks,
    reports: tasks.map(task => contentsOfTask(vault, task)),
    systems: await allSystems(scope),
    today: dateIn(policy.timeZone, scope.now),
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
    ...toPerson(policy, theirs, inputs.name),
    ...authorityOf(policy, theirs, row.regime),
    receivedOn: row.receivedOn,
    answeredOn: today,
    link: links.status,
    explanation: explanationOf(inputs, outcome),
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

/** @see GDPR Art. 12(4), 17(3): each thing kept back with its own reason */
function reasonsOf({ row, decision, tasks }: AnswerInputs): Reasons {
  const withheld: Reason[] = tasks
    .flatMap(task => task.withheld)
    .map(item => ({
      code: item.ground as GroundCode,
      what: item.category,
      note: null,
      citation: item.citation,
      until: item.until
    }))
  const whole: Reason | null =
    row.ground === null
      ? null
      : {
          code: row.ground as GroundCode,
          what: null,
          note: decision?.reasons ?? null,
          citation: decision?.citation ?? null,
          until: (decision?.until ?? null) as LocalDate | null
        }
  const useful = withheld.length > 0 && row.outcome === 'partly_granted' ? withheld : whole === null ? [] : [whole]
  const [first, ...more] = useful
  if (first === undefined)
    throw new HabeasError(
      'outcome_not_possible',
      'A refusal or partial answer needs its ground: record a decision with one.'
    )
  return [first, ...more]
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

function explanationOf({ row, decision }: AnswerInputs, outcome: Outcome): string | null {
  if (row.right === 'objection' && decision?.weighing) return decision.weighing
  // A refusal says its reasons where the ground stands; an answer in other cases may add words of its own.
  return outcome === 'refused' ? null : (decision?.reasons ?? null)
}

function doneFor(inputs: AnswerInputs, packageLink: string): DoneByRight[Right] {
  const { row, details, decision, today, availableUntilOn, tasks } = inputs
  const systems = resultsOf(inputs.tasks, inputs.systems)
  const recipients = recipientsTold(decision, inputs.reports, today)
  const offer = inputs.hasAddress ? { link: packageLink, availableUntilOn } : null
  const finding = decision?.reasons ?? ''
  const scope = [...new Set(tasks.flatMap(task => task.categories))]
  const purposes = details.purpose === undefined ? purposesOf(inputs) : [details.purpose]
  const stopped = { systems, purposes, stoppedOn: today }

  const done: { readonly [R in Right]: () => DoneByRight[R] } = {
    access: () => ({ systems, information: informationOf(inputs.systems, details), package: offer }),
    rectification: () => ({
      systems,
      // The values stay out of the mail: the person reads them behind the link.
      changes: fieldsCorrected(inputs).map(field => ({ field, before: null, after: null, did: 'corrected' })),
      recipients
    }),
    erasure: () => ({ systems, recipients, backupsGoneOn: null, suppressed: true }),
    restriction: () => ({
      systems,
      startedOn: dateIn(inputs.policy.timeZone, row.verifiedAt ?? row.receivedAt),
      scope,
      ground: restrictionGround(details),
      recipients
    }),
    portability: () => ({ systems, package: offer, files: portableFiles(details), transfer: null }),
    objection: () => ({ ...stopped, directMarketing: row.directMarketing }),
    withdraw_consent: () => stopped,
    automated_decision: () => ({
      result: row.outcome === 'granted' ? 'changed' : 'upheld',
      reviewedOn: today,
      explanation: finding
    }),
    opt_out: () => ({ systems, stoppedOn: today, recipients }),
    limit_use: () => ({ systems, stoppedOn: today, recipients }),
    complaint: () => ({ finding }),
    appeal: () => ({ finding }),
    information: () => ({ text: finding })
  }
  return done[row.right]()
}

/** What staff accepted; where they decided nothing field by field, what the systems say they changed. */
function fieldsCorrected({ decision, reports }: AnswerInputs): string[] {
  const decided = (decision?.changes ?? []).filter(change => change.accepted)
  const fields = decided.length > 0 ? decided : reports.flatMap(report => report.changes)
  return [...new Set(fields.map(({ field }) => field))]
}

/** GDPR Art. 18(1)(a)-(d), as the person gave it; contested accuracy asks for the least. */
function restrictionGround(details: Details): (typeof RESTRICTION_GROUNDS)[number] {
  return RESTRICTION_GROUNDS.find(ground => ground === details.ground) ?? 'accuracy_contested'
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
