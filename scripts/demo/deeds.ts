// How each deed of a demo case is done: by the action that a route or page would call.

import { Readable } from 'node:stream'
import { uuidv7 } from 'uuidv7'
import { decideOutcome } from '../../src/actions/answers/decide-outcome.ts'
import { forwardRequest, refuseRequest } from '../../src/actions/answers/refuse-request.ts'
import { previewResponse, respond } from '../../src/actions/answers/respond.ts'
import { extendDeadline } from '../../src/actions/clock/extend-deadline.ts'
import { completeTask } from '../../src/actions/fulfilment/complete-task.ts'
import { expectData, keepData, type Offered } from '../../src/actions/fulfilment/hand-in.ts'
import { startFulfilment } from '../../src/actions/fulfilment/start-fulfilment.ts'
import { confirmRight } from '../../src/actions/intake/confirm-right.ts'
import { addNote } from '../../src/actions/requests/add-note.ts'
import { answerClarification, askClarification } from '../../src/actions/requests/clarify.ts'
import { correctRegime } from '../../src/actions/requests/correct-regime.ts'
import { editRequest } from '../../src/actions/requests/edit-request.ts'
import { withdrawRequest } from '../../src/actions/requests/end-request.ts'
import { confirmByStaff, verifyByCode } from '../../src/actions/verification/verify-identity.ts'
import type { ObjectStore } from '../../src/archive/object-store.ts'
import { storeRecords } from '../../src/archive/store-upload.ts'
import { SUBJECT } from '../../src/domain/actor.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { findCase, openCaseVault } from '../../src/storage/cases.ts'
import { type Database, inTenant, type Scope, type Who } from '../../src/storage/database.ts'
import { contentsOfLetter, lastLetterOf } from '../../src/storage/letters.ts'
import { findSubjectRequest } from '../../src/storage/subject-requests.ts'
import { systemsOf, tasksOfRequest } from '../../src/storage/tasks.ts'
import type { Deed, SystemReport } from './demo-case.ts'

/** Where a deed is done, by whom and when. */
export interface Place {
  readonly db: Database
  readonly objects: ObjectStore
  readonly who: Who
  readonly requestId: string
}

type Doer<D extends Deed> = (place: Place, deed: D) => Promise<unknown>
type Doers = { readonly [K in Deed['do']]: Doer<Extract<Deed, { do: K }>> }

/** Does what the deed says. @throws what the service refuses */
export async function doDeed(place: Place, deed: Deed): Promise<void> {
  // The table below pairs each name with its own deed; the compiler cannot follow one through the other.
  const doer = DOERS[deed.do] as Doer<Deed>
  await doer(place, deed)
}

const DOERS: Doers = {
  confirm_right: inOne((scope, id, { right, details }) => confirmRight(scope, id, { right, details, identifiers: [] })),
  correct_regime: inOne((scope, id, { regime, place, note }) =>
    correctRegime(scope, id, { regime, place, words: note })
  ),
  prove,
  confirm_identity: inOne(async (scope, id, { method, note }) => {
    const { caseId } = await findSubjectRequest(scope, id)
    await confirmByStaff(scope, caseId, method, note)
  }),
  ask: inOne((scope, id, { question, pausesClock }) => askClarification(scope, id, { question, pausesClock })),
  reply: inOne((scope, id, { text }) => answerClarification(scope, id, { text })),
  assign: inOne((scope, id) => editRequest(scope, id, { assignee: scope.actor.id })),
  note: inOne((scope, id, { text }) => addNote(scope, id, { id: uuidv7(), text })),
  start: inOne((scope, id) => startFulfilment(scope, id)),
  report,
  extend: inOne((scope, id, { ground, note }) => extendDeadline(scope, id, { ground, note })),
  refuse: inOne((scope, id, { do: _, ...refusal }) => refuseRequest(scope, id, refusal)),
  forward: inOne((scope, id, { name, email, note }) => forwardRequest(scope, id, { name, email, note })),
  decide: inOne((scope, id, { do: _, ...decided }) => decideOutcome(scope, id, { ...UNDECIDED, ...decided })),
  respond: inOne(async (scope, id) => respond(scope, id, (await previewResponse(scope, id)).previewHash)),
  withdraw: inOne((scope, id, { note }) => withdrawRequest(scope, id, note))
}

const UNDECIDED = {
  ground: null,
  reasons: null,
  weighing: null,
  citation: null,
  until: null,
  changes: null,
  recipients: null
}

/** A deed that is one action in one transaction. */
function inOne<D extends Deed>(act: (scope: Scope, requestId: string, deed: D) => Promise<unknown>): Doer<D> {
  return ({ db, who, requestId }, deed) => inTenant(db, who, scope => act(scope, requestId, deed))
}

/** Reads the mail as the person would, follows its link and types its code. */
async function prove({ db, who, requestId }: Place): Promise<void> {
  const { verified } = await inTenant(db, { ...who, actor: SUBJECT }, async scope => {
    const { caseId } = await findSubjectRequest(scope, requestId)
    const letter = await lastLetterOf(scope, caseId, 'verification')
    if (letter === undefined) throw new Error('Nobody asked the person for proof.')
    const { facts } = contentsOfLetter(scope, letter, openCaseVault(scope, await findCase(scope, caseId)))
    const { link, code } = facts as { link: string; code: string }
    return await verifyByCode(scope, link.slice(link.lastIndexOf('/') + 1), code)
  })
  if (!verified) throw new Error('The code of the mail was not taken.')
}

/** Hands in what a system collected, then ends its task. */
async function report({ db, objects, who, requestId }: Place, deed: SystemReport): Promise<void> {
  const taskId = await inTenant(db, who, scope => taskOf(scope, requestId, deed.system))
  for (const [name, records] of Object.entries(deed.records ?? {})) {
    const offered: Offered = { kind: 'records', name, contentType: 'application/json', category: null }
    const shelf = await inTenant(db, who, scope => expectData(scope, taskId, offered))
    const { objectKey, key: sealingKey, context } = shelf
    const place = { store: objects, objectKey, sealingKey, context, maxBytes: 1_048_576 }
    const arrived = await storeRecords(
      place,
      Readable.from([Buffer.from(JSON.stringify(records))]),
      offered.contentType
    )
    await inTenant(db, who, scope => keepData(scope, shelf, offered, arrived))
  }
  const { result, withheld = [], changes = [], anonymised = [], recipientsTold = [], note = null } = deed
  const kept = withheld.map(item => ({ ...item, until: item.until === null ? null : parseLocalDate(item.until) }))
  await inTenant(db, who, scope =>
    completeTask(scope, taskId, { result, withheld: kept, changes, anonymised, recipientsTold, note })
  )
}

async function taskOf(scope: Scope, requestId: string, slug: string): Promise<string> {
  const tasks = await tasksOfRequest(scope, requestId)
  const systems = await systemsOf(scope, tasks)
  const task = tasks.find(({ systemId }) => systems.get(systemId)?.slug === slug)
  if (task === undefined) throw new Error(`No task was planned for ${slug}.`)
  return task.id
}
