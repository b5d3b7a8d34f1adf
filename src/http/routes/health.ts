// Whether the process lives, whether it should be sent calls, and how it fares.

import { hash, timingSafeEqual } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from 'prom-client'
import { HabeasError } from '../../domain/errors.ts'
import type { Database } from '../../storage/database.ts'
import { isMigrated } from '../../storage/readiness.ts'

export interface HealthParts {
  readonly db: Database
  readonly isDraining: () => boolean
  readonly metrics: Registry
  /** Asked of whoever reads the figures. Null lets only this machine read them. */
  readonly metricsToken: string | null
}

/** Longer than this a database is not there for a call either. */
const PATIENCE_MS = 2_000
const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1']

export async function healthRoutes(app: FastifyInstance, parts: HealthParts): Promise<void> {
  app.get('/health/live', async () => ({ status: 'live' }))

  app.get('/health/ready', async (_request, reply) => {
    const reason = await whyNotReady(parts)
    if (reason === null) return { status: 'ready' }
    return reply.code(503).send({ status: 'not_ready', reason })
  })

  app.get('/metrics', async (request, reply) => {
    requireReader(request, parts.metricsToken)
    return reply.type(parts.metrics.contentType).send(await parts.metrics.metrics())
  })
}

async function whyNotReady({ db, isDraining }: HealthParts): Promise<'draining' | 'database' | 'migrations' | null> {
  if (isDraining()) return 'draining'
  const asking = isMigrated(db).catch(() => null)
  const migrated = await Promise.race([asking, setTimeout(PATIENCE_MS, null, { ref: false })])
  if (migrated === null) return 'database'
  return migrated === false ? 'migrations' : null
}

/** Behind a proxy on the same machine every call comes from loopback: what a proxy passed on is not local. */
function requireReader(request: FastifyRequest, token: string | null): void {
  if (token === null) {
    const isPassedOn = ['forwarded', 'x-forwarded-for', 'via'].some(name => name in request.headers)
    if (LOOPBACK.includes(request.socket.remoteAddress ?? '') && !isPassedOn) return
    throw new HabeasError('forbidden', 'The figures are read from this machine only, or with a METRICS_TOKEN.')
  }
  const given = digest(request.headers.authorization ?? '')
  if (!timingSafeEqual(given, digest(`Bearer ${token}`)))
    throw new HabeasError('unauthenticated', 'Send the METRICS_TOKEN as Authorization: Bearer.')
}

const digest = (text: string) => hash('sha256', text, 'buffer')
