// What a tenant's own clock shows. Only a sandbox has one.

import type { TestClock } from '../domain/test-clock.ts'
import { testClocks } from './tables.ts'
import type { Tx } from './transaction.ts'

export type ClockFace = Pick<TestClock, 'shownAt' | 'runsSince'>

/** @returns undefined for a tenant that goes by the service's clock */
export async function clockFaceOf(tx: Tx): Promise<ClockFace | undefined> {
  const { shownAt, runsSince } = testClocks
  const [face] = await tx.select({ shownAt, runsSince }).from(testClocks)
  return face
}
