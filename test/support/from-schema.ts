// Calls made from the API's own description: bodies that its schemas take, and bodies that are wrong in one place or altogether.

import fc, { type Arbitrary } from 'fast-check'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly patternProperties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: boolean | Schema
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly examples?: readonly unknown[]
}

/** What a schema cannot know: ids that exist, words that mean something. By the name of the field, or by format. */
export type Known = Readonly<Record<string, readonly unknown[]>>

const MANY = 4

/** Values that the schema takes. */
export function valid(schema: Schema, components: Readonly<Record<string, Schema>>, known: Known): Arbitrary<unknown> {
  const of = (inner: Schema, name?: string): Arbitrary<unknown> => {
    const named = name === undefined ? undefined : known[name]
    const made = make(inner)
    return named === undefined ? made : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...named) }, made)
  }
  const make = (inner: Schema): Arbitrary<unknown> => {
    if (inner.$ref !== undefined) return of(components[inner.$ref.split('/').at(-1) ?? ''] ?? {})
    if (inner.enum !== undefined) return fc.constantFrom(...inner.enum)
    if (inner.const !== undefined) return fc.constant(inner.const)
    if (inner.anyOf !== undefined) return fc.oneof(...inner.anyOf.map(one => of(one)))
    if (Array.isArray(inner.type)) return fc.oneof(...inner.type.map((type: string) => make({ ...inner, type })))
    switch (inner.type) {
      case 'string':
        return text(inner, known)
      case 'integer':
        return fc.integer({ min: inner.minimum ?? -1_000_000, max: inner.maximum ?? 1_000_000 })
      case 'number':
        return fc.double({ min: inner.minimum ?? -1e6, max: inner.maximum ?? 1e6, noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'array':
        return array(inner, of(inner.items ?? {}))
      case 'object':
        return object(inner, of)
      default:
        return fc.jsonValue({ maxDepth: 3 })
    }
  }
  return of(schema)
}

function array({ minItems = 0, maxItems = MANY, uniqueItems }: Schema, item: Arbitrary<unknown>): Arbitrary<unknown> {
  const length = { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, MANY)) }
  return uniqueItems
    ? fc.uniqueArray(item, { ...length, selector: one => JSON.stringify(one) })
    : fc.array(item, length)
}

function object(schema: Schema, of: (inner: Schema, name?: string) => Arbitrary<unknown>): Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {})
  const required = properties.map(([name]) => name).filter(name => schema.required?.includes(name))
  const fixed = fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, of(inner, name)])), {
    requiredKeys: required
  })
  const open = Object.entries(schema.patternProperties ?? {}).map(([pattern, inner]) =>
    fc.dictionary(fc.stringMatching(new RegExp(pattern)), of(inner), { maxKeys: MANY })
  )
  return fc.tuple(fixed, ...open).map(parts => Object.assign({}, ...parts))
}

function text({ format, pattern, minLength = 0, maxLength = 80 }: Schema, known: Known): Arbitrary<string> {
  const byFormat = format === undefined ? undefined : (known[format] as readonly string[] | undefined)
  if (byFormat !== undefined) return fc.constantFrom(...byFormat)
  if (format === 'date-time') return fc.date({ noInvalidDate: true, ...YEARS }).map(date => date.toISOString())
  if (format === 'date') return fc.date({ noInvalidDate: true, ...YEARS }).map(date => date.toISOString().slice(0, 10))
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const length = { minLength, maxLength: Math.min(maxLength, 80) }
  return fc.string({ ...length, unit: 'grapheme' })
}

const YEARS = { min: new Date('1900-01-01'), max: new Date('2199-12-31') }

/** What no field expects: other types, the edges of what texts and numbers can be, and words that mean something elsewhere. */
export const odd: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER + 2,
    '',
    ' ',
    'NaN',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\u202ea\u200b\ufeff',
    '﷽'.repeat(200),
    "' or 1=1; --",
    '%_\\',
    '{{7*7}}<%= 7*7 %>',
    '<img src=x onerror=alert(1)>',
    'a@example.com\r\nBcc: b@example.com',
    '"a b"@example.com',
    '9999-12-31T23:59:59Z',
    '0000-01-01',
    '2026-02-30',
    '2026-02-20T25:00:00Z',
    'x'.repeat(20_000),
    [],
    {},
    [[[[[[]]]]]],
    ['x', 1, null]
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 4 })
)

/** One that is right but for one place: another value there, a name too many, or one too few. */
export function almost(right: Arbitrary<unknown>): Arbitrary<unknown> {
  return fc
    .tuple(right, odd, fc.nat(), fc.constantFrom('replace', 'add', 'drop'))
    .map(([value, strange, where, how]) => {
      const places = placesIn(value)
      const place = places[where % Math.max(places.length, 1)]
      if (place === undefined) return strange
      const copy = structuredClone(value)
      const holder = place.slice(0, -1).reduce<Holder>((at, name) => at[name] as Holder, copy as Holder)
      const last = place.at(-1) ?? ''
      if (how === 'drop') delete holder[last]
      else if (how === 'add' && !Array.isArray(holder)) holder[`${last}x`] = strange
      else holder[last] = strange
      return copy
    })
}

type Holder = Record<string, unknown>

function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [[...path, name], ...placesIn(inner, [...path, name])])
}

/** What is sent as JSON and is none, or is one nobody would write. */
export const brokenJson: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[]',
    '"text"',
    'null',
    'NaN',
    '{"a":1,"a":2}',
    '{"__proto__":{"a":1}}',
    '{"constructor":{"prototype":{"a":1}}}',
    '\ufeff{}',
    '{"a":1}}',
    `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
    `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
  ),
  fc.string({ unit: 'binary' }),
  fc.json()
)
