// The door for time: takes promised work from the queue, and looks for timers that are due.

import { setTimeout } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import { type JobHelpers, Logger, type Runner, run, runOnce, type TaskList } from 'graphile-worker'
import pg from 'pg'
import postgres from 'postgres'
import type { JobKind, Jobs } from '../domain/jobs.ts'
import { advanceClock, clocksOnTheirWay } from './advance-clock.ts'
import { openAdvances } from './advances.ts'
import { askVerificationJob } from './ask-verification.ts'
import { beginWorkJob } from './begin-work.ts'
import { buildPackage } from './build-package.ts'
import { confirmReceiptJob } from './confirm-receipt.ts'
import { deliverWebhooks } from './deliver-webhooks.ts'
import { hourly, tenantIds } from './every-tenant.ts'
import { fireTimers } from './fire-timers.ts'
import { followCalendarJob, followCalendars } from './follow-calendar.ts'
import { keepHouse } from './keep-house.ts'
import { openSubmission } from './open-submission.ts'
import type { Attempt, JobParts } from './parts.ts'
import { planAlertsJob } from './plan-alerts.ts'
import { removeObjects } from './remove-objects.ts'
import { resumeWaitingJob } from './resume-waiting.ts'
import { bringJobsForward } from './sandbox-queue.ts'
import { sendLetter } from './send-letter.ts'
import { startFulfilmentJob } from './start-fulfilment.ts'
import { writeDueCheckpoints } from './write-checkpoint.ts'

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

/** Receivers that one process serves at once; each mostly waits. */
const RECEIVERS_AT_ONCE = 50
/** To the queue, for all of them: one listens, the others take jobs and end them. */
const RECEIVER_CONNECTIONS = 3
/** The queue tells of new jobs by itself; looking is for what was missed. */
const RECEIVER_POLL_MS = 10_000

type Handlers = { readonly [K in JobKind]: (job: Jobs[K], attempt: Attempt) => Promise<void> }

/**
 * Every kind of promised work and what does it. The compiler refuses a kind left out.
 * @param beginAdvance  takes an advance up, and does not wait for it: it waits for jobs itself
 */
export function handlersOf(parts: JobParts, beginAdvance: (tenantId: string) => void): Handlers {
  return {
    advance_clock: async ({ tenantId }) => beginAdvance(tenantId),
    ask_verification: askVerificationJob(parts),
    begin_work: beginWorkJob(parts),
    confirm_receipt: confirmReceiptJob(parts),
    send_letter: sendLetter(parts),
    start_fulfilment: startFulfilmentJob(parts),
    resume_waiting: resumeWaitingJob(parts),
    build_package: buildPackage(parts),
    open_submission: openSubmission(parts),
    plan_alerts: planAlertsJob(parts),
    follow_calendar: followCalendarJob(parts),
    deliver_webhooks: deliverWebhooks(parts),
    remove_objects: removeObjects(parts)
  }
}

/** Works until it is stopped; what it has begun when it is stopped, it ends. */
export async function startWorker(
  { url, concurrency, timersEveryMs, logger }: WorkerSettings,
  parts: JobParts
): Promise<Worker> {
  const complain = (complaint: string) => (error: unknown) =>
    logger.error({ err: { name: error instanceof Error ? error.name : 'unknown' } }, complaint)
  const advances = openAdvances(url, parts, complain('a clock could not be advanced'))
  const { deliver_webhooks: toReceivers, ...ownWork } = taskListOf(parts, advances.begin)
  const common = { connectionString: url, noHandleSignals: true, logger: quietLogger(logger) }
  const runner: Runner = await run({ ...common, concurrency, pollInterval: 1_000, taskList: ownWork })
  // Whoever waits for strangers does not make letters wait.
  const receivers: Runner = await run({
    ...common,
    concurrency: RECEIVERS_AT_ONCE,
    maxPoolSize: RECEIVER_CONNECTIONS,
    pollInterval: RECEIVER_POLL_MS,
    taskList: { deliver_webhooks: toReceivers! }
  })
  const timers = postgres(url, { max: 1, onnotice: () => {} })
  const rounds: Readonly<Record<string, () => Promise<unknown>>> = {
    'timers could not be fired': () => fireTimers(timers, parts.db, parts.clock, stopping.signal),
    'jobs of sandboxes could not be brought forward': () => bringJobsForward(timers, parts.clock()),
    'advances could not be resumed': advances.resume,
    'checkpoints could not be written': hourly(parts.clock, async () => {
      await writeDueCheckpoints(parts, await tenantIds(timers))
    }),
    'calendars could not be followed': hourly(parts.clock, async () => {
      await followCalendars(parts, await tenantIds(timers))
    }),
    'the house could not be kept': hourly(parts.clock, async () => await keepHouse(parts, await tenantIds(timers)))
  }
  const stopping = new AbortController()
  const turning = turnForEver()
  return {
    stop: async () => {
      stopping.abort()
      const runners = [runner, receivers].map(each => each.stop().catch(ignoreStopped))
      await Promise.all([...runners, turning, advances.stop()])
      await timers.end({ timeout: 5 })
    }
  }

  async function turnForEver(): Promise<void> {
    while (!stopping.signal.aborted) {
      // One that fails is tried again the next time, and holds up none of the others.
      for (const [complaint, round] of Object.entries(rounds)) {
        await round().catch(complain(complaint))
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
  const taskList = taskListOf(parts, () => {})
  const finishJobs = () => runOnce({ pgPool: pool, taskList, noHandleSignals: true, logger: quietLogger(null) })
  return {
    workOff: async () => {
      for (;;) {
        await bringJobsForward(timers, parts.clock())
        await finishJobs()
        const fired = await fireTimers(timers, parts.db, parts.clock)
        const advancing = await clocksOnTheirWay(timers)
        for (const tenantId of advancing) await advanceClock(timers, parts, tenantId, finishJobs)
        if (fired + advancing.length === 0) return
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
function taskListOf(parts: JobParts, beginAdvance: (tenantId: string) => void): TaskList {
  const handlers = Object.entries(handlersOf(parts, beginAdvance))
  return Object.fromEntries(
    handlers.map(([kind, handle]) => [
      kind,
      (payload: unknown, { job, abortSignal: stopping }: JobHelpers) =>
        handle(payload as never, { number: job.attempts, isLast: job.attempts >= job.max_attempts, stopping })
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

/** @returns early when the signal says so */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
}
