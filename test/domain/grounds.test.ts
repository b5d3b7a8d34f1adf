import t from 'tap'
import { REGIME_NAMES, REGIMES, type RegimeName } from '../../src/domain/deadline/regimes.ts'
import { HabeasError } from '../../src/domain/errors.ts'
import { GROUND_CODES, GROUND_USES, type GroundUse } from '../../src/domain/grounds/ground.ts'
import { type ChosenGround, GROUNDS, groundsFor, requireGround } from '../../src/domain/grounds.ts'
import { RIGHTS, type Right } from '../../src/domain/rights.ts'

const codes = (use: GroundUse, right: Right, regime: RegimeName, directMarketing = false): string[] =>
  groundsFor({ use, right, regime, directMarketing }).map(ground => ground.code)

const UNIVERSAL = [
  'agent_not_authorised',
  'excessive_abusive',
  'excessive_repetitive',
  'identity_not_confirmed',
  'manifestly_unfounded'
]
const ARTICLES_15_TO_20 = [...UNIVERSAL, 'not_controller', 'not_identifiable', 'union_or_member_state_law']
const ARTICLES_21_AND_22 = [...UNIVERSAL, 'not_controller', 'union_or_member_state_law']

t.test('GDPR: what a whole request may be refused for', async t => {
  const table: [Right, string[]][] = [
    ['access', ARTICLES_15_TO_20],
    ['rectification', [...ARTICLES_15_TO_20, 'accurate_as_recorded', 'opinion_correctly_recorded']],
    [
      'erasure',
      [
        ...ARTICLES_15_TO_20,
        'archiving_research',
        'freedom_of_expression',
        'legal_claims',
        'legal_obligation',
        'no_ground_17_1',
        'public_health',
        'public_task'
      ]
    ],
    ['restriction', [...ARTICLES_15_TO_20, 'ground_not_met']],
    [
      'portability',
      [...ARTICLES_15_TO_20, 'not_automated', 'not_consent_or_contract', 'not_provided_by_subject', 'public_task']
    ],
    [
      'objection',
      [...ARTICLES_21_AND_22, 'compelling_grounds', 'legal_claims', 'public_interest_research', 'wrong_legal_basis']
    ],
    [
      'automated_decision',
      [...ARTICLES_21_AND_22, 'authorised_by_law', 'no_significant_effect', 'not_solely_automated']
    ]
  ]
  for (const [right, expected] of table) {
    t.same(codes('refuse', right, 'eu-gdpr').sort(), [...expected].sort(), right)
  }
})

t.test('GDPR: what may be kept back from an answer that is otherwise given', async t => {
  const law = 'union_or_member_state_law'
  t.same(codes('withhold', 'access', 'eu-gdpr').sort(), ['legal_privilege', 'rights_of_others', 'trade_secret_ip', law])
  t.same(codes('withhold', 'portability', 'eu-gdpr').sort(), [
    'direct_transfer_not_feasible',
    'not_automated',
    'not_consent_or_contract',
    'not_provided_by_subject',
    'public_task',
    'rights_of_others',
    law
  ])
  t.notOk(
    codes('refuse', 'access', 'eu-gdpr').includes('rights_of_others'),
    'others are protected by redaction, never by silence'
  )
  t.notOk(
    codes('refuse', 'portability', 'eu-gdpr').includes('direct_transfer_not_feasible'),
    'the files are handed over all the same'
  )
})

t.test('Britain has its own exemptions in the place of national law', async t => {
  t.ok(codes('refuse', 'access', 'uk-gdpr').includes('uk_exemption'))
  t.notOk(codes('refuse', 'access', 'uk-gdpr').includes('union_or_member_state_law'))
  t.notOk(codes('refuse', 'access', 'eu-gdpr').includes('uk_exemption'))
})

t.test('Direct marketing stops without argument', async t => {
  t.same(codes('refuse', 'objection', 'eu-gdpr', true), ['identity_not_confirmed'])
  t.same(codes('withhold', 'objection', 'eu-gdpr', true), [])
  t.same(codes('refuse', 'opt_out', 'eu-gdpr'), ['identity_not_confirmed'])
  t.ok(codes('extend', 'objection', 'eu-gdpr', true).length > 0, 'while the clock knows no such difference')
})

t.test('Consent ends when it is withdrawn, under every law', async t => {
  for (const regime of REGIME_NAMES) {
    t.same(codes('refuse', 'withdraw_consent', regime), ['identity_not_confirmed'], regime)
    t.same(codes('withhold', 'withdraw_consent', regime), [], regime)
  }
})

