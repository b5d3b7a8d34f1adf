// What the generated document still needs to read well, whatever the routes.

type Json = Record<string, unknown>

/** The document without needless demands, with an example of each list, and in an order that no route's place changes. */
export function finished<T extends object>(document: T): T {
  const relaxed = withoutNeedForDefaults(document) as Json
  const components = objectAt(relaxed, 'components')
  const schemas = objectAt(components, 'schemas')
  return {
    ...relaxed,
    paths: byName(withHeaders(objectAt(relaxed, 'paths'), schemas)),
    components: { ...components, headers: HEADERS, schemas: byName(withListExamples(schemas)) }
  } as T
}

const HEADERS = {
  'Request-Id': { description: 'Names this call in the log.', schema: { type: 'string', format: 'uuid' } },
  ETag: {
    description: 'The `version` of what the answer shows; send it back as `If-Match`.',
    schema: { type: 'string', examples: ['"7"'] }
  },
  'Idempotency-Replayed': {
    description: 'There when the call was done before with this `Idempotency-Key`.',
    schema: { type: 'string', const: 'true' }
  },
  'Dry-Run': { description: 'There when nothing was changed.', schema: { type: 'string', const: 'true' } }
}

/** Each answer with the headers that come with it. */
function withHeaders(paths: Json, schemas: Json): Json {
  const headersOf = (method: string, status: string, answer: Json): (keyof typeof HEADERS)[] => {
    if (!status.startsWith('2')) return ['Request-Id']
    const written = method === 'get' ? [] : (['Idempotency-Replayed', 'Dry-Run'] as const)
    const { $ref, properties } = objectAt(objectAt(objectAt(answer, 'content'), 'application/json'), 'schema')
    const shown = typeof $ref === 'string' ? objectAt(schemas, $ref.slice($ref.lastIndexOf('/') + 1)) : { properties }
    return ['Request-Id', ...written, ...('version' in objectAt(shown, 'properties') ? (['ETag'] as const) : [])]
  }
  const ofOperation = (method: string, operation: Json): Json => ({
    ...operation,
    responses: mapValues(objectAt(operation, 'responses'), (answer, status) => {
      if (!isObject(answer)) return answer
      const names = headersOf(method, status, answer)
      const headers = Object.fromEntries(names.map(name => [name, { $ref: `#/components/headers/${name}` }]))
      return { ...answer, headers: { ...objectAt(answer, 'headers'), ...headers } }
    })
  })
  return mapValues(paths, path =>
    isObject(path)
      ? mapValues(path, (operation, method) => (isObject(operation) ? ofOperation(method, operation) : operation))
      : path
  )
}

function mapValues(entries: Json, change: (value: unknown, name: string) => unknown): Json {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value, name)]))
}

/** What has a default may be left out: the validator fills it in before it asks whether it is there. */
function withoutNeedForDefaults(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutNeedForDefaults)
  if (!isObject(node)) return node
  const { required, ...rest } = Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withoutNeedForDefaults(value)])
  )
  if (required === undefined) return rest
  if (required === true) return { ...rest, required: !hasDefault(rest.schema) }
  if (!Array.isArray(required)) return { ...rest, required }
  const needed = required.filter(name => !hasDefault(objectAt(rest, 'properties')[name]))
  return needed.length === 0 ? rest : { ...rest, required: needed }
}

/** A page is made of the example of what it lists. */
function withListExamples(schemas: Json): Json {
  const exampleOf = (reference: unknown): unknown => {
    const name = typeof reference === 'string' ? reference.slice(reference.lastIndexOf('/') + 1) : ''
    const { examples } = objectAt(schemas, name)
    return Array.isArray(examples) ? examples[0] : undefined
  }
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { data, nextCursor } = isObject(schema) ? objectAt(schema, 'properties') : {}
      const item = isObject(data) && nextCursor !== undefined ? exampleOf(objectAt(data, 'items').$ref) : undefined
      return [
        name,
        item === undefined ? schema : { ...(schema as Json), examples: [{ data: [item], nextCursor: null }] }
      ]
    })
  )
}

function byName(entries: Json): Json {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function objectAt(parent: Json, name: string): Json {
  const child = parent[name]
  return isObject(child) ? child : {}
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const hasDefault = (schema: unknown): boolean => isObject(schema) && 'default' in schema
