// The conversation with the person, and what staff note for themselves.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { addNote } from '../../actions/requests/add-note.ts'
import { sendMessage } from '../../actions/requests/send-message.ts'
import { type CaseRow, findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { findMessage, type Message as Kept, listMessages } from '../../storage/messages.ts'
import { findNote, type Note as KeptNote, listNotes } from '../../storage/notes.ts'
import { findSubjectRequest } from '../../storage/subject-requests.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  ConversationQuery,
  MESSAGE_COMPONENTS,
  Message,
  MessagePage,
  type MessageShape,
  NewMessage,
  NewNote,
  Note,
  NotePage,
  type NoteShape
} from '../schemas/messages.ts'
import { write } from '../writes.ts'

const tags = ['Requests']

export const messageRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of MESSAGE_COMPONENTS) app.addSchema(schema)

  app.get(
    '/requests/:id/messages',
    {
      schema: {
        operationId: 'listMessages',
        summary: 'Read the conversation of a case, oldest first',
        tags,
        params: IdInPath,
        querystring: ConversationQuery,
        response: { 200: refer(MessagePage) }
      }
    },
    async request => {
      const { id } = request.params
      return await listPage(parts, request, {
        name: `messages ${id}`,
        rows: async (scope, after: [string] | null, limit) =>
          await listMessages(scope, await caseOf(scope, id), after?.[0] ?? null, limit),
        positionOf: ({ row }) => [row.id],
        render: messageView
      })
    }
  )

  app.post(
    '/requests/:id/messages',
    {
      schema: {
        operationId: 'sendMessage',
        summary: 'Write to the person',
        description: 'Goes to the contact point on file, with a link to answer.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: NewMessage,
        response: { 201: refer(Message) }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      const render = async (scope: Scope, messageId: string) =>
        messageView(await findMessage(scope, await caseOf(scope, id), messageId))
      return await write(db, request, reply, { status: 201, resource: uuidv7(), render }, (scope, messageId) =>
        sendMessage(scope, id, { id: messageId, ...request.body })
      )
    }
  )

  app.get(
    '/requests/:id/notes',
    {
      schema: {
        operationId: 'listNotes',
        summary: 'Read the notes of staff, oldest first',
        tags,
        params: IdInPath,
        querystring: ConversationQuery,
        response: { 200: refer(NotePage) }
      }
    },
    async request => {
      const { id } = request.params
      return await listPage(parts, request, {
        name: `notes ${id}`,
        rows: async (scope, after: [string] | null, limit) =>
          await listNotes(scope, await caseOf(scope, id), id, after?.[0] ?? null, limit),
        positionOf: row => [row.id],
        render: noteView
      })
    }
  )

  app.post(
    '/requests/:id/notes',
    {
      schema: {
        operationId: 'addNote',
        summary: 'Keep a note that the person never sees',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: NewNote,
        response: { 201: refer(Note) }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      const render = async (scope: Scope, noteId: string) =>
        noteView(await findNote(scope, await caseOf(scope, id), id, noteId))
      return await write(db, request, reply, { status: 201, resource: uuidv7(), render }, (scope, noteId) =>
        addNote(scope, id, { id: noteId, text: request.body.text })
      )
    }
  )
}

async function caseOf(scope: Scope, requestId: string): Promise<CaseRow> {
  return await findCase(scope, (await findSubjectRequest(scope, requestId)).caseId)
}

function messageView({ row, contents }: Kept): MessageShape {
  const { id, caseId, direction, author, letterId, receivedAt, createdAt } = row
  return {
    id,
    caseId,
    direction,
    author,
    letterId,
    text: contents?.text ?? null,
    sender: contents?.sender ?? null,
    receivedAt: direction === 'in' ? (receivedAt ?? createdAt).toISOString() : null,
    createdAt: createdAt.toISOString()
  }
}

function noteView({ id, author, text, createdAt }: KeptNote): NoteShape {
  return { id, author, text, createdAt: createdAt.toISOString() }
}
