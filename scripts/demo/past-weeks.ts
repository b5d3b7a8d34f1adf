// Walks through the past weeks: what people and staff did, at its time, and between it what the service did by itself.

import postgres from 'postgres'
import type { JobParts } from '../../src/jobs/parts.ts'
import { openShift } from '../../src/jobs/worker.ts'

export interface Happening {
  readonly at: Date
  happens(): Promise<unknown>
}

/** A clock that stands until it is set. */
export interface SetClock {
  (): Date
  set(now: Date): void
}

export function openSetClock(now: Date): SetClock {
  let current = now
  const clock = () => new Date(current)
  return Object.assign(clock, { set: (next: Date) => (current = next) })
}

/**
 * Lets everything happen in order of time, up to `until`. After each, and whenever a timer is due meanwhile, the promised
 * work is done, by the clock of that moment: reminders, expiries and alerts come when they would have come.
 */
export async function relive(
  happenings: readonly Happening[],
  { workerUrl, parts, clock, until }: { workerUrl: string; parts: JobParts; clock: SetClock; until: Date },
  signal: AbortSignal
): Promise<void> {
  const inOrder = [...happenings].sort((one, other) => one.at.getTime() - other.at.getTime())
  const shift = openShift(workerUrl, parts)
  const sql = postgres(workerUrl, { max: 1, onnotice: () => {} })
  const passTimeTo = async (moment: Date) => {
    for (;;) {
      signal.throwIfAborted()
      const [next] = await sql<{ dueAt: Date | null }[]>`
        select min(due_at) as "dueAt" from timers where fired_at is null and due_at <= ${moment}`
      if (next?.dueAt == null) break
      if (next.dueAt > clock()) clock.set(next.dueAt)
      await shift.workOff()
    }
    clock.set(moment)
  }

  try {
    for (const { at, happens } of inOrder) {
      await passTimeTo(at)
      await happens()
      await shift.workOff()
    }
    await passTimeTo(until)
  } finally {
    await sql.end({ timeout: 5 })
    await shift.close()
  }
}
