// Every entry of a history as a sentence.

import t from 'tap'
import { HAPPENINGS } from '../../src/domain/events.ts'
import { type CodeNames, explainEvent } from '../../src/domain/explain-event.ts'
import { MOVE_NAMES, MOVERS } from '../../src/domain/lifecycle.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'

t.test('Every entry has its sentence in every language', async t => {
  const names: CodeNames = {
    right: () => undefined,
    outcome: () => undefined,
    ground: () => undefined,
    task: () => undefined
  }
  for (const locale of LOCALES) {
    const sentences = new Set<string>()
    for (const kind of [...HAPPENINGS, ...MOVE_NAMES]) {
      for (const mover of MOVERS) {
        const bare = explainEvent({ kind, mover, data: { system: 'shop', kind: 'restricted' } }, locale, names)
        t.match(bare, /^\p{Lu}.*\.$/u, `${locale} ${kind}`)
        t.notMatch(bare, /[{}[\]–]|\b(undefined|null)\b/, `${locale} ${kind}`)
        sentences.add(bare)
      }
    }
    t.ok(sentences.size >= HAPPENINGS.length + MOVE_NAMES.length, `${locale}: no two entries read alike`)
  }
})

t.test('What an entry knows is said, and what it does not know is left out', async t => {
  const names: CodeNames = {
    right: code => `<${code}>`,
    outcome: code => `<${code}>`,
    ground: code => `<${code}>`,
    task: code => `<${code}>`
  }
  const rows: [Parameters<typeof explainEvent>[0], string][] = [
    [
      { kind: 'respond', mover: 'agent', data: { outcome: 'refused', ground: 'excessive' } },
      'A staff member sent the answer: “<refused>”, on the ground “<excessive>”.'
    ],
    [
      { kind: 'respond', mover: 'agent', data: { outcome: 'granted', ground: null } },
      'A staff member sent the answer: “<granted>”.'
    ],
    [
      { kind: 'extended', mover: 'agent', data: { dueOnBefore: '2026-03-20', dueOn: '2026-05-20' } },
      'A staff member extended the deadline from 2026-03-20 to 2026-05-20.'
    ],
    [
      {
        kind: 'opened',
        mover: 'integration',
        data: { channel: 'post', receivedAt: '2026-02-20T10:00:00.000Z', guessed: false }
      },
      'An integration opened the request, which came by post; it arrived on 2026-02-20 10:00 UTC.'
    ],
    [
      { kind: 'opened', mover: 'system', data: { guessed: true } },
      'Habeas opened the request. The right was guessed from the words of a mail.'
    ],
    [
      { kind: 'right_confirmed', mover: 'agent', data: { from: 'access', to: 'erasure' } },
      'A staff member confirmed which right the request is about: “<erasure>”.'
    ],
    [{ kind: 'letter_sent', mover: 'system', data: { kind: 'response' } }, 'A letter was sent: the answer.'],
    [
      { kind: 'letter_sent', mover: 'system', data: { kind: 'of_a_later_version' } },
      'A letter was sent: of a later version.'
    ],
    [
      { kind: 'edited', mover: 'agent', data: { fields: ['tags', 'externalId'] } },
      'A staff member edited the request: tags, externalId.'
    ],
    [
      { kind: 'cancel', mover: 'subject', data: { reason: 'not_requested' } },
      'The person cancelled the request because the person said that they did not ask for it.'
    ]
  ]
  for (const [event, sentence] of rows) t.equal(explainEvent(event, 'en', names), sentence)
})
