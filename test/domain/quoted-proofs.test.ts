import t from 'tap'
import { holdsProofs, withoutProofs } from '../../src/domain/quoted-proofs.ts'

const SECRET = 'Zk3q_0yWv-RtB1nMxLcDfGhJ2pQsUaEiOy9T6KzV4b8'
const HOST = 'https://privacy.example.com/privacy/tenant'

t.test('A secret is cut out of whatever a mail program made of its link', async t => {
  const rows: [string, string, string][] = [
    [`> ${HOST}/forwarded/\n> ${SECRET}`, `> ${HOST}/forwarded/…`, 'of a company'],
    [`> ${HOST}/verify/${SECRET}\n> Thanks`, `> ${HOST}/verify/…\n> Thanks`, 'as it was'],
    [`${HOST}/status/${SECRET}/withdrawal`, `${HOST}/status/…/withdrawal`, 'with more behind it'],
    [`[Open](${HOST}/package/${SECRET})`, `[Open](${HOST}/package/…)`, 'in brackets'],
    [`> ${HOST}/verify/\n> ${SECRET}\n> If`, `> ${HOST}/verify/…\n> If`, 'broken before it'],
    [
      `> ${HOST}/verify/${SECRET.slice(0, 10)}\n> ${SECRET.slice(10)}\n> If you`,
      `> ${HOST}/verify/…\n> If you`,
      'broken within it'
    ],
    [`${HOST}/ver\nify/${SECRET}`, `${HOST}/ver\nify/…`, 'broken in the word before it'],
    [`>> ${SECRET}`, '>> …', 'alone'],
    [
      `https://filter.example/?u=${encodeURIComponent(`${HOST}/verify/${SECRET}`)}&d=1`,
      `https://filter.example/?u=${encodeURIComponent(`${HOST}/verify/`)}…&d=1`,
      'wrapped by a filter'
    ]
  ]
  for (const [text, wanted, why] of rows) {
    t.equal(withoutProofs(text), wanted, why)
    t.ok(holdsProofs(text), why)
  }
})

t.test('So is a line that is a code, beside the link that it belongs to', async t => {
  for (const line of ['    BCDF2346', '> BCDF2346', '> *BCDF2346*', 'bcdf-2346', '>> BCDF 2346 ']) {
    t.notMatch(withoutProofs(`${HOST}/verify/${SECRET}\n${line}\nBye`), /bcdf/i, line)
    t.equal(withoutProofs(`Hello\n${line}\nBye`), `Hello\n${line}\nBye`, 'alone it opens nothing')
  }
})

t.test('What people write stays as they wrote it', async t => {
  for (const text of [
    'My order is RT234679, my telephone 23467892.',
    '23 46 78 92',
    'My customer number:\nK2349876',
    '-'.repeat(43),
    '_'.repeat(43),
    'I asked for the status/package of my account.\nPlease verify/check it,\nthen delete everything.',
    'c'.repeat(43),
    `digest 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08`
  ]) {
    t.equal(withoutProofs(text), text)
    t.notOk(holdsProofs(text))
  }
})

t.test('Hostile text costs no time', async t => {
  const link = `${HOST}/verify/${SECRET}\n`
  for (const unit of ['>', ' ', '_', '> *_', 'B>'])
    t.ok(withoutProofs(link + unit.repeat(200_000)), JSON.stringify(unit))
  for (const unit of ['verify/', 'verify/a\n', 'aB-', '> ', '*', 'B ', 'B', '\n', 'a', '=\n', '>\n', 'A\n> '])
    t.type(withoutProofs(`verify/${unit.repeat(300_000)}!`), 'string', JSON.stringify(unit))
})
