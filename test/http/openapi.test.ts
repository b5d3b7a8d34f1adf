import { readFile } from 'node:fs/promises'
import t from 'tap'
import { openApiDocument } from '../../scripts/write-openapi.ts'
import { ACCESS, type Access } from '../../src/http/access.ts'

interface Media {
  readonly example?: unknown
  readonly examples?: unknown
  readonly schema: { readonly $ref?: string; readonly examples?: unknown }
}
interface Answer {
  readonly content?: Record<string, Media>
}
interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly tags: string[]
  readonly security?: object[]
  readonly requestBody?: Answer
  readonly responses: Record<string, Answer>
}

t.test('The OpenAPI document', async t => {
  const text = await openApiDocument()
  const document = JSON.parse(text)
  const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.values(methods).map(operation => ({ path, ...operation }))
  )
  const hasExample = ({ content = {} }: Answer): boolean =>
    Object.values(content).some(({ example, examples, schema }) => {
      const named = schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)!]
      return example !== undefined || examples !== undefined || named.examples !== undefined
    })

  t.equal(document.openapi, '3.1.0')
  t.equal(await openApiDocument(), text, 'is the same however often it is made')
  t.equal(await readFile('openapi/openapi.json', 'utf8'), text, 'is committed as it is')

  for (const { path, operationId, summary, tags, security, requestBody, responses } of operations) {
    t.ok(operationId && summary && tags.length === 1, `${path} ${operationId} says what it is`)
    t.ok(responses['4XX'], `${operationId} says how it refuses`)
    const bodies = [
      requestBody,
      ...Object.entries(responses)
        .filter(([status]) => /^2/.test(status))
        .map(([, answer]) => answer)
    ]
    // An archive or a mail needs no example of itself.
    const speaking = bodies.filter(body => body?.content?.['application/json'] !== undefined)
    t.ok(speaking.length === 0 || speaking.some(body => hasExample(body!)), `${operationId} has an example`)
    if (path.startsWith('/v1/')) {
      const needsKey = (ACCESS as Record<string, Access>)[operationId]!.scope !== null
      t.equal(security?.length, needsKey ? 2 : 1, `${operationId} says who may`)
    }
  }
  t.equal(
    new Set(operations.map(({ operationId }) => operationId)).size,
    operations.length,
    'no two operations share a name'
  )
  t.same(
    tagsOf(operations).filter(tag => !document.tags.some(({ name }: { name: string }) => name === tag)),
    [],
    'every tag is described'
  )
})

const tagsOf = (operations: readonly Operation[]) => [...new Set(operations.flatMap(({ tags }) => tags))]
