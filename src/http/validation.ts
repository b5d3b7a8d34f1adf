// Strict input: bodies are taken as they are typed, unknown fields are errors. Query and path arrive as text and are read as
// what the schema says they are.

import { Stream } from 'node:stream'
import AjvCompiler, { type ValidatorFactory } from '@fastify/ajv-compiler'
import { isKeepable, unkeepableParts } from './keepable.ts'

const STRICT = { removeAdditional: false, allowUnionTypes: true, verbose: true, useDefaults: true } as const
/** Characters of a body up to which all its faults are looked for. In a larger one finding them all would take too long. */
const WORTH_READING_WHOLE = 65_536

interface Validate {
  (value: unknown): boolean
  readonly errors?: unknown
}
type Compile = (route: { readonly schema?: unknown; readonly httpPart?: string }) => Validate
/** As Fastify calls it; the package's own types tell of the validator underneath. */
type Build = (schemas: object, options: object) => Compile

/** For Fastify's `schemaController.compilersFactory`. Its own default coerces bodies and silently drops what it does not know. */
export function strictValidators(): ValidatorFactory {
  const build = AjvCompiler() as unknown as Build
  const buildStrict = (schemas: object, options: object) => {
    const compileWith = (customOptions: object) =>
      build(schemas, { ...options, customOptions: { ...STRICT, ...customOptions } })
    const texts = compileWith({ coerceTypes: 'array', allErrors: true })
    const firstFault = compileWith({ coerceTypes: false })
    const everyFault = compileWith({ coerceTypes: false, allErrors: true })
    return (route: Parameters<Compile>[0]) => {
      if (route.httpPart === 'body') return bodyValidator(route, firstFault, everyFault)
      // A name in a path is sealed as it came; what is looked for is compared by the database.
      return route.httpPart === 'querystring' ? queryValidator(texts(route)) : texts(route)
    }
  }
  return buildStrict as unknown as ValidatorFactory
}

function bodyValidator(route: Parameters<Compile>[0], firstFault: Compile, everyFault: Compile) {
  const isValid = firstFault(route)
  let findAll: Validate | undefined
  return (body: unknown) => {
    if (!isUnread(body) && !isKeepable(body)) return { error: unkeepableParts(body) }
    if (isValid(body)) return true
    if (JSON.stringify(body ?? null).length > WORTH_READING_WHOLE) return { error: isValid.errors }
    findAll ??= everyFault(route)
    return findAll(body) || { error: findAll.errors }
  }
}

/** An upload that its route reads as it comes. */
function isUnread(body: unknown): boolean {
  return body instanceof Stream || body instanceof Uint8Array
}

function queryValidator(isValid: Validate) {
  return (query: unknown) => {
    if (!isKeepable(query)) return { error: unkeepableParts(query) }
    return isValid(query) || { error: isValid.errors }
  }
}
