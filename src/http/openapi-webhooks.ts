// What the service sends, for whoever receives it: the other direction of the API, as OpenAPI 3.1 describes it.

import { EXAMPLE_EVENT_ID } from './schemas/events.ts'

const text = (description: string, example: string) => ({
  required: true,
  description,
  schema: { type: 'string' as const, examples: [example] }
})

export const WEBHOOKS = {
  event: {
    post: {
      operationId: 'receiveEvent',
      summary: 'Hear of what happened',
      description:
        'Sent to each webhook that asked for it, in the form of Standard Webhooks (https://www.standardwebhooks.com): check the signature with its library. At least once, and in no order: `webhook-id` tells what came before, `data.sequence` what happened first. What is not taken within 15 seconds is sent again, ten times in a little more than three days; 410 ends it.',
      tags: ['Webhooks'],
      // Who sends is told by the signature.
      security: [],
      parameters: [
        { name: 'webhook-id', in: 'header' as const, ...text('The `id` of the event.', EXAMPLE_EVENT_ID) },
        {
          name: 'webhook-timestamp',
          in: 'header' as const,
          ...text('When this attempt was made, in seconds since 1970.', '1771581600')
        },
        {
          name: 'webhook-signature',
          in: 'header' as const,
          ...text(
            'HMAC-SHA256 over `id.timestamp.body`, once for each secret in force.',
            'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4='
          )
        }
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } }
      },
      responses: { '2XX': { description: 'Taken. Nothing of the answer but its status is read.' } }
    }
  }
}
