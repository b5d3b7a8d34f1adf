// GDPR Art. 19: who has to be told of a change, by the data map and by what the systems did.

import t from 'tap'
import type { DataSystem } from '../../src/domain/data-map.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { faultsOfRecipients, recipientsOfChanged } from '../../src/domain/recipients.ts'
import type { RecipientReport } from '../../src/domain/subject-request.ts'

const category = (name: string, ...recipients: string[]) =>
  ({ name, recipients }) as unknown as DataSystem['categories'][number]
const SYSTEMS = [
  {
    id: 'shop',
    name: 'Shop',
    categories: [category('orders', 'Parcels Ltd', 'Stripe'), category('notes', 'A notary')]
  },
  { id: 'stripe', name: 'Stripe', categories: [category('payments', 'The bank')] }
] as unknown as DataSystem[]

t.test('Whoever received what changed is told', async t => {
  const all = ['orders', 'notes']
  type Task = Parameters<typeof recipientsOfChanged>[1][number]
  const cases: [string, Pick<Task, 'categories' | 'result'> & Partial<Task>, string[]][] = [
    ['all of it', { categories: all, result: 'done' }, ['Parcels Ltd', 'A notary']],
    ['a part', { categories: ['notes'], result: 'done' }, ['A notary']],
    ['whatever is there', { categories: [], result: 'done' }, ['Parcels Ltd', 'A notary']],
    [
      'what is not kept back',
      { categories: all, result: 'withheld', withheld: [{ category: 'notes' }] },
      ['Parcels Ltd']
    ],
    ['nothing', { categories: all, result: 'nothing_found' }, []],
    ['nothing that it has', { categories: all, result: 'not_applicable' }, []],
    ['nothing yet', { categories: all, result: null }, []]
  ]
  for (const [changed, facts, expected] of cases) {
    t.same(recipientsOfChanged(SYSTEMS, [{ systemId: 'shop', withheld: [], ...facts }]), expected, changed)
  }
})

t.test('Staff say when, or why not', async t => {
  const today = parseLocalDate('2026-03-20')
  const cases: [Partial<RecipientReport>, string[]][] = [
    [{ result: 'told', toldOn: today }, []],
    [{ result: 'told' }, ['/recipients/0/toldOn']],
    [{ result: 'told', toldOn: parseLocalDate('2026-03-21') }, ['/recipients/0/toldOn']],
    [{ result: 'impossible' }, ['/recipients/0/why']],
    [{ result: 'disproportionate' }, ['/recipients/0/why']],
    [{ result: 'impossible', why: 'It no longer exists.' }, []],
    [{ result: 'not_concerned' }, []]
  ]
  for (const [said, pointers] of cases) {
    const report: RecipientReport = { name: 'Parcels Ltd', result: 'told', toldOn: null, why: null, ...said }
    t.same(
      faultsOfRecipients([report], today).map(({ pointer }) => pointer),
      pointers,
      JSON.stringify(said)
    )
  }
  const twice = ['Parcels Ltd', 'parcels ltd'].map(name => ({ name, result: 'not_concerned', toldOn: null, why: null }))
  t.match(faultsOfRecipients(twice as RecipientReport[], today), [{ pointer: '/recipients/1/name', rule: 'unique' }])
})
