import { readdirSync, readFileSync } from 'node:fs'
import IntlMessageFormat from 'intl-messageformat'
import t from 'tap'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { CATALOGUES, type MessageKey, say } from '../../src/letters/catalogue.ts'

const KEYS = Object.keys(CATALOGUES.en) as MessageKey[]

t.test('The three catalogues say the same things', async t => {
  for (const locale of LOCALES) t.same(Object.keys(CATALOGUES[locale]).sort(), [...KEYS].sort(), locale)
})

t.test('with the same arguments', async t => {
  for (const key of KEYS) {
    const expected = argumentsOf(CATALOGUES.en[key])
    for (const locale of LOCALES) t.same(argumentsOf(CATALOGUES[locale][key]), expected, `${locale} ${key}`)
  }
})

t.test('each in its own words', async t => {
  const wordless = /^[\s\p{P}]*$/u
  const sameInBoth = new Set([
    'day.inSentence',
    'staff.system',
    'staff.reference',
    'frame.reference',
    'right.portability'
  ])
  for (const key of KEYS) {
    const en = withoutArguments(CATALOGUES.en[key])
    if (wordless.test(en) || /^[#\s\p{P}]*$/u.test(en)) continue
    t.match(CATALOGUES.el[key], /\p{Script=Greek}/u, `el ${key}`)
    if (!sameInBoth.has(key)) t.not(CATALOGUES.da[key], CATALOGUES.en[key], `da ${key}`)
  }
})

t.test('and none that no letter says', async t => {
  const folder = new URL('../../src/letters/', import.meta.url)
  const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const isSaid = (key: string): boolean => {
    if (source.includes(`'${key}'`)) return true
    const parts = key.split('.')
    return parts.some((_, at) => at > 0 && source.includes(`\`${parts.slice(0, at).join('.')}.\${`))
  }
  t.same(
    KEYS.filter(key => !isSaid(key)),
    []
  )
})

t.test('What is put in is never parsed', async t => {
  const hostile = "{x} '{y}' {0, plural, one {#} other {#}} <b>{{7*7}}</b>"
  for (const locale of LOCALES) t.equal(say(locale, 'reason.note', { note: hostile }).endsWith(hostile), true, locale)
})

t.test('A missing argument is a fault, not a hole', async t => {
  t.throws(() => say('en', 'frame.greeting'))
})

interface Element {
  readonly type: number
  readonly value?: string
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>
}

function argumentsOf(message: string): string[] {
  const named = (elements: readonly Element[]): string[] =>
    elements.flatMap(element => [
      ...(element.type >= 1 && element.type <= 6 && element.value !== undefined
        ? [`${element.value}:${element.type}`]
        : []),
      ...Object.values(element.options ?? {}).flatMap(option => named(option.value))
    ])
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst() as unknown as Element[]
  return [...new Set(named(ast))].sort()
}

function withoutArguments(message: string): string {
  return message.replace(/\{\w+\}/g, '')
}
