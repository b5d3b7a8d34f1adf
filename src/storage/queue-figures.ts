// How the queue and the timers fare. Only the worker's login sees them; it looks at counts and times and at nothing else.

import postgres from 'postgres'

export interface QueueFigures {
  /** `waiting` are due or will be, `running` are being done, `failed` are past their last attempt and wait for a person. */
  countJobs(): Promise<{ waiting: number; running: number; failed: number }>
  /** Seconds since the oldest timer came due that has not fired; 0 when all have. While it grows, nobody is alerted of anything. */
  secondsLate(now: Date): Promise<number>
  close(): Promise<void>
}

const CONNECT_TIMEOUT_SECONDS = 5
const IDLE_SECONDS = 60

/** @param url  of the worker's login; connected to when figures are first asked for */
export function openQueueFigures(url: string): QueueFigures {
  const sql = postgres(url, {
    max: 1,
    idle_timeout: IDLE_SECONDS,
    connect_timeout: CONNECT_TIMEOUT_SECONDS,
    onnotice: () => {}
  })
  return {
    async countJobs() {
      const [row] = await sql<{ waiting: number; running: number; failed: number }[]>`
        select count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
               count(*) filter (where locked_at is not null)::int as running,
               count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed
        from graphile_worker._private_jobs`
      if (row === undefined) throw new Error('A count is one row.')
      return row
    },
    async secondsLate(now) {
      const [row] = await sql<{ late: number }[]>`
        select coalesce(extract(epoch from ${now}::timestamptz - min(due_at)), 0)::float8 as late
        from timers where fired_at is null and due_at <= ${now}`
      return row?.late ?? 0
    },
    close: () => sql.end({ timeout: 5 })
  }
}
