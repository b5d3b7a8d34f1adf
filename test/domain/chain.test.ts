// A chain checked without a database: what is hashed, and what is wrong first.

import { createHash } from 'node:crypto'
import t from 'tap'
import { type Chain, type ChainLink, canonicalText, firstBadLink } from '../../src/domain/chain.ts'

const TENANT = '01990000-0000-7000-8000-000000000001'
const REQUEST = '01990000-0000-7000-8000-000000000002'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

type Told = Pick<ChainLink, 'kind' | 'fromState' | 'toState'> & Partial<ChainLink>

const STORY: Told[] = [
  { kind: 'opened', fromState: 'received', toState: 'received' },
  { kind: 'verify', fromState: 'received', toState: 'verified' },
  { kind: 'assigned', fromState: 'verified', toState: 'verified' }
]

/** A chain whose hashes are right, whatever it tells. */
function chainOf(story: readonly Told[], changes: Partial<Chain> = {}): Chain {
  const links: ChainLink[] = []
  for (const told of story) {
    const link = {
      seq: links.length + 1,
      mover: 'agent',
      actorId: null,
      atMicros: '1771581600000000',
      data: '{}',
      commitment: null,
      previousHash: links.at(-1)?.hash ?? '00'.repeat(32),
      hash: '',
      ...told
    }
    links.push({ ...link, hash: sha256(canonicalText(TENANT, REQUEST, link)) })
  }
  const last = links.at(-1)
  const row = last === undefined ? null : { state: last.toState, lastEventSeq: last.seq }
  return { tenantId: TENANT, requestId: REQUEST, row, head: null, links, ...changes }
}

t.test('The text that is hashed has a line for everything an entry says', async t => {
  const link: ChainLink = {
    seq: 2,
    kind: 'verify',
    fromState: 'received',
    toState: 'verified',
    mover: 'agent',
    actorId: null,
    atMicros: '1771581600000000',
    data: '{"method": "phone_callback"}',
    commitment: 'ab',
    previousHash: 'cd',
    hash: 'not part of it'
  }
  const expected = [
    TENANT,
    REQUEST,
    '2',
    'verify',
    'received',
    'verified',
    'agent',
    '',
    '1771581600000000',
    '{"method": "phone_callback"}',
    'ab',
    'cd'
  ]
  t.same(canonicalText(TENANT, REQUEST, link).split('\n'), expected)
})

t.test('A chain that is right has no bad link', async t => {
  t.equal(firstBadLink(chainOf(STORY), sha256), null)
  const whole = chainOf(STORY)
  t.equal(
    firstBadLink({ ...whole, head: { seq: 2, hash: whole.links[1]!.hash } }, sha256),
    null,
    'nor one that grew since its checkpoint'
  )
})

t.test('A chain that is wrong names its first bad link', async t => {
  const whole = chainOf(STORY)
  const [first, second, third] = whole.links as [ChainLink, ChainLink, ChainLink]
  const rows: [string, Chain, number, string][] = [
    ['data altered', { ...whole, links: [first, { ...second, data: '{"a": 1}' }, third] }, 2, 'hash_differs'],
    [
      'altered and hashed anew',
      { ...whole, links: [first, { ...second, data: '{}', hash: 'ff'.repeat(32) }, third] },
      2,
      'hash_differs'
    ],
    [
      'another previous hash',
      { ...whole, links: [first, { ...second, previousHash: '11'.repeat(32) }, third] },
      2,
      'previous_hash_differs'
    ],
    ['one missing', { ...whole, links: [first, third] }, 3, 'seq_gap'],
    ['the first missing', { ...whole, links: [second, third] }, 2, 'no_first_entry'],
    ['none at all', { ...whole, links: [] }, 1, 'no_first_entry'],
    ['no request', { ...whole, row: null }, 3, 'row_missing'],
    ['the request in another state', { ...whole, row: { state: 'closed', lastEventSeq: 3 } }, 3, 'row_differs'],
    ['the request at another entry', { ...whole, row: { state: 'verified', lastEventSeq: 4 } }, 4, 'row_differs'],
    ['shorter than a checkpoint saw', { ...whole, head: { seq: 4, hash: '' } }, 4, 'shorter_than_checkpoint'],
    ['other than a checkpoint saw', { ...whole, head: { seq: 2, hash: '' } }, 2, 'differs_from_checkpoint'],
    [
      'gone since a checkpoint',
      { ...whole, row: null, links: [], head: { seq: 2, hash: '' } },
      2,
      'missing_since_checkpoint'
    ],
    ['begun with something else', chainOf(STORY.slice(1)), 1, 'no_first_entry'],
    ['opened twice', chainOf([STORY[0]!, STORY[0]!]), 2, 'move_not_in_lifecycle'],
    [
      'a move that the lifecycle does not have',
      chainOf([STORY[0]!, { kind: 'respond', fromState: 'received', toState: 'responded' }]),
      2,
      'move_not_in_lifecycle'
    ],
    [
      'a move by somebody who may not',
      chainOf([STORY[0]!, { kind: 'verify', fromState: 'received', toState: 'verified', mover: 'system' }]),
      2,
      'move_not_in_lifecycle'
    ],
    [
      'a happening that changes the state',
      chainOf([STORY[0]!, { kind: 'assigned', fromState: 'received', toState: 'closed' }]),
      2,
      'move_not_in_lifecycle'
    ],
    [
      'one that follows from another state',
      chainOf([STORY[0]!, { kind: 'start', fromState: 'verified', toState: 'in_fulfilment' }]),
      2,
      'move_not_in_lifecycle'
    ]
  ]
  for (const [what, chain, seq, why] of rows)
    t.same(firstBadLink(chain, sha256), { requestId: REQUEST, seq, why }, what)
})
