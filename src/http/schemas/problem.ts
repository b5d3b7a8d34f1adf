// RFC 9457, as every failure leaves.

import { Type } from 'typebox'
import { ERROR_CODES } from '../../domain/errors.ts'
import { DOOR_CODES } from '../problem-codes.ts'
import { strict } from './common.ts'

export const Problem = Type.Object(
  {
    type: Type.String({
      format: 'uri',
      description: 'A page of this server that says what it means and how to mend it.'
    }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'One sentence about this very call.' }),
    code: Type.Enum([...ERROR_CODES, ...DOOR_CODES].sort(), { description: 'Stable; for programs.' }),
    requestId: Type.String({ description: 'Quote it to the operator.' }),
    errors: Type.Optional(
      Type.Array(
        strict({
          pointer: Type.String({ description: 'JSON pointer into the body, or /query/x, /path/x, /header/x.' }),
          rule: Type.String(),
          fix: Type.String({ description: 'What to send instead.' })
        })
      )
    )
  },
  {
    $id: 'Problem',
    description: 'Refused. Some codes add facts of their own, such as `allowedActions`.',
    examples: [
      {
        type: 'https://privacy.example/problems/invalid',
        title: 'Something in the call is not valid',
        status: 422,
        detail: 'The call is not valid; each entry of errors says how to mend it.',
        code: 'invalid',
        requestId: '6f1c2a9e-6d0f-4c6e-9a53-0d7a4f0b7f11',
        errors: [
          {
            pointer: '/rights/0',
            rule: 'enum',
            fix: 'Send one of access, rectification, erasure; did you mean access?'
          }
        ]
      }
    ]
  }
)
