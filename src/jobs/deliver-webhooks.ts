// Sends what is due of one webhook, round by round. Read first, then send: no transaction is open while a stranger makes up their mind.

import { passOn, type Round, recordRound, takeRound } from '../actions/webhooks/serve-webhook.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import type { Attempt, JobParts } from './parts.ts'

/** After so many rounds the job goes to the end of the queue, so that webhooks take turns. */
const ROUNDS = 25

export function deliverWebhooks({ db, clock, webhooks }: Pick<JobParts, 'db' | 'clock' | 'webhooks'>) {
  return async ({ tenantId, webhookId }: Jobs['deliver_webhooks'], { stopping }: Attempt): Promise<void> => {
    const who = () => ({ tenantId, actor: SYSTEM, now: clock() })
    let held: Date | null = null
    for (let round = 0; round < ROUNDS && !stopping?.aborted; round += 1) {
      const taken: Round | null = await inTenant(db, who(), scope => takeRound(scope, webhookId, held))
      if (taken === null) return
      const { url, secrets, messages, heldUntil } = taken
      const outcomes = await Promise.all(
        messages.map(async ({ row, id, body }) => ({
          row,
          // Signed with the service's time and not a sandbox's, for the receiver compares it with its own.
          attempted: await webhooks.send({ url, id, body, secrets, at: clock() })
        }))
      )
      await inTenant(db, who(), scope => recordRound(scope, webhookId, outcomes, Math.random()))
      held = heldUntil
    }
    await inTenant(db, who(), scope => passOn(scope, webhookId, held))
  }
}
