// To whom letters go, for each pair of who asks and what was proven.

import t from 'tap'
import { type Contact, contactOf } from '../../src/domain/contact.ts'
import { STAFF_METHODS } from '../../src/domain/identity-proof.ts'
import type { Requester, Subject } from '../../src/domain/subject-request.ts'

const BEN: Subject = {
  name: 'Ben',
  email: 'ben@school.example',
  locale: 'en',
  country: null,
  region: null,
  identifiers: [{ kind: 'email', value: 'ben@home.example' }]
}
const UNREACHABLE: Subject = { ...BEN, email: null }
const asking = (relation: Requester['relation']): Requester => ({
  relation,
  name: 'Mia',
  email: 'mia@example.com',
  authority: null
})
const own = ({ name, email }: Subject): Contact => ({ name, address: email, actsAs: null })
const theirs = (actsAs: Requester['relation']): Contact => ({ name: 'Mia', address: 'mia@example.com', actsAs })

t.test('The contact point', async t => {
  for (const subject of [BEN, UNREACHABLE]) {
    for (const method of [null, 'session', 'email_link_and_code', ...STAFF_METHODS]) {
      const label = `${subject.email} ${method}`
      t.same(contactOf({ subject, requester: null }, method), own(subject), `${label}: the person, where they ask`)
      if (method === 'mandate_checked') continue
      for (const relation of ['agent', 'guardian'] as const)
        t.same(contactOf({ subject, requester: asking(relation) }, method), own(subject), `${label} ${relation}`)
    }
  }
  const checked = (subject: Subject, relation: Requester['relation']) =>
    contactOf({ subject, requester: asking(relation) }, 'mandate_checked')
  t.same(checked(BEN, 'guardian'), theirs('guardian'), 'a guardian who may stands for the person')
  t.same(checked(UNREACHABLE, 'guardian'), theirs('guardian'))
  t.same(checked(BEN, 'agent'), own(BEN), 'who can be written to is written to, agent or not')
  t.same(checked(UNREACHABLE, 'agent'), theirs('agent'))
})
