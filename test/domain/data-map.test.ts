import fc from 'fast-check'
import t from 'tap'
import {
  type AutomatedDecision,
  countUnknownCategories,
  type DataCategory,
  type DataSystem,
  decisionsToTell,
  isObjectionable,
  isPortable,
  LEGAL_BASES,
  planTasks,
  type RequestScope,
  reachedBy
} from '../../src/domain/data-map.ts'
import { RIGHT_RULES, RIGHTS, type Right } from '../../src/domain/rights.ts'

function category(name: string, facts: Partial<DataCategory> = {}): DataCategory {
  return {
    name,
    purposes: ['providing the service'],
    legalBasis: 'contract',
    retention: 'until the account is deleted',
    source: 'the person',
    recipients: [],
    providedBySubject: true,
    automatedProcessing: true,
    directMarketing: false,
    specialCategory: false,
    ...facts
  }
}

function system(id: string, categories: DataCategory[], facts: Partial<DataSystem> = {}): DataSystem {
  const held = {
    personalData: 'held',
    role: 'controller',
    location: 'EU',
    transferSafeguard: null,
    description: null,
    automatedDecisions: []
  } as const
  return { id, name: id, ...held, categories, ...facts }
}

const DATA_MAP: readonly DataSystem[] = [
  system('app', [
    category('account'),
    category('scores', { providedBySubject: false }),
    category('health notes', { legalBasis: 'consent', specialCategory: true })
  ]),
  system('billing', [category('invoices', { legalBasis: 'legal_obligation' })]),
  system('analytics', [
    category('usage', { legalBasis: 'legitimate_interests', purposes: ['Usage analytics'], optOut: true })
  ]),
  system('newsletter', [
    category('subscriptions', { legalBasis: 'consent', purposes: ['newsletter'], directMarketing: true })
  ]),
  system('mailbox', []),
  system('statistics', [category('visits')], { personalData: 'none' }),
  system('customer data', [category('machine operators')], { role: 'processor' })
]

/** `app: account, scores`, in the order of the data map. */
function planned(right: Right, scope: RequestScope = {}): string[] {
  return planTasks(DATA_MAP, right, scope).map(task => `${task.systemId}: ${task.categories.join(', ')}`)
}

t.test('A right that reaches all data asks every system that holds some', async t => {
  const everything = [
    'app: account, scores, health notes',
    'billing: invoices',
    'analytics: usage',
    'newsletter: subscriptions',
    'mailbox: '
  ]
  for (const right of ['access', 'rectification', 'erasure', 'restriction'] as const) {
    t.same(
      planned(right),
      everything,
      `${right}: also the one whose categories nobody listed, for it may hold anything`
    )
  }
})

t.test('A right asks only for the data it reaches', async t => {
  const rows: [Right, RequestScope, string[], string][] = [
    [
      'portability',
      {},
      ['app: account, health notes', 'newsletter: subscriptions'],
      'consent or contract, given by the person'
    ],
    [
      'objection',
      {},
      ['analytics: usage', 'newsletter: subscriptions'],
      'legitimate interests, and marketing on any basis'
    ],
    ['objection', { directMarketing: true }, ['newsletter: subscriptions'], 'marketing alone'],
    ['withdraw_consent', {}, ['app: health notes', 'newsletter: subscriptions'], 'what rests on consent'],
    ['limit_use', {}, ['app: health notes'], 'sensitive data'],
    [
      'opt_out',
      {},
      ['analytics: usage', 'newsletter: subscriptions'],
      'what is sold, shared or measured, and marketing'
    ],
    [
      'opt_out',
      { purpose: 'newsletter' },
      ['analytics: usage', 'newsletter: subscriptions'],
      'all of it, whatever it is called'
    ],
    ['complaint', {}, [], 'staff answer it'],
    ['appeal', {}, [], 'staff answer it'],
    ['information', {}, [], 'staff answer it'],
    ['automated_decision', {}, [], 'a person reviews it, not a system']
  ]
  for (const [right, scope, expected, why] of rows) t.same(planned(right, scope), expected, `${right}: ${why}`)
})

