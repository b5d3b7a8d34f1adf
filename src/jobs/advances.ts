// The advances that one process plays, beside its jobs: an advance waits for jobs, and in a job's place it could wait for ever.

import postgres from 'postgres'
import { advanceClock, clocksOnTheirWay } from './advance-clock.ts'
import type { JobParts } from './parts.ts'
import { waitForJobs } from './sandbox-queue.ts'

export interface Advances {
  /** Plays it, now or when there is room. */
  begin(tenantId: string): void
  /** Begins those that are on their way and that nobody may be at: their process ended. */
  resume(): Promise<void>
  /** @returns when what was played has stopped between two instants */
  stop(): Promise<void>
}

/** Each holds a connection. */
const AT_ONCE = 2
const IDLE_SECONDS = 60

/** @param url  of the worker's login */
export function openAdvances(url: string, parts: JobParts, onFailure: (error: unknown) => void): Advances {
  const sql = postgres(url, { max: AT_ONCE, idle_timeout: IDLE_SECONDS, onnotice: () => {} })
  const stopping = new AbortController()
  const waiting = new Set<string>()
  const underWay = new Map<string, Promise<void>>()

  function next(): void {
    for (const tenantId of waiting) {
      if (stopping.signal.aborted || underWay.size >= AT_ONCE) return
      // It may be about to end without having seen that it was sent again.
      if (underWay.has(tenantId)) continue
      waiting.delete(tenantId)
      const played = advanceClock(sql, parts, tenantId, waitForJobs, stopping.signal)
        .catch(onFailure)
        .finally(() => {
          underWay.delete(tenantId)
          next()
        })
      underWay.set(tenantId, played)
    }
  }

  const begin = (tenantId: string): void => {
    waiting.add(tenantId)
    next()
  }
  return {
    begin,
    resume: async () => {
      if (underWay.size >= AT_ONCE) return
      for (const tenantId of await clocksOnTheirWay(sql)) if (!underWay.has(tenantId)) begin(tenantId)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all(underWay.values())
      await sql.end({ timeout: 5 })
    }
  }
}
