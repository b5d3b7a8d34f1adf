// What the validator found, said so that the caller can mend it: where, which rule, and what to send instead.

import type { FastifySchemaValidationError } from 'fastify'
import type { Fault } from '../domain/errors.ts'
import { nearest } from './nearest.ts'

/** More faults than a person would read at once. */
const MAX_FAULTS = 50

/** A fault as AJV reports it with `verbose`. */
interface Finding extends FastifySchemaValidationError {
  readonly parentSchema?: { readonly properties?: Record<string, unknown>; readonly description?: string }
  readonly data?: unknown
}

const PLACES: Readonly<Record<string, string>> = {
  body: '',
  querystring: '/query',
  params: '/path',
  headers: '/header'
}

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a day as YYYY-MM-DD, such as 2026-02-20',
  'date-time': 'an instant as RFC 3339, such as 2026-02-20T10:00:00Z',
  email: 'one plain address such as name@example.com',
  uri: 'an absolute URL such as https://example.com/privacy',
  uuid: 'an id as this service gave it, such as 0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
}

/** @param part `body`, `querystring`, `params` or `headers` */
export function faultsOf(findings: readonly FastifySchemaValidationError[], part: string): Fault[] {
  const seen = new Set<string>()
  const faults: Fault[] = []
  for (const finding of withoutEchoes(findings)) {
    const fault = faultOf(finding, PLACES[part] ?? '')
    const mark = `${fault.pointer} ${fault.rule}`
    if (!seen.has(mark)) faults.push(fault)
    seen.add(mark)
    if (faults.length === MAX_FAULTS) break
  }
  return faults
}

/** A choice (`anyOf`) reports each way in which it failed and then itself; what matters is the way that was meant. */
function withoutEchoes(findings: readonly FastifySchemaValidationError[]): Finding[] {
  const telling = findings.filter(
    ({ keyword, params }) => !isChoice(keyword) && !(keyword === 'type' && params.type === 'null')
  )
  return telling.length > 0 ? telling : [...findings]
}

const isChoice = (keyword: string) => keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'if'

function faultOf(finding: Finding, place: string): Fault {
  const { keyword, params, instancePath } = finding
  const at = place + instancePath
  switch (keyword) {
    case 'required':
      return {
        pointer: join(at, params.missingProperty),
        rule: keyword,
        fix: `Send ${params.missingProperty}; it may not be left out.`
      }
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return { pointer: join(at, params.additionalProperty), rule: 'unknown', fix: unknownName(finding) }
    default:
      return { pointer: at, rule: keyword, fix: fixOf(finding) }
  }
}

function fixOf({ keyword, params, data, parentSchema }: Finding): string {
  switch (keyword) {
    case 'type':
      return `Send ${kindsOf(params.type)}.`
    case 'enum':
    case 'const':
      return oneOf(params.allowedValues ?? [params.allowedValue], data)
    case 'format':
      return `Send ${FORMATS[String(params.format)] ?? `a value in the format ${params.format}`}.`
    case 'pattern':
      return parentSchema?.description
        ? `Send: ${parentSchema.description}`
        : `Send a value that matches ${params.pattern}.`
    case 'minLength':
      return params.limit === 1 ? 'Send a text that is not empty.' : `Send at least ${params.limit} characters.`
    case 'maxLength':
      return `Send at most ${params.limit} characters.`
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `Send a number ${params.comparison} ${params.limit}.`
    case 'minItems':
    case 'minProperties':
      return `Send at least ${params.limit}.`
    case 'maxItems':
    case 'maxProperties':
      return `Send at most ${params.limit}.`
    case 'unicode':
      return 'Send whole characters: no NUL, no half of a surrogate pair.'
    case 'depth':
      return 'Send it less deeply nested.'
    case 'uniqueItems':
      return 'Send each only once.'
    case 'propertyNames':
      return `The name ${JSON.stringify(params.propertyName)} is not possible here.`
    default:
      return 'Send one of the shapes that the documentation of this operation describes.'
  }
}

function unknownName({ params, parentSchema }: Finding): string {
  const name = String(params.additionalProperty ?? params.unevaluatedProperty)
  const known = Object.keys(parentSchema?.properties ?? {})
  const meant = nearest(name, known)
  if (meant !== undefined) return `There is no ${JSON.stringify(name)} here; did you mean ${meant}?`
  return known.length > 0 ? `Leave it out. Known are: ${known.join(', ')}.` : 'Leave it out.'
}

function oneOf(allowed: unknown, sent: unknown): string {
  const values = Array.isArray(allowed) ? allowed.filter(value => value !== null).map(String) : []
  const meant = typeof sent === 'string' ? nearest(sent, values) : undefined
  return `Send one of ${values.join(', ')}${meant === undefined ? '' : `; did you mean ${meant}?`}${meant === undefined ? '.' : ''}`
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'a JSON object',
  string: 'a text in quotes'
}

function kindsOf(types: unknown): string {
  const names = Array.isArray(types) ? types : String(types).split(',')
  return names.map(name => KINDS[name] ?? name).join(' or ')
}

/** RFC 6901: `~` and `/` in a name are written `~0` and `~1`. */
function join(pointer: string, name: unknown): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
