// Named parts of the wire: each stands once in the OpenAPI document, under its own name.

import { type Static, type TSchema, type TSchemaOptions, type TUnsafe, Type } from 'typebox'

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: DeepReadonly<T[Name]> }
    : T

/** What travels in the shape of a schema. Read-only, as the nouns of the domain are. */
export type Wire<T extends TSchema> = DeepReadonly<Static<T>>

/** Points to a named schema; the routes and the document then share its one definition. */
export function refer<T extends TSchema>(schema: T): TUnsafe<Wire<T>> {
  const { $id } = schema as { $id?: string }
  if ($id === undefined) throw new Error('Only a schema with an $id can be referred to.')
  return Type.Unsafe<Wire<T>>({ $ref: `${$id}#` })
}

/** The schema or null, in the one form that gives one fault and not two. */
export function nullable<T extends TSchema>(schema: T, options: TSchemaOptions = {}): TUnsafe<Static<T> | null> {
  const { type, enum: values, $ref } = schema as { type?: string; enum?: unknown[]; $ref?: string }
  if ($ref !== undefined) return Type.Unsafe({ anyOf: [schema, { type: 'null' }], ...options })
  const kind = type ?? 'string'
  return Type.Unsafe({
    ...schema,
    ...options,
    type: [kind, 'null'],
    ...(values === undefined ? {} : { enum: [...values, null] })
  })
}
