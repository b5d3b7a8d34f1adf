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
import { openLog } from '../../src/log.ts'
import { openMailer } from '../../src/outbound/mailer.ts'
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
  /** Puts a gate between the service and its database, which the test can shut. */
  readonly gate?: boolean
}

export interface House {
  readonly app: FastifyInstance
  readonly db: Database
  readonly objects: ObjectStore
  readonly letterbox: SmtpSink
  /** Ed25519 seed of the checkpoints. */
  readonly signingKey: Buffer
  /** Connects as the owner, past every wall. */
  readonly ownerUrl: string
  /** Connects as the service does, within every wall. */
  readonly serviceUrl: string
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
  /** Makes the service say that it is about to stop. */
  drain(): void
  /** A call of somebody who says nothing about themselves. */
  readonly stranger: Client
  /** Between the service and its database, where one was asked for. */
  readonly gate: Gate | null
}

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
  const db = openDatabase({
    url: gate?.url ?? logins.appUrl,
    roots: { current: newKey(), retired: [] },
    publicUrl,
    poolSize: 10
  })
  const mailer = openMailer(letterbox.url)
  const secret = randomBytes(32).toString('base64')
  const signingKey = randomBytes(32)
  const { log, lines } = openLogbook()
  let now = new Date(options.at ?? '2026-02-20T10:00:00Z')
  let isDraining = false
  const clock = () => new Date(now)

  const app = await buildApp({
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
    limits: { public: WIDE, failedCredentials: WIDE, eventLoopDelayMs: 0, ...options.limits },
    trustProxyHops: options.trustProxyHops ?? 0,
    signingKey,
    metrics: { token: options.metricsToken ?? null, countJobs: null, ofProcess: false },
    isDraining: () => isDraining,
    log
  })
  await app.ready()
  test.teardown(async () => {
    await app.close()
    mailer.close()
    await db.close()
    await rm(folder, { recursive: true, force: true })
  })

  return {
    app,
    db,
    objects,
    letterbox,
    ownerUrl,
    serviceUrl: logins.appUrl,
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
      await workOff(logins.workerUrl, { db, clock, mailer, mailFrom: 'habeas@house.example', objects, signingKey })
    },
    tenant: made => openTenant({ app, db, clock, secret }, made),
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
