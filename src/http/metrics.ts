// Figures for whoever keeps the service running: no tenant, no person and no address is in them.

import type { FastifyInstance } from 'fastify'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Database } from '../storage/database.ts'
import { countConnections } from '../storage/readiness.ts'

/** Jobs by where they stand: `waiting`, `running`, and `failed` for those past their last attempt. */
export type CountJobs = () => Promise<Readonly<Record<string, number>>>

/** Attempts of this process to reach webhooks, by what became of them. */
export type CountAttempts = () => Readonly<Record<string, number>>

export interface MetricsParts {
  readonly db: Database
  /** Null where no queue is at hand. */
  readonly countJobs: CountJobs | null
  /** Null where none are made. */
  readonly countAttempts: CountAttempts | null
  /** By how much the oldest timer that is due is late; left out where no worker is at hand. */
  readonly secondsLate?: () => Promise<number>
  /** Memory, event loop and garbage collection of the process: once a process, or they are counted twice. */
  readonly ofProcess: boolean
}

/** In seconds: from a check that is answered from memory to an export that takes its time. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Measures every call to `app`. */
export function measure(app: FastifyInstance, parts: MetricsParts): Registry {
  const { db, countJobs, countAttempts, secondsLate, ofProcess } = parts
  const registers = [new Registry()]
  const durations = new Histogram({
    name: 'habeas_http_request_duration_seconds',
    help: 'How long calls took, by route and status.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers
  })
  new Gauge({
    name: 'habeas_database_connections',
    help: 'Connections to the database, by what they are doing.',
    labelNames: ['state'] as const,
    registers,
    async collect() {
      this.reset()
      for (const { state, count } of await countConnections(db).catch(() => [])) this.set({ state }, count)
    }
  })
  if (countJobs !== null) {
    new Gauge({
      name: 'habeas_jobs',
      help: 'Promised jobs, by where they stand; failed ones are past their last attempt.',
      labelNames: ['state'] as const,
      registers,
      async collect() {
        this.reset()
        for (const [state, count] of Object.entries(await countJobs().catch(() => ({})))) this.set({ state }, count)
      }
    })
  }
  if (secondsLate !== undefined) {
    new Gauge({
      name: 'habeas_timers_late_seconds',
      help: 'By how much the oldest timer that is due is late; while this grows, nobody is alerted of anything.',
      registers,
      async collect() {
        this.set(await secondsLate().catch(() => Number.NaN))
      }
    })
  }
  if (countAttempts !== null) {
    new Counter({
      name: 'habeas_webhook_attempts_total',
      help: 'Attempts to reach webhooks, by what became of them: delivered, or why not.',
      labelNames: ['result'] as const,
      registers,
      collect() {
        this.reset()
        for (const [result, count] of Object.entries(countAttempts())) this.inc({ result }, count)
      }
    })
  }
  if (ofProcess) collectDefaultMetrics({ register: registers[0]! })

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
  })
  return registers[0]!
}