t.test('California asks nobody to prove who they are before it stops a sale', async t => {
  t.same(codes('refuse', 'opt_out', 'us-ca'), ['fraudulent'])
  t.same(codes('refuse', 'limit_use', 'us-ca').sort(), ['fraudulent', 'only_permitted_uses'])
})

t.test('Who cannot be identified may still object', async t => {
  t.ok(codes('refuse', 'access', 'eu-gdpr').includes('not_identifiable'))
  t.notOk(codes('refuse', 'objection', 'eu-gdpr').includes('not_identifiable'), 'Art. 11(2) ends at Art. 20')
  t.notOk(codes('refuse', 'automated_decision', 'eu-gdpr').includes('not_identifiable'))
})

t.test('The grounds and the clock know the same law', async t => {
  for (const regime of REGIME_NAMES) {
    for (const right of RIGHTS) {
      const { rights, pauses } = REGIMES[regime]
      const stops = Object.keys(pauses).filter(reason => pauses[reason]?.rights?.includes(right) ?? true)
      t.same(codes('pause', right, regime).sort(), stops.sort(), `${regime} ${right}: what stops the clock`)
      const canExtend = (rights[right]?.extension ?? null) !== null
      t.equal(codes('extend', right, regime).length > 0, canExtend, `${regime} ${right}: whether there is more time`)
    }
  }
})

t.test('Of one use, right and regime a code stands in one row', async t => {
  for (const regime of REGIME_NAMES) {
    for (const right of RIGHTS) {
      for (const use of GROUND_USES) {
        const offered = codes(use, right, regime)
        t.equal(new Set(offered).size, offered.length, `${regime} ${right} ${use}`)
      }
    }
  }
})

t.test('Every code is used and every row names its source', async t => {
  t.same([...new Set(GROUNDS.map(ground => ground.code))].sort(), [...GROUND_CODES].sort())
  t.same(
    GROUNDS.filter(ground => ground.source.trim() === '' || ground.rights.length === 0 || ground.regimes.length === 0),
    []
  )
})

t.test('Each law offers a reason against an access request from a stranger', async t => {
  for (const regime of REGIME_NAMES) t.ok(codes('refuse', 'access', regime).includes('identity_not_confirmed'), regime)
})

t.test('A ground with everything said', async t => {
  const base: ChosenGround = { use: 'withhold', right: 'erasure', regime: 'eu-gdpr', code: 'legal_obligation' }

  await t.test('is returned with its source', async t => {
    const ground = requireGround({ ...base, citation: 'Bogføringsloven § 12', until: '2031-12-31' })
    t.equal(ground.source, 'GDPR Art. 17(3)(b)')
  })

  await t.test('and without it is sent back with every fault at once', async t => {
    const error = refusalOf(() => requireGround({ ...base, citation: '  ' }))
    t.equal(error.code, 'invalid')
    t.match(error.facts, {
      errors: [
        { pointer: '/until', rule: 'required' },
        { pointer: '/citation', rule: 'required' }
      ]
    })
  })

  await t.test('and data that stay always have a day on which they are asked for again', async t => {
    const kept = requireGround.bind(null, { ...base, code: 'freedom_of_expression', note: 'A published article.' })
    t.match(refusalOf(kept).facts, { errors: [{ pointer: '/until' }] })
    const whole = requireGround({ ...base, use: 'refuse', code: 'freedom_of_expression', note: 'A published article.' })
    t.equal(whole.code, 'freedom_of_expression', 'a refusal of the whole needs none')
  })

  await t.test('and the burden of proof is the controller’s', async t => {
    const bare = requireGround.bind(null, {
      use: 'refuse',
      right: 'access',
      regime: 'eu-gdpr',
      code: 'excessive_repetitive'
    })
    t.match(refusalOf(bare).facts, { errors: [{ pointer: '/note' }] })
  })
})

t.test('A ground the law does not offer is refused with those it does', async t => {
  const error = refusalOf(() =>
    requireGround({ use: 'pause', right: 'access', regime: 'eu-gdpr', code: 'internal_backlog', note: 'Holidays' })
  )
  t.equal(error.code, 'ground_not_available')
  t.same(error.facts.allowed, ['identity', 'clarification', 'representative_authority'])
})

function refusalOf(call: () => unknown): HabeasError {
  try {
    call()
  } catch (error) {
    if (error instanceof HabeasError) return error
    throw error
  }
  throw new Error('Nothing was refused.')
}
