import t from 'tap'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { type FactsByKind, LETTER_KINDS } from '../../src/letters/facts.ts'
import { renderLetter } from '../../src/letters/letter.ts'
import { elementsIn, shownText } from './reading.ts'
import { SAMPLES } from './samples.ts'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '<%= it.secret %> <%~ process.env %>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what an attacker types
  '{{7*7}} ${7*7} #{7*7}',
  '{x} {name} {days, plural, other {#}}',
  "'{quoted}' ''",
  '</p></body></html>',
  '&lt;b&gt; &amp;',
  '[click](javascript:alert(1))'
]

/** Everything that staff, tenants or the person typed is replaced; what Habeas makes itself stays. */
const MADE_BY_US = new Set([
  'reference',
  'otherReference',
  'link',
  'code',
  'downloadedAt',
  'timeZone',
  'authority',
  'regime',
  'right',
  'rights'
])
const WORDS_OF_OURS = new Set([
  'actsAs',
  'asks',
  'outcome',
  'state',
  'letter',
  'task',
  'did',
  'ground',
  'legalBasis',
  'result',
  'reason',
  'because',
  'about',
  'nextStep',
  'date'
])

t.test('Whatever is typed stands in the letter as it was typed', async t => {
  for (const attack of HOSTILE) {
    for (const kind of LETTER_KINDS) {
      const facts = poisoned(SAMPLES[kind], attack) as FactsByKind[typeof kind]
      for (const locale of LOCALES) {
        const title = `${attack} in ${locale} ${kind}`
        const { html, text } = renderLetter(kind, locale, facts)
        const shape = elementsIn(renderLetter(kind, locale, SAMPLES[kind]).html)
        // A poisoned quote has fewer lines than the sample's, and so fewer paragraphs: no element may be new.
        t.same(
          elementsIn(html).filter(name => !shape.includes(name)),
          [],
          `${title}: no element of its own`
        )
        t.notMatch(html, /<[^>]*\son\w+=/i, `${title}: no handler`)
        t.match(shownText(html), attack.replace(/\s+/g, ' '), `${title}: shown literally`)
        t.match(
          text.replace(/\n>? ?/g, ' ').replace(/\s+/g, ' '),
          attack.replace(/\s+/g, ' '),
          `${title}: written literally`
        )
      }
    }
  }
})

t.test('Nothing that a person typed gets into the subject line', async t => {
  for (const kind of LETTER_KINDS) {
    const facts = poisoned({ ...SAMPLES[kind] }, 'PWNED', new Set(['tenant', 'system'])) as FactsByKind[typeof kind]
    t.notMatch(renderLetter(kind, 'en', facts).subject, 'PWNED', kind)
  }
})

t.test('Line ends and control characters open no header and no line', async t => {
  const name = 'Eve\r\nBcc: all@example.org\u0000\u202E'
  const tenant = { name: 'Acme\r\nBcc: all@example.org', contact: 'x@example.org' }
  const { subject, text } = renderLetter('verification', 'en', { ...SAMPLES.verification, name, tenant })
  t.notMatch(subject, /[\r\n]/)
  t.match(text, /^Dear Eve Bcc: all@example\.org,\n/)
  t.notOk([...text].some(char => char === '\r' || char === '\u0000' || char === '\u202E'))
})

t.test('A name without end is cut', async t => {
  const { text } = renderLetter('verification', 'en', { ...SAMPLES.verification, name: 'a'.repeat(5000) })
  t.ok(text.length < 2000)
})

t.test('Lines that staff wrote stay lines', async t => {
  const { text, html } = renderLetter('message', 'en', { ...SAMPLES.message, text: 'One\r\ntwo\r\n\r\n\r\nthree' })
  t.match(text, '> One\n> two\n>\n> three')
  t.match(html, /One<br>two<\/p>\s*<p[^>]*>three/)
})

function poisoned(value: unknown, attack: string, spared: ReadonlySet<string> = new Set(), key = ''): unknown {
  if (MADE_BY_US.has(key) || WORDS_OF_OURS.has(key) || spared.has(key)) {
    return typeof value === 'object' && value !== null && key === 'reason'
      ? poisonedObject(value, attack, spared)
      : value
  }
  if (typeof value === 'string') return key === 'kind' || /^\d{4}-\d\d-\d\d$/.test(value) ? value : attack
  if (Array.isArray(value)) return value.map(item => poisoned(item, attack, spared, key))
  return typeof value === 'object' && value !== null ? poisonedObject(value, attack, spared) : value
}

function poisonedObject(value: object, attack: string, spared: ReadonlySet<string>): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, poisoned(item, attack, spared, key)]))
}
