// What the database refuses of fulfilment without our help.

import type postgres from 'postgres'
import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { addSystem, ask, askAndStart, dataCategory } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

t.test('The database refuses it too', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const verified = await ask(tenant, 'access', { email: 'a@example.com' })
  const working = await askAndStart(tenant, 'access', { email: 'b@example.com' })
  const erasing = await askAndStart(tenant, 'erasure', { email: 'c@example.com' })
  const erasure = await ask(tenant, 'erasure', { email: 'b@example.com' })
  await ask(tenant, 'access', { email: 'c@example.com' })
  const { systemId, taskId } = await idsOf(house, working)

  const rows: [string, string, string][] = [
    [
      `insert into tasks (tenant_id, id, request_id, system_id, kind, state, categories, created_at, updated_at)
       values ('${tenant.id}', gen_random_uuid(), '${verified}', '${systemId}', 'collect', 'open', '[]', now(), now())`,
      'tasks_only_in_fulfilment',
      'a task for a request that is not in fulfilment'
    ],
    [
      `update tasks set state = 'ended' where id = '${taskId}'`,
      'tasks_ended_with_result',
      'a task that ends without a result'
    ],
    [
      `update tasks set state = 'ended', result = 'withheld' where id = '${taskId}'`,
      'tasks_withheld_says_what',
      'something kept back that nobody names'
    ],
    [
      `insert into collected (tenant_id, id, request_id, task_id, kind, name_hash, sealed, object_key, bytes, created_at)
       values ('${tenant.id}', gen_random_uuid(), '${working}', '${taskId}', 'file', 'x', 'x', 'x', 1, now())`,
      'collected_only_in_fulfilment',
      'data for a task that nobody holds'
    ],
    [
      `update tasks set state = 'claimed', lease_until = now() where id = '${taskId}';
       insert into collected (tenant_id, id, request_id, task_id, kind, name_hash, sealed, object_key, bytes, created_at)
       values ('${tenant.id}', gen_random_uuid(), '${erasing}', '${taskId}', 'file', 'x', 'x', 'x', 1, now())`,
      'collected_only_in_fulfilment',
      'data of one person in the copy of another'
    ],
    [
      `update tasks set state = 'claimed', lease_until = now() where request_id = '${erasing}'`,
      'erasure_waits_for_access',
      'an erasure begun while a copy is owed'
    ],
    [
      moveOf(erasure, 'verified', 'start', 'in_fulfilment'),
      'erasure_waits_for_access',
      'an erasure started while a copy is owed'
    ],
    [
      moveOf(working, 'in_fulfilment', 'finish', 'in_review'),
      'answer_waits_for_every_system',
      'a request finished with an open task'
    ],
    [
      `${moveOf(working, 'in_fulfilment', 'finish', 'in_review')};
       update subject_requests set outcome = 'refused', ground = 'excessive_abusive' where id = '${working}'`,
      'answer_waits_for_every_system',
      'a request finished as refused with an open task'
    ],
    [
      `update tasks set state = 'ended', result = 'not_applicable' where request_id = '${working}';
       ${moveOf(working, 'in_fulfilment', 'finish', 'in_review')};
       update subject_requests set outcome = 'nothing_found' where id = '${working}';
       ${moveOf(working, 'in_review', 'respond', 'responded').replace("'system'", "'agent'")}`,
      'nothing_found_was_searched',
      'nothing found where no system was concerned, so that none has searched'
    ],
    [
      refusedByFinish(working),
      'answer_waits_for_every_system',
      'the same in one statement: only the move that refuses may come before the systems'
    ],
    [
      answeredPastTask(working),
      'answer_waits_for_every_system',
      'an answer sent past a task that nobody dropped, even a refusal'
    ],
    [
      moveOf(verified, 'verified', 'finish', 'in_review'),
      'events_lifecycle',
      'a request finished that was never started'
    ]
  ]
  for (const [statement, constraint, why] of rows) {
    const met = await asApp(house, tenant, statement).catch((error: postgres.PostgresError) => error.constraint_name)
    t.equal(met, constraint, why)
  }
})

async function idsOf(house: House, requestId: string): Promise<{ systemId: string; taskId: string }> {
  const [row] = await asOwner(
    house.ownerUrl,
    sql => sql<{ systemId: string; taskId: string }[]>`
      select system_id as "systemId", id as "taskId" from tasks where request_id = ${requestId}`
  )
  return row!
}

/** What a statement past every action of ours meets: the service's own role, in one transaction of the tenant. */
async function asApp(house: House, tenant: TenantInHouse, statement: string): Promise<void> {
  await asOwner(house.ownerUrl, async sql => {
    await sql.begin(async tx => {
      await tx.unsafe(
        `set local role habeas_app; select set_config('app.tenant_id', '${tenant.id}', true); ${statement}`
      )
    })
  })
}

function moveOf(requestId: string, from: string, kind: string, to: string): string {
  return `
    insert into events (tenant_id, request_id, seq, kind, from_state, to_state, mover, at, data, previous_hash, hash)
      select tenant_id, id, last_event_seq + 1, '${kind}', '${from}', '${to}', 'system', now(), '{}', '', '' from subject_requests where id = '${requestId}';
    update subject_requests set state = '${to}', last_event_seq = last_event_seq + 1, version = version + 1 where id = '${requestId}'`
}

/** With the outcome in the row that moves. */
function refusedByFinish(requestId: string): string {
  return moveOf(requestId, 'in_fulfilment', 'finish', 'in_review').replace(
    "set state = 'in_review',",
    "set state = 'in_review', outcome = 'refused', ground = 'excessive_abusive',"
  )
}

/** Refused by its move, and answered without dropping what is open. */
function answeredPastTask(requestId: string): string {
  return `
    insert into events (tenant_id, request_id, seq, kind, from_state, to_state, mover, at, data, previous_hash, hash)
      select tenant_id, id, last_event_seq + 1, 'refuse', 'in_fulfilment', 'in_review', 'agent', now(), '{}', '', '' from subject_requests where id = '${requestId}';
    update subject_requests set state = 'in_review', outcome = 'refused', ground = 'excessive_abusive', last_event_seq = last_event_seq + 1 where id = '${requestId}';
    ${moveOf(requestId, 'in_review', 'respond', 'responded').replace("'system'", "'agent'")}`
}
