// The letters to a person, and those that staff send by post.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { postLetter } from '../../actions/requests/post-letter.ts'
import { parseLocalDate } from '../../domain/deadline/local-date.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { showLetter, showLetters } from '../letter-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { LETTER_COMPONENTS, Letter, LetterInPath, LetterList, Posting } from '../schemas/letters.ts'
import { write } from '../writes.ts'

const tags = ['Requests']

export const letterRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of LETTER_COMPONENTS) app.addSchema(schema)

  app.get(
    '/requests/:id/letters',
    {
      schema: {
        operationId: 'listLetters',
        summary: 'List the letters to the person, oldest first',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(LetterList) }
      }
    },
    async request => await inTenant(db, request.who(), scope => showLetters(scope, request.params.id))
  )

  app.get(
    '/requests/:id/letters/:letterId',
    {
      schema: {
        operationId: 'getLetter',
        summary: 'Read a letter, to print it or to know what was said',
        tags,
        params: LetterInPath,
        querystring: NoQuery,
        response: { 200: refer(Letter) }
      }
    },
    async request => {
      const { id, letterId } = request.params
      return await inTenant(db, request.who(), scope => showLetter(scope, id, letterId))
    }
  )

  app.post(
    '/requests/:id/letters/:letterId/posting',
    {
      schema: {
        operationId: 'postLetter',
        summary: 'Say that a letter was sent by post',
        description:
          'For a person without an address, and for a letter that could not be delivered. They count as told from then on: a restriction of which it gave notice can be lifted.',
        tags,
        params: LetterInPath,
        querystring: WriteQuery,
        body: Posting,
        response: { 201: refer(Letter) }
      }
    },
    async (request, reply) => {
      const { id, letterId } = request.params
      const postedOn = parseLocalDate(request.body.postedOn, '/postedOn')
      const render = (scope: Parameters<typeof showLetter>[0]) => showLetter(scope, id, letterId)
      return await write(db, request, reply, { status: 201, resource: letterId, render }, scope =>
        postLetter(scope, id, letterId, postedOn)
      )
    }
  )
}
