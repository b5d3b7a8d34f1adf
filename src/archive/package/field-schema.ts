// The field dictionary of a dataset, inferred from its records: which fields there are, of which types, and which of them
// every record has. It is what makes a portable file "structured" for the program that reads it (GDPR Art. 20(1)).

import { isExactNumber } from '../exact-json.ts'

type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object'

export interface FieldSchema {
  readonly type?: JsonType | readonly JsonType[]
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
  readonly items?: FieldSchema
}

interface Field {
  readonly types: Set<JsonType>
  readonly properties: Map<string, Field>
  /** How many objects were seen here, and in how many of their siblings this field stood. */
  objects: number
  present: number
  items: Field | null
}

/** Fields of one dataset; what appears after that many goes undescribed. */
const FIELDS_MAX = 2_000

/** Gathers the JSON Schema of a dataset from its records, without keeping any of them. */
export function gatherSchema() {
  const root = newField()
  let count = 0

  function see(field: Field, value: unknown): void {
    field.types.add(typeOf(value))
    if (Array.isArray(value)) {
      field.items ??= newField()
      for (const item of value) see(field.items, item)
    } else if (typeof value === 'object' && value !== null && !isExactNumber(value)) {
      field.objects += 1
      for (const [name, inner] of Object.entries(value)) {
        const known = field.properties.get(name) ?? add(field, name)
        if (known === null) continue
        known.present += 1
        see(known, inner)
      }
    }
  }

  function add(parent: Field, name: string): Field | null {
    if (count >= FIELDS_MAX) return null
    count += 1
    const field = newField()
    parent.properties.set(name, field)
    return field
  }

  return {
    see: (record: Readonly<Record<string, unknown>>): void => see(root, record),
    /** The schema of the whole file: an array of the records seen. */
    schema: (): FieldSchema => ({ type: 'array', items: describe(root) })
  }
}

function describe(field: Field): FieldSchema {
  const types = [...field.types].filter(type => type !== 'integer' || !field.types.has('number'))
  const required = [...field.properties].filter(([, inner]) => inner.present === field.objects).map(([name]) => name)
  const properties = [...field.properties].map(([name, inner]) => [name, describe(inner)] as const)
  return {
    ...(types.length === 1 ? { type: types[0]! } : types.length > 1 ? { type: types } : {}),
    ...(field.types.has('object') ? { properties: Object.fromEntries(properties), required } : {}),
    ...(field.items === null ? {} : { items: describe(field.items) })
  }
}

function newField(): Field {
  return { types: new Set(), properties: new Map(), objects: 0, present: 0, items: null }
}

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (isExactNumber(value)) return /^-?\d+$/.test(value.rawJSON) ? 'integer' : 'number'
  switch (typeof value) {
    case 'boolean':
      return 'boolean'
    case 'number':
      return Number.isInteger(value) ? 'integer' : 'number'
    case 'string':
      return 'string'
    default:
      return 'object'
  }
}
