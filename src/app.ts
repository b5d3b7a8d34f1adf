// The floor plan: what is mounted where, in which order, on what. It knows everyone and decides nothing.

import helmet from '@fastify/helmet'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify'
import type { CheckUrl } from './actions/webhooks/require-url.ts'
import type { ObjectStore } from './archive/object-store.ts'
import type { Clock } from './clock.ts'
import { requireAccess } from './http/access.ts'
import { requireCredentials } from './http/credentials.ts'
import { openCursors } from './http/cursors.ts'
import { refuseUnderLoad } from './http/load.ts'
import { type MetricsParts, measure } from './http/metrics.ts'
import { describeApi } from './http/openapi.ts'
import { countRate, limitCalls, limitRate, type RateLimit } from './http/rate-limits.ts'
import { logCalls, logFailedCalls } from './http/request-log.ts'
import { apiKeyRoutes } from './http/routes/api-keys.ts'
import { auditRoutes } from './http/routes/audit.ts'
import { calendarRoutes } from './http/routes/calendar.ts'
import { calendarFeedRoutes } from './http/routes/calendar-feeds.ts'
import { caseRoutes } from './http/routes/cases.ts'
import { checkRoutes } from './http/routes/checks.ts'
import { deadlineRoutes } from './http/routes/deadlines.ts'
import { eventRoutes } from './http/routes/events.ts'
import { handedInRoutes } from './http/routes/handed-in.ts'
import { healthRoutes } from './http/routes/health.ts'
import { historyRoutes } from './http/routes/history.ts'
import { inboundRoutes } from './http/routes/inbound.ts'
import { intakeRoutes } from './http/routes/intake.ts'
import { letterRoutes } from './http/routes/letters.ts'
import { lifecycleRoutes } from './http/routes/lifecycle.ts'
import { messageRoutes } from './http/routes/messages.ts'
import { packageRoutes } from './http/routes/packages.ts'
import { policyRoutes } from './http/routes/policy.ts'
import { problemPages } from './http/routes/problems.ts'
import { publicIntakeRoutes } from './http/routes/public-intake.ts'
import { registerRoutes } from './http/routes/register.ts'
import { reportRoutes } from './http/routes/reports.ts'
import { responseRoutes } from './http/routes/responses.ts'
import { subjectRequestRoutes } from './http/routes/subject-requests.ts'
import { systemRoutes } from './http/routes/systems.ts'
import { taskRoutes } from './http/routes/tasks.ts'
import { testClockRoutes } from './http/routes/test-clock.ts'
import { webhookDeliveryRoutes } from './http/routes/webhook-deliveries.ts'
import { webhookRoutes } from './http/routes/webhooks.ts'
import { REQUEST_COMPONENTS } from './http/schemas/subject-requests.ts'
import { openServer } from './http/server.ts'
import type { StaffTokenSettings } from './http/staff-tokens.ts'
import { pages } from './pages/pages.ts'
import { checkpointSigner } from './storage/checkpoint-keys.ts'
import type { Database } from './storage/database.ts'

export interface Limits {
  /** Of the doors without credentials. */
  readonly public: RateLimit
  readonly failedCredentials: RateLimit
  /** Of each caller with credentials, in each process, intake and checks left out; left out, none. */
  readonly calls?: RateLimit | undefined
  /** Milliseconds by which the event loop may lag before calls are turned away with 503; 0 never turns any away. */
  readonly eventLoopDelayMs: number
  /** Bytes of one upload of collected data; left out, 2 GiB. */
  readonly uploadBytes?: number | undefined
  /** Bytes of all that is collected for one request; left out, 50 GiB. */
  readonly requestBytes?: number | undefined
  /** Milliseconds for which an upload may stand still; left out, a minute. */
  readonly uploadIdleMs?: number | undefined
  /** Milliseconds in which the body of any other call has to be here; left out, five minutes. */
  readonly bodyMs?: number | undefined
}

export interface Parts {
  readonly db: Database
  readonly clock: Clock
  readonly objects: ObjectStore
  /** Where people and programs reach this service; without a trailing slash. */
  readonly publicUrl: string
  readonly staffTokens: StaffTokenSettings
  readonly limits: Limits
  readonly trustProxyHops: number
  /** Ed25519 seed of checkpoints, 32 bytes. */
  readonly signingKey: Buffer
  /** Public keys, 32 bytes each, that signed before; left out, none. */
  readonly retiredSigningKeys?: readonly Buffer[]
  /** Which addresses a webhook may have. */
  readonly checkWebhookUrl: CheckUrl
  readonly metrics: Omit<MetricsParts, 'db'> & { readonly token: string | null }
  /** Whether this process is about to stop: it finishes what it has and asks for no more. */
  readonly isDraining: () => boolean
  readonly log: FastifyBaseLogger | null
}

