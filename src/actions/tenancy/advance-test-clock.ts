// A sandbox's clock is sent ahead. What comes due on the way is played by a job, each thing at its own instant.

import { type Advance, endOfAdvance, refuseLive } from '../../domain/test-clock.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { sendTestClock } from '../../storage/test-clocks.ts'

/**
 * @throws {HabeasError} `sandbox_only` for a live tenant; `invalid` where it would not go forward, or too far; `clock_advancing`
 *   while it is still on its way
 */
export async function advanceTestClock(scope: Scope, advance: Advance): Promise<void> {
  refuseLive(scope.tenant)
  const { body: policy } = await currentPolicy(scope)
  await sendTestClock(scope, endOfAdvance(advance, scope.now, policy.timeZone))
  await promise(scope, 'advance_clock', {})
}
