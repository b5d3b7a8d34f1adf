// The door for time: takes promised work from the queue, and looks for timers that are due.

import type { FastifyBaseLogger } from 'fastify'
import { type JobHelpers, Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import pg from 'pg'
import postgres from 'postgres'
import type { JobKind, Jobs } from '../domain/jobs.ts'
import { askVerificationJob } from './ask-verification.ts'
import { beginWorkJob } from './begin-work.ts'
import { buildPackage } from './build-package.ts'
import { fireTimers } from './fire-timers.ts'
import { keepHouse } from './keep-house.ts'
import { openSubmission } from './open-submission.ts'
import type { Attempt, JobParts } from './parts.ts'
import { removeObjects } from './remove-objects.ts'
import { sendLetter } from './send-letter.ts'
import { startFulfilmentJob } from './start-fulfilment.ts'
import { writeCheckpointJob, writeDueCheckpoints } from './write-checkpoint.ts'

export interface WorkerSettings {
  /** Of the worker's login. */
  readonly url: string
  readonly concurrency: number
  /** How often timers are looked for, in milliseconds. */
  readonly timersEveryMs: number
  readonly logger: Pick<FastifyBaseLogger, 'error' | 'warn' | 'info' | 'debug'>
}

export interface Worker {
  readonly stop: () => Promise<void>
}

type Handlers = { readonly [K in JobKind]: (job: Jobs[K], attempt: Attempt) => Promise<void> }

/** Every kind of promised work and what does it. The compiler refuses a kind left out. */
export function handlersOf(parts: JobParts): Handlers {
  return {
    ask_verification: askVerificationJob(parts),
    begin_work: beginWorkJob(parts),
    send_letter: sendLetter(parts),
    start_fulfilment: startFulfilmentJob(parts),
    build_package: buildPackage(parts),
    open_submission: openSubmission(parts),
    write_checkpoint: writeCheckpointJob(parts),
    remove_objects: removeObjects(parts)
  }
}

/** Works until it is stopped; what it has begun when it is stopped, it ends. */
export async function startWorker(
  { url, concurrency, timersEveryMs, logger }: WorkerSettings,
  parts: JobParts
): Promise<Worker> {
  const runner: Runner = await run({
    connectionString: url,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    taskList: taskListOf(parts),
    logger: quietLogger(logger)
  })
  const timers = postgres(url, { max: 1, onnotice: () => {} })
  const tidy = keepHouse(parts)
  const stopping = new AbortController()
  const rounds = fireForEver()
  return {
    stop: async () => {
      stopping.abort()
      await Promise.all([runner.stop().catch(ignoreStopped), rounds])
      await timers.end({ timeout: 5 })
    }
  }

  async function fireForEver(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await fireTimers(timers, parts.db, parts.clock)
        await writeDueCheckpoints(parts)
        await tidy()
      } catch (error) {
        logger.error({ err: { name: error instanceof Error ? error.name : 'unknown' } }, 'timers could not be fired')
      }
      await pause(timersEveryMs, stopping.signal)
    }
  }
}

export interface Shift {
  /** Does everything that is promised and due. @returns when a round found nothing more to do */
  readonly workOff: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Works when it is told to instead of when something is promised: for tests and scripts that do not want to wait. */
export function openShift(url: string, parts: JobParts): Shift {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  // A connection that breaks is told by the query that needed it.
  pool.on('error', () => {})
  pool.on('connect', client => client.on('error', () => {}))
  const timers = postgres(url, { max: 1, onnotice: () => {} })
  const taskList = taskListOf(parts)
  return {
    workOff: async () => {
      for (;;) {
        await runOnce({ pgPool: pool, taskList, noHandleSignals: true, logger: quietLogger(null) })
        if ((await fireTimers(timers, parts.db, parts.clock)) === 0) return
      }
    },
    close: async () => {
      await timers.end({ timeout: 5 })
      await pool.end()
    }
  }
}

/** One shift of its own. @returns when a round found nothing more to do */
export async function workOff(url: string, parts: JobParts): Promise<void> {
  const shift = openShift(url, parts)
  try {
    await shift.workOff()
  } finally {
    await shift.close()
  }
}

/** A job is at least once, perhaps more, so each handler is safe to repeat. */
function taskListOf(parts: JobParts): TaskList {
  const handlers = Object.entries(handlersOf(parts))
  return Object.fromEntries(
    handlers.map(([kind, handle]) => [
      kind,
      (payload: unknown, { job }: JobHelpers) =>
        handle(payload as never, { number: job.attempts, isLast: job.attempts >= job.max_attempts })
    ])
  )
}

/** The queue's own messages carry payloads and errors: only their level and text of ours are let through. */
function quietLogger(logger: WorkerSettings['logger'] | null): Logger {
  return new Logger(() => (level, _message, meta) => {
    if (logger === null || level !== 'error') return
    const { job, error } = (meta ?? {}) as {
      job?: { task_identifier?: string; id?: string; attempts?: number }
      error?: unknown
    }
    logger.error(
      {
        job: job?.task_identifier,
        jobId: job?.id,
        attempt: job?.attempts,
        failure: error instanceof Error ? error.name : undefined
      },
      'a job failed'
    )
  })
}

/** Stopping a runner that is stopping is no fault. */
function ignoreStopped(): void {}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true }
    )
  })
}
