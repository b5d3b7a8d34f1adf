// The whole service for one test: its own database, a clock that the test moves, and a letterbox instead of the street.

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { buildApp, type Limits } from '../../src/app.ts'
import { type ObjectStore, openDiskStore } from '../../src/archive/object-store.ts'
import type { StaffTokenSettings } from '../../src/http/staff-tokens.ts'
import type { Worker } from '../../src/jobs/worker.ts'
import { openLog } from '../../src/log.ts'
import { openAddressGuard } from '../../src/outbound/address-guard.ts'
import { openMailer } from '../../src/outbound/mailer.ts'
import { openNameResolver } from '../../src/outbound/name-resolver.ts'
import { openWebhookSender, type SenderSettings, type WebhookSender } from '../../src/outbound/webhook-sender.ts'
import { type Database, openDatabase } from '../../src/storage/database.ts'
import { newKey } from '../../src/storage/sealing.ts'
import { type Client, clientOf } from './client.ts'
import { freshDatabase } from './database.ts'
import { type Gate, openGate } from './gate.ts'
import { openSmtpSink, type SmtpSink } from './smtp-sink.ts'
import { type MadeTenant, openTenant, type TenantInHouse } from './tenant-in-house.ts'
import { testLogins } from './test-logins.ts'
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from './tokens.ts'

export type { TenantInHouse } from './tenant-in-house.ts'

interface Test {
  teardown(undo: () => Promise<void>): unknown
}

export interface HouseOptions {
  /** RFC 3339. */
  readonly at?: string
  readonly limits?: Partial<Limits>
  readonly staffTokens?: Partial<StaffTokenSettings>
  readonly trustProxyHops?: number
  readonly metricsToken?: string
  /** How webhooks are sent; left out, as in production. */
  readonly webhooks?: Partial<Omit<SenderSettings, 'guard'>> & { readonly allowNetworks?: readonly string[] }
  /** Puts a gate between the service and its database, which the test can shut. */
  readonly gate?: boolean
}

export interface House {
  readonly app: FastifyInstance
  readonly db: Database
  readonly objects: ObjectStore
  /** Where they lie. */
  readonly folder: string
  readonly letterbox: SmtpSink
  readonly webhooks: WebhookSender
  /** Ed25519 seed of the checkpoints. */
  readonly signingKey: Buffer
  /** Connects as the owner, past every wall. */
  readonly ownerUrl: string
  /** Connects as the service does, within every wall. */
  readonly serviceUrl: string
  /** Connects as the worker does: the queue, and no tenant's data. */
  readonly workerUrl: string
  /** Everything the service logged, as written. */
  readonly log: string[]
  readonly now: () => Date
  /** Sets the clock. */
  at(instant: string): void
  /** Moves the clock on. */
  pass(span: { days?: number; hours?: number; minutes?: number; seconds?: number }): void
  /** Does all that is promised and due by the clock. */
  doPromisedWork(): Promise<void>
  tenant(made?: MadeTenant): Promise<TenantInHouse>
  /** The same service once more, as another process would be: with connections and a memory of its own. */
  anotherProcess(): Promise<Pick<House, 'app' | 'db'>>
  /** A worker that looks for its work by itself, as in production. It is stopped in the teardown, if not before. */
  hire(): Promise<Worker>
  /** Makes the service say that it is about to stop. */
  drain(): void
  /** A call of somebody who says nothing about themselves. */
  readonly stranger: Client
  /** Between the service and its database, where one was asked for. */
  readonly gate: Gate | null
}

const LOOK_EVERY_MS = 60_000
const WIDE = { max: 1_000_000, windowSeconds: 60 }

/** Opens a house; it is closed in the teardown of `test`. */
export async function openHouse(test: Test, options: HouseOptions = {}): Promise<House> {
  const { ownerUrl } = await freshDatabase(test)
  const logins = await testLogins(ownerUrl)
  const gate = options.gate ? await openGate(test, logins.appUrl) : null
  const letterbox = await openSmtpSink(test)
  const folder = await mkdtemp(join(tmpdir(), 'habeas-house-'))
  const objects = await openDiskStore(folder)
  const publicUrl = 'http://house.localhost'
  const roots = { current: newKey(), retired: [] }
  const connect = () => openDatabase({ url: gate?.url ?? logins.appUrl, roots, publicUrl, poolSize: 10 })
  const db = connect()
  const mailer = openMailer(letterbox.url)
  const { allowNetworks = [], ...sending } = options.webhooks ?? {}
  const guard = openAddressGuard({ allowNetworks, publicUrl })
  const webhooks = openWebhookSender({ guard, resolveName: openNameResolver(), ...sending })
  const secret = randomBytes(32).toString('base64')
  const signingKey = randomBytes(32)
  const { log, lines } = openLogbook()
  let now = new Date(options.at ?? '2026-02-20T10:00:00Z')
  let isDraining = false
  const clock = () => new Date(now)

  const openDoor = (db: Database) =>
    buildApp({
      db,
      clock,
      objects,
      publicUrl,
      staffTokens: {
        keys: { secret },
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        tenantClaim: 'tenant',
        rolesClaim: 'roles',
        maxLifetimeSeconds: 86_400,
        ...options.staffTokens
      },
      limits: {
        public: WIDE,
        failedCredentials: WIDE,
        calls: WIDE,
        eventLoopDelayMs: 0,
        ...options.limits
      },
      trustProxyHops: options.trustProxyHops ?? 0,
      signingKey,
      checkWebhookUrl: guard.faultOf,
      metrics: {
        token: options.metricsToken ?? null,
        countJobs: null,
        countAttempts: webhooks.countAttempts,
        ofProcess: false
      },
      isDraining: () => isDraining,
      log
    })
  const app = await openDoor(db)
  await app.ready()
  test.teardown(async () => {
    await app.close()
    mailer.close()
    await db.close()
    await rm(folder, { recursive: true, force: true })
  })

  const jobParts = { db, clock, mailer, mailFrom: 'habeas@house.example', webhooks, objects, signingKey }
  return {
    app,
    db,
    objects,
    folder,
    letterbox,
    webhooks,
    ownerUrl,
    serviceUrl: logins.appUrl,
    workerUrl: logins.workerUrl,
    signingKey,
    log: lines,
    now: clock,
    at: instant => {
      now = new Date(instant)
    },
    pass: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      now = new Date(now.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
    },
    doPromisedWork: async () => {
      const { workOff } = await import('../../src/jobs/worker.ts')
      await workOff(logins.workerUrl, jobParts)
    },
    tenant: made => openTenant({ app, db, clock, secret }, made),
    anotherProcess: async () => {
      const other = connect()
      const door = await openDoor(other)
      await door.ready()
      test.teardown(async () => {
        await door.close()
        await other.close()
      })
      return { app: door, db: other }
    },
    hire: async () => {
      const { startWorker } = await import('../../src/jobs/worker.ts')
      const settings = { url: logins.workerUrl, concurrency: 3, timersEveryMs: LOOK_EVERY_MS, logger: log }
      const worker = await startWorker(settings, jobParts)
      let stopped: Promise<void> | undefined
      const stop = () => (stopped ??= worker.stop())
      test.teardown(stop)
      return { stop }
    },
    drain: () => {
      isDraining = true
    },
    stranger: clientOf(app, () => null),
    gate
  }
}

function openLogbook() {
  const lines: string[] = []
  const stream = new PassThrough({ encoding: 'utf8' })
  stream.on('data', (line: string) => lines.push(...line.split('\n').filter(Boolean)))
  return { log: openLog('info', stream), lines }
}
