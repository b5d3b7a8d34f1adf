// The words of the pages: each language says the same things, with the same arguments.

import { readFileSync } from 'node:fs'
import t from 'tap'
import { OPEN_STATES, STATES } from '../../src/domain/lifecycle.ts'
import { RIGHTS } from '../../src/domain/rights.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { type PageWord, sayIn } from '../../src/pages/words.ts'

const read = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../src/pages/catalogue/${locale}.json`, import.meta.url), 'utf8'))
const argumentsOf = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name))]
    .filter(name => name !== 'one' && name !== 'other')
    .sort()

t.test('Every language has every word, with the same arguments', async t => {
  const english = read('en')
  for (const locale of LOCALES) {
    const words = read(locale)
    t.same(Object.keys(words), Object.keys(english), `${locale} in the same order`)
    for (const [key, text] of Object.entries(words)) {
      t.same(argumentsOf(text), argumentsOf(english[key] ?? ''), `${locale} ${key}`)
      t.ok(text.trim().length > 0)
    }
  }
})

t.test('Every word formats in every language', async t => {
  const values = {
    tenant: 'Acme',
    requester: 'Lex Lawson',
    contact: 'a@acme.example',
    reference: 'H-1',
    days: 30,
    law: 'the GDPR',
    label: 'Name',
    max: 5_000,
    receivedOn: 'today',
    address: 'm•••@x.example',
    tries: 1,
    word: 'STOP',
    from: 'today',
    to: 'today',
    zone: 'Europe/Vaduz',
    moment: 'now',
    day: 'today',
    year: '2026',
    count: 3
  }
  for (const locale of LOCALES) {
    const say = sayIn(locale)
    for (const key of Object.keys(read(locale)) as PageWord[]) t.notMatch(say(key, values), /[{}#]/, `${locale} ${key}`)
    t.not(
      say('verify.error.wrong', { tries: 1 }),
      say('verify.error.wrong', { tries: 2 }).replace('2', '1'),
      `${locale} counts one and many`
    )
  }
})

t.test('Every right and every state has its words', async t => {
  const english = read('en')
  for (const right of RIGHTS) t.ok(english[`right.${right}`], right)
  for (const state of STATES) t.ok(english[`next.${state}`], state)
  for (const state of OPEN_STATES) t.ok(english[`report.state.${state}`], state)
})

t.test('Only what a word needs is asked for', async t => {
  t.throws(() => sayIn('en')('verify.address'), 'a missing argument is a bug, and not a page with a hole')
})
