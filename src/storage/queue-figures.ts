// How the queue fares. Only the worker's login sees it; it looks at counts and at nothing else.

import postgres from 'postgres'

export interface QueueFigures {
  /** `waiting` are due or will be, `running` are being done, `failed` are past their last attempt and wait for a person. */
  countJobs(): Promise<{ waiting: number; running: number; failed: number }>
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
    close: () => sql.end({ timeout: 5 })
  }
}
