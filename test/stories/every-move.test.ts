// Every state × every move × every role, over HTTP: only what the lifecycle lists passes.

import t from 'tap'
import { expireCase } from '../../src/actions/requests/end-request.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { EDGES, MOVE_NAMES, type MoveName, type Mover, STATES, type State } from '../../src/domain/lifecycle.ts'
import { ACCESS, type OperationId } from '../../src/http/access.ts'
import { inTenant } from '../../src/storage/database.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

/** The door of each move. What only the system or the person may do has none for programs. */
const DOORS: Readonly<Record<MoveName, { path: string; operation: OperationId; body: object } | null>> = {
  ask_verification: { path: 'verification', operation: 'askVerification', body: {} },
  verify: {
    path: 'verification/confirmation',
    operation: 'confirmVerification',
    body: { method: 'id_seen', note: 'At the desk.' }
  },
  expire: null,
  ask_clarification: { path: 'clarification', operation: 'askClarification', body: { question: 'Which one?' } },
  clarify: { path: 'clarification/answer', operation: 'answerClarification', body: { text: 'The blue one.' } },
  start: { path: 'fulfilment', operation: 'startFulfilment', body: {} },
  finish: { path: 'finish', operation: 'finishFulfilment', body: {} },
  refuse: {
    path: 'refusal',
    operation: 'refuseRequest',
    body: { ground: 'identity_not_confirmed', reasons: 'We asked twice.' }
  },
  forward: {
    path: 'forwarding',
    operation: 'forwardRequest',
    body: { controller: { name: 'Aegean Machines' }, note: 'By post.' }
  },
  rework: { path: 'rework', operation: 'reworkRequest', body: { note: 'Search again.' } },
  respond: { path: 'response', operation: 'sendResponse', body: { previewHash: 'of another preview' } },
  reopen: { path: 'reopening', operation: 'reopenRequest', body: {} },
  close: { path: 'closure', operation: 'closeRequest', body: {} },
  withdraw: { path: 'withdrawal', operation: 'withdrawRequest', body: {} },
  cancel: { path: 'cancellation', operation: 'cancelRequest', body: { reason: 'mistake' } }
}

t.test('Every state × move × role', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant)
  const inState = await oneInEach(tenant, house.db, house.now())
  t.same(Object.keys(inState).sort(), [...STATES].sort(), 'there is a request in every state')

  const callers = {
    agent: tenant.agent,
    approver: tenant.approver,
    admin: tenant.admin,
    auditor: tenant.auditor,
    integration: tenant.integration
  }
  for (const state of STATES) {
    for (const move of MOVE_NAMES) {
      const door = DOORS[move]
      if (door === null) continue
      for (const [role, caller] of Object.entries(callers)) {
        const isIntegration = role === 'integration'
        const mover: Mover = isIntegration ? 'integration' : 'agent'
        const isAsserting = isIntegration && move === 'verify'
        const answer = await caller.post(
          `/v1/requests/${inState[state]}/${door.path}?dryRun=true`,
          isAsserting ? { method: 'session' } : door.body
        )
        const { code } = answer.json()
        const access = ACCESS[door.operation]
        const mayCome = isIntegration ? access.scope !== null : (access.staff as readonly string[]).includes(role)
        const isListed = EDGES.some(edge => edge.from === state && edge.move === move && edge.by.includes(mover))
        const label = `${role} ${move} from ${state}`
        if (!mayCome) t.equal(code, 'forbidden', `${label}: not at this door`)
        else if (isListed) t.not(code, 'move_not_allowed', `${label}: listed`)
        else t.equal(code, 'move_not_allowed', `${label}: not listed`)
      }
    }
  }
})

async function addSystem(tenant: TenantInHouse): Promise<void> {
  const answer = await tenant.admin.post('/v1/systems', {
    slug: 'shop',
    name: 'Shop database',
    location: 'Frankfurt, Germany',
    categories: [
      {
        name: 'Orders',
        purposes: ['selling'],
        legalBasis: 'contract',
        retention: 'Five years',
        source: 'The person',
        recipients: [],
        providedBySubject: true,
        automatedProcessing: true,
        directMarketing: false,
        specialCategory: false
      }
    ]
  })
  if (answer.statusCode !== 201) throw new Error(answer.body)
}

/** A request in each state, brought there through the doors. */
async function oneInEach(
  tenant: TenantInHouse,
  db: Parameters<typeof inTenant>[0],
  now: Date
): Promise<Record<State, string>> {
  const open = async () => {
    const answer = await tenant.agent.post('/v1/requests', {
      rights: ['access'],
      subject: { name: 'Mia Holm', email: 'mia@example.com' },
      verification: { method: 'none' }
    })
    if (answer.statusCode !== 201) throw new Error(answer.body)
    const { caseId, requests } = answer.json<{ caseId: string; requests: { id: string }[] }>()
    return { caseId, id: requests[0]!.id }
  }
  const brought = async (...moves: [path: string, body: object][]) => {
    const { id } = await open()
    for (const [path, body] of moves) {
      const answer = await tenant.agent.post(`/v1/requests/${id}/${path}`, body)
      if (answer.statusCode !== 201) throw new Error(`${path}: ${answer.body}`)
    }
    return id
  }
  const ask: [string, object] = ['verification', {}]
  const verify: [string, object] = ['verification/confirmation', { method: 'id_seen', note: 'At the desk.' }]
  const refuse: [string, object] = [
    'refusal',
    { ground: 'excessive_abusive', reasons: 'Asked only to be paid for not asking.' }
  ]

  const expiring = await open()
  await tenant.agent.post(`/v1/requests/${expiring.id}/verification`)
  await inTenant(db, { tenantId: tenant.id, actor: SYSTEM, now }, scope => expireCase(scope, expiring.caseId))

  const answered = async () => {
    const id = await brought(verify, refuse)
    const preview = await tenant.approver.get(`/v1/requests/${id}/response`)
    const sent = await tenant.approver.post(`/v1/requests/${id}/response`, { previewHash: preview.json().previewHash })
    if (sent.statusCode !== 201) throw new Error(sent.body)
    return id
  }
  const closed = await answered()
  const closing = await tenant.agent.post(`/v1/requests/${closed}/closure`)
  if (closing.statusCode !== 201) throw new Error(closing.body)

  return {
    received: await brought(),
    awaiting_verification: await brought(ask),
    verified: await brought(verify),
    awaiting_clarification: await brought(verify, ['clarification', { question: 'Which account?' }]),
    in_fulfilment: await brought(verify, ['fulfilment', {}]),
    in_review: await brought(verify, refuse),
    responded: await answered(),
    closed,
    expired: expiring.id,
    withdrawn: await brought(['withdrawal', {}]),
    cancelled: await brought(['cancellation', { reason: 'spam' }])
  }
}
