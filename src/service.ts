// The service as one thing: what it is given, and how its parts are put together, started and stopped. Settings come in as
// values; where they came from is the caller's business.

import type { AddressInfo } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'
import { buildApp, type Limits } from './app.ts'
import { openDiskStore } from './archive/object-store.ts'
import { systemClock } from './clock.ts'
import type { StaffTokenSettings } from './http/staff-tokens.ts'
import { startWorker } from './jobs/worker.ts'
import { openAddressGuard } from './outbound/address-guard.ts'
import { openMailer } from './outbound/mailer.ts'
import { openNameResolver } from './outbound/name-resolver.ts'
import { openWebhookSender } from './outbound/webhook-sender.ts'
import { openDatabase } from './storage/database.ts'
import { ensureLogins, type Logins, migrate } from './storage/migrate.ts'
import { openQueueFigures } from './storage/queue-figures.ts'
import { derivedKey, type RootKeys } from './storage/sealing.ts'

export interface ServiceSettings {
  readonly database: {
    /** Migrates, and makes the service's logins unless they are given. Null where an operator does both. */
    readonly ownerUrl: string | null
    readonly logins: Logins | null
    /** Connections of this process at most. */
    readonly poolSize: number
  }
  readonly smtpUrl: string
  readonly mailFrom: string
  readonly publicUrl: string
  readonly roots: RootKeys
  /** Ed25519 seed of checkpoints, 32 bytes. */
  readonly signingKey: Buffer
  /** Public keys, 32 bytes each, that signed checkpoints before; left out, none. */
  readonly retiredSigningKeys?: readonly Buffer[]
  readonly staffTokens: StaffTokenSettings
  /** Networks that webhooks may reach although they are not public, in CIDR notation. */
  readonly webhooks: { readonly allowNetworks: readonly string[] }
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly dataFolder: string
  readonly trustProxyHops: number
  readonly metricsToken: string | null
  readonly limits: Limits
  /** Milliseconds for which a stopping process still takes calls, until the balancer in front has looked away. */
  readonly lingerMs: number
}

export interface Service {
  /** Where it listens. */
  readonly url: string
  /** Ends what has begun, and takes nothing new. */
  close(): Promise<void>
}

const WORKER_CONCURRENCY = 5
const TIMERS_EVERY_MS = 15_000

/** Brings the database up to date and starts the API and the worker. */
export async function startService(settings: ServiceSettings, log: FastifyBaseLogger): Promise<Service> {
  const { publicUrl, roots } = settings
  const logins = await prepareDatabase(settings)
  const db = openDatabase({ url: logins.appUrl, roots, publicUrl, poolSize: settings.database.poolSize })
  const figures = openQueueFigures(logins.workerUrl)
  const objects = await openDiskStore(settings.dataFolder)
  const mailer = openMailer(settings.smtpUrl)
  const guard = openAddressGuard({ ...settings.webhooks, publicUrl })
  const webhooks = openWebhookSender({ guard, resolveName: openNameResolver() })
  let isDraining = false

  const app = await buildApp({
    db,
    clock: systemClock,
    objects,
    publicUrl,
    staffTokens: settings.staffTokens,
    limits: settings.limits,
    trustProxyHops: settings.trustProxyHops,
    signingKey: settings.signingKey,
    retiredSigningKeys: settings.retiredSigningKeys ?? [],
    checkWebhookUrl: guard.faultOf,
    metrics: {
      token: settings.metricsToken,
      countJobs: figures.countJobs,
      countAttempts: webhooks.countAttempts,
      secondsLate: () => figures.secondsLate(systemClock()),
      ofProcess: true
    },
    isDraining: () => isDraining,
    log
  })
  const jobParts = {
    db,
    clock: systemClock,
    mailer,
    mailFrom: settings.mailFrom,
    webhooks,
    objects,
    signingKey: settings.signingKey
  }
  const queue = { url: logins.workerUrl, concurrency: WORKER_CONCURRENCY, timersEveryMs: TIMERS_EVERY_MS, logger: log }
  const worker = await startWorker(queue, jobParts)
  await app.listen({ host: settings.host, port: settings.port, listenTextResolver: () => 'the service listens' })

  return {
    url: urlOf(settings.host, app.server.address() as AddressInfo),
    close: async () => {
      isDraining = true
      if (settings.lingerMs > 0) await new Promise(resolve => setTimeout(resolve, settings.lingerMs))
      await Promise.all([app.close(), worker.stop()])
      mailer.close()
      await Promise.all([db.close(), figures.close()])
    }
  }
}

/** Brings the database up to date. @returns the logins that the service comes with */
export async function prepareDatabase({ database, roots }: ServiceSettings): Promise<Logins> {
  const { ownerUrl, logins } = database
  if (ownerUrl !== null) await migrate(ownerUrl)
  if (logins !== null) return logins
  if (ownerUrl === null) throw new Error('Either the owner of the database or both logins are needed.')
  return await ensureLogins(ownerUrl, loginSecretOf(roots))
}

/** What the passwords of the two logins are derived from. */
export function loginSecretOf({ current }: RootKeys): string {
  return derivedKey(current, 'database logins').bytes.toString('hex')
}

function urlOf(host: string, { port }: AddressInfo): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
