// The demo's database: made, migrated and filled once. One that was left half filled is made again.

import { rm } from 'node:fs/promises'
import postgres, { type Sql } from 'postgres'
import { openDiskStore } from '../../src/archive/object-store.ts'
import { openAddressGuard } from '../../src/outbound/address-guard.ts'
import { openMailer } from '../../src/outbound/mailer.ts'
import { openNameResolver } from '../../src/outbound/name-resolver.ts'
import { openWebhookSender } from '../../src/outbound/webhook-sender.ts'
import { loginSecretOf } from '../../src/service.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { ensureLogins, type Logins, migrate } from '../../src/storage/migrate.ts'
import type { RootKeys } from '../../src/storage/sealing.ts'
import { seedDemo } from '../seed.ts'
import type { DemoMemory } from './demo-memory.ts'

const NAME = 'habeas'

interface Places {
  /** Of the cluster's owner. */
  readonly clusterUrl: string
  readonly roots: RootKeys
  readonly publicUrl: string
  readonly dataFolder: string
  readonly signingKey: Buffer
  readonly smtpUrl: string
  readonly mailFrom: string
}

/** @returns the service's own logins */
export async function prepareDatabase(
  places: Places,
  memory: DemoMemory,
  say: (text: string) => void,
  signal: AbortSignal
): Promise<Logins> {
  const { clusterUrl, roots, dataFolder } = places
  const isFilled = memory.apiKeys !== null && (await exists(clusterUrl))
  if (!isFilled) {
    await rm(dataFolder, { recursive: true, force: true })
    await makeAnew(clusterUrl)
  }
  const url = new URL(clusterUrl)
  url.pathname = `/${NAME}`
  await migrate(url.href)
  const logins = await ensureLogins(url.href, loginSecretOf(roots))
  if (!isFilled) {
    say('Filling the demo with three tenants and what happened in the past weeks: once, some seconds.')
    await memory.keep({ apiKeys: await fill(places, logins, signal) })
  }
  return logins
}

async function fill(
  { roots, publicUrl, dataFolder, signingKey, smtpUrl, mailFrom }: Places,
  { appUrl, workerUrl }: Logins,
  signal: AbortSignal
): Promise<Record<string, string>> {
  const db = openDatabase({ url: appUrl, roots, publicUrl, poolSize: 4 })
  const mailer = openMailer(smtpUrl)
  try {
    const objects = await openDiskStore(dataFolder)
    // Nobody has a webhook yet.
    const webhooks = openWebhookSender({
      guard: openAddressGuard({ allowNetworks: [], publicUrl }),
      resolveName: openNameResolver()
    })
    return await seedDemo({ db, objects, mailer, mailFrom, webhooks, signingKey, workerUrl }, new Date(), signal)
  } finally {
    mailer.close()
    await db.close()
  }
}

async function exists(clusterUrl: string): Promise<boolean> {
  return await asOwner(clusterUrl, async sql => (await sql`select from pg_database where datname = ${NAME}`).length > 0)
}

async function makeAnew(clusterUrl: string): Promise<void> {
  await asOwner(clusterUrl, async sql => {
    await sql`drop database if exists ${sql(NAME)} with (force)`
    await sql`create database ${sql(NAME)} template template0`
  })
}

async function asOwner<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
