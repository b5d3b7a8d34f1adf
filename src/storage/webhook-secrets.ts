// The secrets of webhooks, as Standard Webhooks writes them. They are kept sealed and not hashed, for they have to sign.

import { randomBytes } from 'node:crypto'

/** Standard Webhooks asks for 24 to 64. */
const BYTES = 32

export function newWebhookSecret(): string {
  return `whsec_${randomBytes(BYTES).toString('base64')}`
}