/** Builds the service, not yet listening. */
export async function buildApp(parts: Parts): Promise<FastifyInstance> {
  const { db, clock, limits, isDraining } = parts
  const app = openServer({ ...parts, bodyMs: limits.bodyMs })
  const metrics = measure(app, { db, ...parts.metrics })
  await describeApi(app)

  await app.register(async quiet => {
    await quiet.register(healthRoutes, { db, isDraining, metrics, metricsToken: parts.metrics.token })
    await quiet.register(problemPages, { prefix: '/problems' })
  })

  await app.register(async guarded => {
    await refuseUnderLoad(guarded, limits.eventLoopDelayMs)
    await guarded.register(programs, { prefix: '/v1' })
    await guarded.register(strangers, { prefix: '/public' })
    await guarded.register(people, { prefix: '/privacy' })
  })

  /** With credentials. */
  async function programs(v1: FastifyInstance): Promise<void> {
    const countFailure = await countRate(v1, { db, clock, name: 'failed credentials', limit: limits.failedCredentials })
    await requireCredentials(v1, { db, clock, staffTokens: parts.staffTokens, countFailure })
    requireAccess(v1)
    for (const schema of REQUEST_COMPONENTS) v1.addSchema(schema)
    await v1.register(hotRoutes)
    await v1.register(otherRoutes)
  }

  /** Intake and checks carry what they need and nothing else: five usual plugins cost more than the work itself. */
  async function hotRoutes(hot: FastifyInstance): Promise<void> {
    logFailedCalls(hot)
    await hot.register(intakeRoutes, { db })
    await hot.register(checkRoutes, { db })
  }

  async function otherRoutes(v1: FastifyInstance): Promise<void> {
    logCalls(v1)
    if (limits.calls !== undefined) await limitCalls(v1, limits.calls)
    await v1.register(helmet, API_HEADERS)
    const cursors = openCursors(db)
    await v1.register(subjectRequestRoutes, { db, cursors })
    await v1.register(lifecycleRoutes, { db })
    await v1.register(responseRoutes, { db })
    await v1.register(caseRoutes, { db })
    await v1.register(deadlineRoutes, { db })
    await v1.register(packageRoutes, { db, objects: parts.objects })
    await v1.register(taskRoutes, { db, cursors })
    await v1.register(handedInRoutes, {
      db,
      objects: parts.objects,
      maxUploadBytes: limits.uploadBytes,
      maxRequestBytes: limits.requestBytes,
      uploadIdleMs: limits.uploadIdleMs
    })
    await v1.register(historyRoutes, { db })
    await v1.register(registerRoutes, { db, cursors })
    await v1.register(auditRoutes, {
      db,
      cursors,
      signer: checkpointSigner(parts.signingKey, parts.retiredSigningKeys)
    })
    await v1.register(inboundRoutes, { db, cursors })
    await v1.register(messageRoutes, { db, cursors })
    await v1.register(letterRoutes, { db })
    await v1.register(policyRoutes, { db })
    await v1.register(systemRoutes, { db, cursors })
    await v1.register(apiKeyRoutes, { db, cursors })
    await v1.register(testClockRoutes, { db, clock })
    await v1.register(webhookRoutes, { db, cursors, checkUrl: parts.checkWebhookUrl })
    await v1.register(webhookDeliveryRoutes, { db, cursors })
    await v1.register(eventRoutes, { db })
    await v1.register(reportRoutes, { db })
    await v1.register(calendarFeedRoutes, { db, cursors })
    await v1.register(async calendar => {
      // Calendar services read for many from one address, so each credential is counted by itself.
      const countedBy = ({ caller }: FastifyRequest) => `${caller?.tenantId} ${caller?.actor.id}`
      await limitRate(calendar, { db, clock, name: 'calendar', limit: CALENDAR_LIMIT, countedBy })
      await calendar.register(calendarRoutes, { db })
    })
  }

  /** Without credentials, for the forms of tenants. */
  async function strangers(door: FastifyInstance): Promise<void> {
    logCalls(door)
    await door.register(helmet, API_HEADERS)
    await limitRate(door, { db, clock, name: 'public', limit: limits.public })
    await door.register(publicIntakeRoutes, { db, clock })
  }

  /** The pages for people; they set their own headers. */
  async function people(door: FastifyInstance): Promise<void> {
    logCalls(door)
    await limitRate(door, { db, clock, name: 'privacy', limit: limits.public })
    await door.register(pages, { db, clock, objects: parts.objects })
  }

  return app
}

/** Of one calendar: a few people with a few devices each, all looking every few minutes. */
const CALENDAR_LIMIT: RateLimit = { max: 60, windowSeconds: 60 }

/** An API shows no page: its answers may load, frame and run nothing. */
const API_HEADERS = {
  contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  frameguard: { action: 'deny' as const },
  crossOriginResourcePolicy: { policy: 'same-origin' as const },
  referrerPolicy: { policy: 'no-referrer' as const }
}
