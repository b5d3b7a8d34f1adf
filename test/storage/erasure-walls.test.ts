// What the database refuses of an erasure, whoever asks: by SQL as the service's login, past every action of ours.

import t from 'tap'
import { isFinal, STATES } from '../../src/domain/lifecycle.ts'
import { withdrawn } from '../support/ended.ts'
import { ask, askAndStart, requestOf } from '../support/fulfilment.ts'
import { writeHistoryBySql } from '../support/history-by-sql.ts'
import { openHouse } from '../support/house.ts'

const house = await openHouse(t)

t.test('The key of a case', async t => {
  const tenant = await house.tenant()
  const { refusalOf, requestsInEveryState, asService } = writeHistoryBySql(t, house.serviceUrl, tenant)
  const erase = (requestId: string) =>
    refusalOf(
      sql => sql`
        update cases set sealed_key = null, erased_at = now() where id = (select case_id from subject_requests where id = ${requestId})`
    )

  await t.test('is destroyed once nothing of the case is open, and not before', async t => {
    const requestIn = await requestsInEveryState()
    // They are of one person: while a copy is owed nothing of theirs goes.
    await asService(
      sql => sql`update cases set subject_keys = array[sha256(id::text::bytea)] where tenant_id = ${tenant.id}`
    )
    for (const state of STATES)
      t.equal(await erase(requestIn[state]), isFinal(state) ? 'it passed' : 'cases_erased_once_ended', state)
  })

  await t.test('is gone for good', async t => {
    const { requestId, caseId } = await withdrawn(house, tenant, 'a@example.com')
    const [before] = await asService(sql => sql`select sealed_key as key from cases where id = ${caseId}`)
    t.equal(
      await refusalOf(sql => sql`update cases set sealed_key = '\\x01' where id = ${caseId}`),
      'cases_keep_their_key',
      'nor is another put in its place'
    )
    t.equal(
      await refusalOf(sql => sql`update cases set sealed_key = null where id = ${caseId}`),
      'cases_erased',
      'and it is said when'
    )
    t.equal(await erase(requestId), 'it passed')
    t.equal(
      await refusalOf(sql => sql`update cases set sealed_key = ${before?.key}, erased_at = null where id = ${caseId}`),
      'cases_keep_their_key',
      'whoever kept a copy of it'
    )
  })

  await t.test('stays while the person is owed a copy', async t => {
    const { requestId } = await withdrawn(house, tenant, 'b@example.com')
    await ask(tenant, 'portability', { email: 'b@example.com' })
    t.equal(await erase(requestId), 'cases_erasure_waits_for_copies')
  })

  await t.test('stays while their data may only be stored', async t => {
    await askAndStart(tenant, 'restriction', { email: 'c@example.com', details: { ground: 'needed_for_claims' } })
    const { requestId } = await withdrawn(house, tenant, 'c@example.com')
    t.equal(await erase(requestId), 'cases_erasure_waits_for_restriction')
    t.equal((await requestOf(tenant, requestId)).personalDataErasedAt, null)
  })
})
