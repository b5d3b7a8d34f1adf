// What many operations share on the wire.

import { type TProperties, type TSchema, type TSchemaOptions, Type } from 'typebox'

export const EXAMPLE_ID = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'

export const Id = Type.String({ format: 'uuid', examples: [EXAMPLE_ID] })
export const Instant = Type.String({
  format: 'date-time',
  description: 'RFC 3339, UTC.',
  examples: ['2026-02-20T10:00:00Z']
})
export const Day = Type.String({
  format: 'date',
  description: 'A legal day, without time or zone.',
  examples: ['2026-03-02']
})
export const Version = Type.Integer({ minimum: 1, description: 'Grows with every change; the ETag.' })

export const Note = Type.String({ minLength: 1, maxLength: 5_000 })

/** An object that takes nothing but its properties. */
export function strict<T extends TProperties>(properties: T, options: TSchemaOptions = {}) {
  return Type.Object(properties, { ...options, additionalProperties: false })
}

/** `/{id}` */
export const IdInPath = strict({ id: Id })

/** The query of every write. */
export const WriteQuery = strict({
  dryRun: Type.Optional(
    Type.Boolean({ description: 'Runs every check and changes nothing; the answer is what it would have been.' })
  )
})

/** The query of a route that takes none: an unknown parameter is an error, not a filter that silently does not filter. */
export const NoQuery = strict({})

/** The query of a list, with its own filters. */
export function listQuery<T extends TProperties>(filters: T) {
  return strict({
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'How many at most.' }),
    cursor: Type.Optional(Type.String({ maxLength: 1000, description: '`nextCursor` of the page before.' })),
    ...filters
  })
}

/** A page of a list. */
export function pageOf<T extends TSchema>(item: T, options: TSchemaOptions = {}) {
  return strict(
    {
      data: Type.Array(item),
      nextCursor: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Null on the last page.' })
    },
    options
  )
}

/** For a 204. */
export const Nothing = Type.Null({ description: 'Done.' })
