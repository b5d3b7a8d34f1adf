// Strict input: bodies are taken as they are typed, unknown fields are errors. Query and path arrive as text and are read as
// what the schema says they are.

import AjvCompiler, { type ValidatorFactory } from '@fastify/ajv-compiler'

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
    return (route: Parameters<Compile>[0]) =>
      route.httpPart === 'body' ? bodyValidator(route, firstFault, everyFault) : texts(route)
  }
  return buildStrict as unknown as ValidatorFactory
}

function bodyValidator(route: Parameters<Compile>[0], firstFault: Compile, everyFault: Compile) {
  const isValid = firstFault(route)
  let findAll: Validate | undefined
  return (body: unknown) => {
    if (isValid(body)) return true
    if (JSON.stringify(body ?? null).length > WORTH_READING_WHOLE) return { error: isValid.errors }
    findAll ??= everyFault(route)
    return findAll(body) || { error: findAll.errors }
  }
}
