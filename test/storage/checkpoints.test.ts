// Checkpoints: what a chain alone cannot see, and what becomes of a checkpoint that was changed.

import t from 'tap'
import { HistoryRewritten } from '../../src/actions/proof/write-checkpoint.ts'
import { HabeasError } from '../../src/domain/errors.ts'
import { checkpointSigner } from '../../src/storage/checkpoint-keys.ts'
import { openBurgledHouse } from '../support/burgled-house.ts'

const { house, acme, signer, sql, verify, checkpoint, openWithHistory, keep, restore, rewrite, shorten } =
  await openBurgledHouse(t)
const other = await house.tenant()

const requestIds: string[] = []
for (let n = 0; n < 3; n += 1) requestIds.push(await openWithHistory(n))
await keep()

t.test('A rewritten chain whose hashes are right', async t => {
  const [id] = requestIds as [string]

  await t.test('passes as long as nothing was signed: that is the limit of a chain', async t => {
    await rewrite(id)
    t.equal((await verify()).verified, true)
    await restore('events', 'subject_requests')
    await shorten(id)
    t.equal((await verify()).verified, true)
    await restore('events', 'subject_requests')
  })

  await t.test('is found once a checkpoint was', async t => {
    const signed = await checkpoint()
    t.equal(signed.seq, 1)
    t.match(await verify(), { verified: true, checkpoint: { row: { seq: 1 }, checkpoints: 1 } })

    await rewrite(id)
    t.match(
      await verify(),
      { verified: false, firstBadLink: { requestId: id, why: 'differs_from_checkpoint' } },
      'rewritten'
    )
    await restore('events', 'subject_requests')

    await shorten(id)
    t.match(
      await verify(),
      { verified: false, firstBadLink: { requestId: id, why: 'shorter_than_checkpoint' } },
      'shortened'
    )
    await t.rejects(checkpoint(), HistoryRewritten, 'and the next checkpoint is not signed over it')
    await restore('events', 'subject_requests')

    await sql`delete from events where request_id = ${id}`
    await sql`delete from subject_requests where id = ${id}`
    t.match(
      await verify(),
      { verified: false, firstBadLink: { requestId: id, why: 'missing_since_checkpoint' } },
      'made to vanish'
    )
    await t.rejects(checkpoint(), HistoryRewritten)
    await restore('events', 'subject_requests')
    t.equal((await verify()).verified, true)
  })

  await t.test('and what was added since is verified with the next', async t => {
    await acme.agent.post(`/v1/requests/${id}/notes`, { text: 'A note.' })
    await acme.agent.patch(`/v1/requests/${id}`, { tags: ['later'] })
    const added = await openWithHistory(99)
    t.match(await verify(), { verified: true, checkpoint: { row: { seq: 1 } } })
    house.pass({ days: 1 })
    const signed = await checkpoint()
    t.match(signed, { seq: 2, requests: requestIds.length + 1 })
    const heads = await sql<
      { requestId: string }[]
    >`select request_id as "requestId" from checkpoint_heads where checkpoint_seq = 2 order by 1`
    t.same(
      heads.map(head => head.requestId),
      [id, added].sort(),
      'which keeps only the heads that moved'
    )
    t.match(await verify(), { verified: true, checkpoint: { row: { seq: 2 }, checkpoints: 2 } })
    await keep()
  })
})

t.test('A checkpoint that was changed is found', async t => {
  house.pass({ days: 1 })
  await acme.agent.patch(`/v1/requests/${requestIds[0]}`, { tags: ['even later'] })
  await checkpoint()
  await keep()
  const rows: [string, string, object][] = [
    ['its number', 'update checkpoints set seq = 9 where seq = 3', { seq: 9, why: 'seq_gap' }],
    [
      'its time',
      "update checkpoints set at = at - interval '1 day' where seq = 2",
      { seq: 2, why: 'statement_altered' }
    ],
    [
      'how many requests',
      'update checkpoints set requests = requests - 1 where seq = 2',
      { seq: 2, why: 'statement_altered' }
    ],
    [
      'how many entries',
      'update checkpoints set events = events - 1 where seq = 2',
      { seq: 2, why: 'statement_altered' }
    ],
    ['its root', "update checkpoints set heads_hash = sha256('') where seq = 2", { seq: 2, why: 'statement_altered' }],
    [
      'its words',
      "update checkpoints set statement = replace(statement, 'requests', 'Requests') where seq = 2",
      { seq: 2, why: 'statement_altered' }
    ],
    [
      'its origin',
      "update checkpoints set statement = 'elsewhere' || statement where seq = 2",
      { seq: 2, why: 'key_unknown' }
    ],
    [
      'its signature',
      'update checkpoints set signature = set_byte(signature, 5, get_byte(signature, 5) # 1) where seq = 2',
      { seq: 2, why: 'signature_bad' }
    ],
    ['its key', "update checkpoints set key_id = '00000000' where seq = 2", { seq: 2, why: 'key_unknown' }],
    ['one of the middle is gone', 'delete from checkpoints where seq = 2', { seq: 3, why: 'seq_gap' }],
    ['all are gone', 'delete from checkpoints', { seq: 1, why: 'seq_gap' }],
    ['the newest is gone', 'delete from checkpoints where seq = 3', { seq: 2, why: 'heads_differ' }],
    [
      'it is another tenant’s',
      `update checkpoints set tenant_id = '${other.id}' where seq = 2`,
      { seq: 3, why: 'seq_gap' }
    ],
    [
      'a head',
      'update checkpoint_heads set event_seq = event_seq - 1 where checkpoint_seq = 1',
      { seq: 3, why: 'heads_differ' }
    ],
    ['all heads', 'delete from checkpoint_heads', { seq: 3, why: 'heads_differ' }]
  ]
  for (const [what, statement, found] of rows) {
    await sql.unsafe(statement)
    t.match(await verify(), { verified: false, firstBadCheckpoint: found }, what)
    await restore('checkpoints', 'checkpoint_heads')
  }
  const forged = checkpointSigner(Buffer.alloc(32, 8))
  const verification = await verify(forged)
  t.match(
    verification,
    { verified: false, firstBadCheckpoint: { seq: 1, why: 'key_unknown' } },
    'one signed with a key that is not ours'
  )
  const rotated = checkpointSigner(Buffer.alloc(32, 8), [signer.publicKey])
  t.equal((await verify(rotated)).verified, true, 'a key that was replaced still verifies')
  t.equal((await verify()).verified, true)
})

t.test(
  'While the tenant is at work no verification raises a false alarm, and no two checkpoints get in each other’s way',
  async t => {
    const writing = Array.from({ length: 12 }, (_, n) => openWithHistory(200 + n))
    const checking = checkOver(6)
    const signing = Array.from({ length: 3 }, () => checkpoint())
    await Promise.all(writing)
    for (const verification of await checking)
      t.same([verification.firstBadLink, verification.firstBadCheckpoint], [null, null])
    t.same((await Promise.all(signing)).map(row => row.seq).sort(), [4, 5, 6])
    t.equal((await verify()).verified, true)
  }
)

/** Looks again and again, one look after the other. One that meets a signing is told to come back, and comes back. */
async function checkOver(times: number): Promise<Awaited<ReturnType<typeof verify>>[]> {
  const seen: Awaited<ReturnType<typeof verify>>[] = []
  while (seen.length < times) {
    const one = await verify().catch((error: unknown) => {
      if (error instanceof HabeasError && error.code === 'unavailable') return null
      throw error
    })
    if (one !== null) seen.push(one)
  }
  return seen
}
