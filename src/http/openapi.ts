// The OpenAPI document, made from the routes' own schemas, and the page to try them on.

import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema } from 'fastify'
import packageJson from '../../package.json' with { type: 'json' }
import type { Access } from './access.ts'
import { finished } from './openapi-document.ts'
import { WEBHOOKS } from './openapi-webhooks.ts'
import { Problem } from './schemas/problem.ts'

const DESCRIPTION = `Receive, verify, fulfil and answer data-subject-rights requests, on time and provably so.

Send \`Authorization: Bearer\` with a staff token of your issuer or an API key (\`hab_live_...\`, \`hab_test_...\` in a sandbox). Every POST takes an
\`Idempotency-Key\`; every resource has an \`ETag\` and honours \`If-Match\`; \`dryRun=true\` on a write runs every check and changes
nothing. Lists answer \`{ data, nextCursor }\`. Every failure is an RFC 9457 problem document whose \`type\` is a page of this server.`

const TAGS = [
  { name: 'Requests', description: 'Open, follow and move the requests of data subjects.' },
  { name: 'Lifecycle', description: 'Each move of a request is a thing one creates under it.' },
  { name: 'Answers', description: 'The outcome, the letter and its preview.' },
  { name: 'Tasks', description: 'What each system has to do, and what it hands in.' },
  { name: 'Register', description: 'Who may not be processed.' },
  { name: 'Inbound', description: 'Mails and forms that became requests, or wait to be sorted.' },
  { name: 'Webhooks', description: 'What happened, told to programs or asked for.' },
  { name: 'Tenant', description: 'Policy, data map and credentials.' },
  { name: 'Sandbox', description: 'A tenant for trying things out, whose clock can be sent ahead.' },
  { name: 'Deadlines', description: 'Due dates with their reasons.' },
  { name: 'Reports', description: 'How the requests stand and went.' },
  { name: 'Calendar', description: 'The deadlines where people see them: in their calendars.' },
  { name: 'Audit', description: 'The history, verified.' },
  { name: 'Public', description: 'Intake without credentials.' }
]

/** All that the page needs comes with it. Its own script styles elements in place, which only `unsafe-inline` allows. */
const DOCS_POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"]
}

/** Collects every tagged route of `app` that is mounted after this. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  app.addSchema(Problem)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Habeas',
        version: packageJson.version,
        description: DESCRIPTION,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' }
      },
      servers: [{ url: '/' }],
      tags: TAGS,
      webhooks: WEBHOOKS,
      components: {
        securitySchemes: {
          staffToken: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: "A token of the tenant's issuer."
          },
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'hab_live_...',
            description: 'An API key with the scope named.'
          }
        }
      }
    },
    hideUntagged: true,
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, index) =>
        typeof schema.$id === 'string' ? schema.$id : `Schema${index}`
    },
    transform: ({ schema, url, route }) => ({
      schema: withDoor(schema, route.config?.access, [route.method].flat().includes('GET')),
      url
    }),
    transformObject: document =>
      'openapiObject' in document ? finished(document.openapiObject) : document.swaggerObject
  })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    theme: { title: 'Habeas API' },
    uiConfig: { deepLinking: true, persistAuthorization: false, tryItOutEnabled: true }
  })
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/docs'))
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

const PROBLEM_ANSWER = {
  description: 'Refused, with the reason.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } }
}

/** Read by hand, so that a fault in them is told apart from one in the body; described here for whoever calls. */
const WRITE_HEADERS = {
  type: 'object',
  properties: {
    'Idempotency-Key': {
      type: 'string',
      maxLength: 255,
      description: 'Chosen by the caller: the same call repeated with it is done once and answered alike, for 72 hours.'
    },
    'If-Match': {
      type: 'string',
      description: 'The ETag last seen; the call is refused with 412 when it is no longer the current one.'
    }
  }
}

/** What is the same for every operation behind the door: who may, and how it refuses. */
function withDoor(schema: FastifySchema | undefined, access: Access | undefined, isRead: boolean): FastifySchema {
  const { response, description, ...rest } = (schema ?? {}) as FastifySchema & {
    description?: string
    response?: object
  }
  const answers = { ...response, '4xx': PROBLEM_ANSWER, '5xx': PROBLEM_ANSWER }
  if (access === undefined) return { ...rest, ...(description === undefined ? {} : { description }), response: answers }
  const feed = access.feed === true ? ' Or the token of a calendar feed, in the address.' : ''
  const may = `Staff: ${access.staff.join(', ')}. ${keysThatMay(access)}${feed}`
  return {
    ...rest,
    description: description === undefined ? may : `${description}\n\n${may}`,
    ...(isRead ? {} : { headers: WRITE_HEADERS }),
    security: access.scope === null ? [{ staffToken: [] }] : [{ staffToken: [] }, { apiKey: [] }],
    response: answers
  } as FastifySchema
}

function keysThatMay({ scope }: Access): string {
  if (scope === null) return 'No API key may.'
  return scope === 'any' ? 'Any API key may.' : `API keys need the scope \`${scope}\`.`
}