t.test('Named categories narrow a request', async t => {
  const rows: [Right, string[], string[], string][] = [
    ['access', ['invoices'], ['billing: invoices'], 'one of them'],
    ['access', [' Invoices '], ['billing: invoices'], 'however it is spelled'],
    ['access', ['Health-Notes', 'usage'], ['app: health notes', 'analytics: usage'], 'two of them'],
    ['access', [], planned('access'), 'none named is all'],
    ['access', ['my letters of May'], planned('access'), 'an unknown name narrows nothing: everybody searches'],
    ['access', ['invoices', 'my letters of May'], planned('access'), 'nor does it beside a known one'],
    ['portability', ['invoices'], [], 'and what the right does not reach stays out'],
    ['restriction', ['my letters of May'], planned('restriction'), 'a restriction too many can be lifted'],
    ['erasure', ['usage'], ['analytics: usage'], 'an erasure of what was named'],
    ['erasure', ['usage', 'my letters of May'], ['analytics: usage'], 'and never of more: it cannot be undone'],
    ['erasure', ['my letters of May'], [], 'not even when nothing named is known']
  ]
  for (const [right, categories, expected, why] of rows)
    t.same(planned(right, { categories }), expected, `${right}: ${why}`)
})

t.test('A named purpose narrows an objection', async t => {
  const rows: [RequestScope, string[], string][] = [
    [{ purpose: 'usage_analytics' }, ['analytics: usage'], 'as the data map calls it, however it is spelled'],
    [{ purpose: 'providing the service' }, [], 'a purpose that rests on contract cannot be objected to'],
    [
      { purpose: 'Stop looking at what I do all day!' },
      planned('objection'),
      'what is no known purpose narrows nothing'
    ],
    [
      { purpose: 'usage analytics', directMarketing: true },
      ['newsletter: subscriptions'],
      'marketing is objected to as a whole'
    ]
  ]
  for (const [scope, expected, why] of rows) t.same(planned('objection', scope), expected, why)
  t.same(
    planned('withdraw_consent', { purpose: 'newsletter' }),
    ['newsletter: subscriptions'],
    'and a withdrawal of consent'
  )
})

t.test('What the data map does not know is counted, for staff to ask about', async t => {
  t.equal(countUnknownCategories(DATA_MAP, { categories: ['invoices', 'letters', 'photos'] }), 2)
  t.equal(
    countUnknownCategories(DATA_MAP, { categories: ['visits'] }),
    1,
    'a system that is not searched knows nothing'
  )
  t.equal(countUnknownCategories(DATA_MAP, {}), 0)
})

