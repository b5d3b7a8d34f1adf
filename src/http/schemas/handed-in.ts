// Data that systems hand in, on the wire.

import { type Static, Type } from 'typebox'
import { Id, Instant, strict, WriteQuery } from './common.ts'
import { nullable, refer } from './component.ts'

const EXAMPLE_HANDED_IN = {
  kind: 'records',
  name: 'orders',
  contentType: 'text/csv',
  category: 'orders',
  bytes: 48_210,
  records: 312,
  handedInAt: '2026-02-20T10:00:00Z'
}

export const HandedIn = strict(
  {
    kind: Type.Enum(['records', 'file']),
    name: Type.String(),
    contentType: Type.String({ description: 'As it came. Records are kept as NDJSON.' }),
    category: nullable(Type.String()),
    bytes: Type.Integer({ minimum: 0 }),
    records: nullable(Type.Integer({ minimum: 0 })),
    handedInAt: Instant
  },
  {
    $id: 'HandedIn',
    description: 'Data that a system handed in for a task.',
    examples: [EXAMPLE_HANDED_IN]
  }
)

export const HandedInList = strict(
  { data: Type.Array(refer(HandedIn)) },
  { $id: 'HandedInList', examples: [{ data: [EXAMPLE_HANDED_IN] }] }
)

/** Whatever a system calls it. It is kept as data and never becomes a path. */
const GivenName = Type.String({ minLength: 1, maxLength: 255 })

export const DatasetInPath = strict({ id: Id, dataset: GivenName })
export const FileInPath = strict({ id: Id, name: GivenName })

export const UploadQuery = strict({
  ...WriteQuery.properties,
  category: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: 'Which of the categories of the task it belongs to.' })
  )
})

/** Read as they stream in, by other means than a schema: these only describe them. */
export const RecordsBody = {
  content: {
    'application/x-ndjson': {
      schema: { description: 'One JSON object a line.', examples: ['{"order":1,"paid":"12.50"}'] }
    },
    'application/json': {
      schema: { description: 'One array of JSON objects.', examples: [[{ order: 1, paid: '12.50' }]] }
    },
    'text/csv': {
      schema: { description: 'With a header line; comma, semicolon or tab.', examples: ['order,paid\n1,12.50'] }
    }
  }
}
export const FileBody = { content: { 'application/octet-stream': { schema: { description: 'The file, as it is.' } } } }

export type HandedInShape = Static<typeof HandedIn>
