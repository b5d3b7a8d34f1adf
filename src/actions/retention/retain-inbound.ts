// Keeps a mail or form that became no case for as long as the tenant says, and no longer (GDPR Art. 5(1)(e)).

import type { Policy } from '../../domain/policy.ts'
import { inboundKeptUntil } from '../../domain/retention.ts'
import type { Scope } from '../../storage/database.ts'
import { eraseInbound, lockInbound } from '../../storage/inbound.ts'
import type { InboundReason } from '../../storage/inbound-contents.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { setTimer } from '../../storage/timers.ts'

/** Sets the timer that erases it, from now: what staff hand in late has its whole time to be sorted. */
export async function setInboundRetention(scope: Scope, policy: Policy, inboundId: string): Promise<void> {
  await setTimer(scope, { kind: 'retention', dueAt: inboundKeptUntil(policy, scope.now) }, { inboundId })
}

/** Erases one whose period has ended. What belongs to a case is kept as long as that is. */
export async function eraseInboundAfterRetention(scope: Scope, inboundId: string): Promise<void> {
  const row = await lockInbound(scope, inboundId)
  if (row.caseId !== null || row.erasedAt !== null) return
  const { body: policy } = await currentPolicy(scope)
  const dueAt = inboundKeptUntil(policy, row.createdAt)
  if (dueAt > scope.now) return await setTimer(scope, { kind: 'retention', dueAt }, { inboundId })
  const wasSorted = row.state === 'dismissed'
  await eraseInbound(scope, inboundId, wasSorted ? (row.why as InboundReason | null) : 'not_sorted_in_time')
}