t.test('Whatever the data map', async t => {
  const categoryOf = fc.record({
    name: fc.constantFrom('account', 'usage', 'billing', 'notes', 'Ærø'),
    purposes: fc.array(fc.constantFrom('service', 'analytics', 'We write to you because you asked.'), { maxLength: 2 }),
    legalBasis: fc.constantFrom(...LEGAL_BASES),
    providedBySubject: fc.boolean(),
    automatedProcessing: fc.boolean(),
    directMarketing: fc.boolean(),
    specialCategory: fc.boolean()
  })
  const systemOf = fc.record({
    personalData: fc.constantFrom('held' as const, 'none' as const),
    role: fc.constantFrom('controller' as const, 'processor' as const),
    categories: fc.uniqueArray(categoryOf, { maxLength: 4, selector: ({ name }) => name })
  })
  const dataMap = fc.array(systemOf, { maxLength: 6 }).map(rows =>
    rows.map(({ categories, ...facts }, index) =>
      system(
        `s${index}`,
        categories.map(({ name, ...more }) => category(name, more)),
        facts
      )
    )
  )
  const scopes = fc.record(
    {
      categories: fc.array(fc.constantFrom('account', 'usage', 'unheard of'), { maxLength: 3 }),
      purpose: fc.constantFrom('analytics', 'something else entirely'),
      directMarketing: fc.boolean()
    },
    { requiredKeys: [] }
  )
  const rights = fc.constantFrom(...RIGHTS)
  const holds = (systems: readonly DataSystem[], id: string) => systems.find(each => each.id === id)!

  await t.test('each system is asked once at most, for data of its own, in the way of the right', async () => {
    fc.assert(
      fc.property(dataMap, rights, scopes, (systems, right, scope) => {
        const tasks = planTasks(systems, right, scope)
        const ids = tasks.map(task => task.systemId)
        const own = tasks.every(task => {
          const { personalData, role, categories } = holds(systems, task.systemId)
          const names = categories.map(({ name }) => name)
          return personalData === 'held' && role === 'controller' && task.categories.every(name => names.includes(name))
        })
        return own && new Set(ids).size === ids.length && tasks.every(task => task.kind === RIGHT_RULES[right].task)
      })
    )
  })

  await t.test('a narrowed request never asks for more than the whole one', async () => {
    fc.assert(
      fc.property(dataMap, rights, scopes, (systems, right, scope) => {
        const { categories: _, purpose: __, ...unnarrowed } = scope
        const whole = new Map(planTasks(systems, right, unnarrowed).map(task => [task.systemId, task.categories]))
        return planTasks(systems, right, scope).every(task =>
          task.categories.every(name => whole.get(task.systemId)?.includes(name))
        )
      })
    )
  })

  await t.test('an access leaves no searched system out unless categories were named', async () => {
    fc.assert(
      fc.property(dataMap, systems => {
        const asked = new Set(planTasks(systems, 'access', {}).map(task => task.systemId))
        return systems.every(
          ({ id, personalData, role }) => asked.has(id) === (personalData === 'held' && role === 'controller')
        )
      })
    )
  })

  await t.test('an erasure touches nothing that was not named once something was', async () => {
    fc.assert(
      fc.property(
        dataMap,
        fc.array(fc.constantFrom<string[]>('account', 'usage', 'unheard of'), { minLength: 1 }),
        (systems, categories) =>
          planTasks(systems, 'erasure', { categories }).every(task =>
            task.categories.every(name => categories.includes(name))
          )
      )
    )
  })

  await t.test('portability and objection ask for what their article reaches', async () => {
    fc.assert(
      fc.property(dataMap, systems => {
        const reached = (right: Right, test: (category: DataCategory) => boolean) =>
          planTasks(systems, right, {}).every(task =>
            task.categories.every(name =>
              test(holds(systems, task.systemId).categories.find(each => each.name === name)!)
            )
          )
        return reached('portability', isPortable) && reached('objection', isObjectionable)
      })
    )
  })
})

t.test('A person is told of the decisions that a machine takes about them', async t => {
  const about = (decision: string, ...categories: string[]): AutomatedDecision => ({
    decision,
    logic: 'a score',
    significance: 'a limit',
    consequences: 'a refusal',
    categories
  })
  const systems = [
    system('shop', [category('orders'), category('payments')], {
      automatedDecisions: [about('credit limit', 'payments'), about('delivery', 'orders')]
    }),
    system('customer', [category('staff')], { role: 'processor', automatedDecisions: [about('rota', 'staff')] })
  ]
  const names = (asked: string[]) => {
    const tasks = planTasks(systems, 'access', { categories: asked })
    return decisionsToTell(reachedBy(systems, { categories: asked }, tasks)).map(({ decision }) => decision)
  }
  t.same(names([]), ['credit limit', 'delivery'], 'of those that the tenant answers for')
  t.same(names(['Orders']), ['delivery'], 'and of what they asked about')
  t.same(names(['what I bought']), ['credit limit', 'delivery'], 'or of everything that was searched for it')
  t.same(names(['staff']), ['credit limit', 'delivery'], 'and never of those that somebody else answers for')
})
