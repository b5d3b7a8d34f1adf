// The conversation with the person, and the notes of staff, on the wire.

import { type Static, Type } from 'typebox'
import { MESSAGE_TOPICS } from '../../actions/requests/send-message.ts'
import { Id, Instant, listQuery, pageOf, strict } from './common.ts'
import { nullable, refer } from './component.ts'

const EXAMPLE_ID = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
const Text = Type.String({ minLength: 1, maxLength: 10_000, pattern: '\\S', description: 'A text that is not blank.' })

export const Message = strict(
  {
    id: Id,
    caseId: Id,
    direction: Type.Enum(['in', 'out'], { description: '`in` came from the person.' }),
    author: nullable(Type.String(), { description: 'Who of the staff wrote it; null for the person.' }),
    text: nullable(Type.String(), { description: 'Null once the personal data was erased.' }),
    sender: nullable(
      strict({
        name: nullable(Type.String()),
        address: nullable(Type.String()),
        isOnFile: Type.Boolean({
          description: "Whether that is the contact point on file; a mail from elsewhere may be anybody's."
        })
      }),
      { description: 'Of a mail: who it says it is from.' }
    ),
    letterId: nullable(Id, { description: 'The letter that carried it out.' }),
    receivedAt: nullable(Instant, {
      description: 'When what the person wrote arrived, also where it was filed later; null of what staff wrote.'
    }),
    createdAt: Instant
  },
  {
    $id: 'Message',
    examples: [
      {
        id: EXAMPLE_ID,
        caseId: EXAMPLE_ID,
        direction: 'out',
        author: 'anna',
        text: 'We have found both accounts.',
        sender: null,
        letterId: EXAMPLE_ID,
        receivedAt: null,
        createdAt: '2026-02-20T10:00:00Z'
      }
    ]
  }
)

export const MessagePage = pageOf(refer(Message), { $id: 'MessagePage' })

export const NewMessage = strict(
  {
    text: Text,
    about: Type.Enum([...MESSAGE_TOPICS], {
      default: 'request',
      description: '`verification` may be written before identity is proven, and says nothing about the request itself.'
    })
  },
  { examples: [{ text: 'We have found both accounts.' }] }
)

export const Note = strict(
  {
    id: Id,
    author: Type.String(),
    text: nullable(Type.String(), { description: 'Null once the personal data was erased.' }),
    createdAt: Instant
  },
  {
    $id: 'Note',
    examples: [
      { id: EXAMPLE_ID, author: 'anna', text: 'Called; will call back on Monday.', createdAt: '2026-02-20T10:00:00Z' }
    ]
  }
)

export const NotePage = pageOf(refer(Note), { $id: 'NotePage' })

export const NewNote = strict({ text: Text }, { examples: [{ text: 'Called; will call back on Monday.' }] })

export const ConversationQuery = listQuery({})

export type MessageShape = Static<typeof Message>
export type NoteShape = Static<typeof Note>
export const MESSAGE_COMPONENTS = [Message, MessagePage, Note, NotePage]
