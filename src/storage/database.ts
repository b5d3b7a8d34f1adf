// The doors to the database. `inTenant` is the one to tenant data; the two hot paths go by functions that carry their tenant.

import type { Actor } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Policy } from '../domain/policy.ts'
import { timeOn } from '../domain/test-clock.ts'
import { type Raw, rawOn, ServicePool } from './pool.ts'
import { type RootKeys, TenantVault } from './sealing.ts'
import * as tables from './tables.ts'
import { clockFaceOf } from './tenant-clock.ts'
import { type Tx, transaction } from './transaction.ts'
import { refusalOfWall } from './walls.ts'

export type { Tx }

export interface Database {
  readonly pool: ServicePool
  /** For the hot paths: a prepared statement, one round trip. */
  readonly raw: Raw
  readonly roots: RootKeys
  /** Where people reach this service, for the links in letters; without a trailing slash. */
  readonly publicUrl: string
  /** What does not change while a tenant lives: its slug, name and key, and whether it is a sandbox. */
  readonly tenants: Map<string, Tenant>
  /** The policies that intake read last. */
  readonly policies: Map<string, { readonly policy: Policy; readonly readAt: Date }>
  readonly close: () => Promise<void>
}

export interface Tenant {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Time passes for it by a clock of its own. */
  readonly sandbox: boolean
  readonly vault: TenantVault
}

/** For whom, by whom and when: what a caller brings to the door. */
export interface Who {
  readonly tenantId: string
  readonly actor: Actor
  /** Fixed before the transaction opens, so that one action has one time. */
  readonly now: Date
  /**
   * The service's time, where `now` was read off the tenant's own clock. Left out, `now` is the service's, and the door asks
   * the tenant's clock: only a sandbox has one that differs.
   */
  readonly serviceNow?: Date
  /** The version the caller saw (`If-Match`); null takes any. */
  readonly ifMatch?: number | null
}

/** One transaction's world. Its time is the tenant's; `serviceNow` is for what knows only real time. */
export interface Scope extends Who {
  readonly serviceNow: Date
  readonly tx: Tx
  readonly tenant: Tenant
  readonly vault: TenantVault
  readonly publicUrl: string
}

const STATEMENT_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_MS = 10_000
const CONNECT_TIMEOUT_MS = 5_000

export interface DatabaseSettings {
  /** Of the service's own login, never the owner's. */
  readonly url: string
  readonly roots: RootKeys
  readonly publicUrl: string
  /** Connections at most. */
  readonly poolSize: number
}

export function openDatabase({ url, roots, publicUrl, poolSize }: DatabaseSettings): Database {
  const pool = new ServicePool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'habeas',
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS
  })
  return {
    pool,
    raw: rawOn(pool),
    roots,
    publicUrl,
    tenants: new Map(),
    policies: new Map(),
    close: () => pool.end()
  }
}

/**
 * Runs `work` in one transaction that sees one tenant's rows and no others. Do no network I/O inside it.
 * The setting is local to the transaction: a pooler in transaction mode cannot leak it.
 *
 * @throws {HabeasError} what `work` refuses, and what the database's walls refuse, by the name of the wall
 */
export async function inTenant<T>(db: Database, who: Who, work: (scope: Scope) => Promise<T>): Promise<T> {
  try {
    return await transaction(db.pool, who.tenantId, async tx => {
      const tenant = db.tenants.get(who.tenantId) ?? (await openTenant(db, tx, who.tenantId))
      const face = tenant.sandbox && who.serviceNow === undefined ? await clockFaceOf(tx) : undefined
      const now = face === undefined ? who.now : timeOn(face, who.now)
      const serviceNow = who.serviceNow ?? who.now
      return await work({ ...who, now, serviceNow, tx, tenant, vault: tenant.vault, publicUrl: db.publicUrl })
    })
  } catch (error) {
    throw refusalOfWall(error) ?? error
  }
}

async function openTenant(db: Database, tx: Tx, tenantId: string): Promise<Tenant> {
  const { id, slug, name, sandbox, sealedKey } = tables.tenants
  const [row] = await tx.select({ id, slug, name, sandbox, sealedKey }).from(tables.tenants)
  if (row === undefined) throw new HabeasError('not_found', 'There is no such tenant.')
  const tenant = {
    id: row.id,
    slug: row.slug,
    name: row.name,
    sandbox: row.sandbox,
    vault: TenantVault.open(db.roots, tenantId, row.sealedKey)
  }
  db.tenants.set(tenantId, tenant)
  return tenant
}

/** The tenant's name and vault for work outside a transaction. */
export async function tenantOf(db: Database, who: Who): Promise<Tenant> {
  return db.tenants.get(who.tenantId) ?? (await inTenant(db, who, async scope => scope.tenant))
}

/**
 * The clock that this tenant goes by, for work outside a transaction. For a live tenant it is the service's and costs nothing; of
 * a sandbox the database is asked each time, so that all processes agree the moment it was advanced.
 */
export async function tenantClock(db: Database, who: Who, serviceClock: () => Date): Promise<() => Date> {
  const { sandbox } = await tenantOf(db, who)
  if (!sandbox) return serviceClock
  const face = await inTenant(db, { ...who, serviceNow: who.now }, scope => clockFaceOf(scope.tx))
  return face === undefined ? serviceClock : () => timeOn(face, serviceClock())
}

/**
 * Which tenant hangs behind a name that a stranger knows: `tenant:<slug>`, `api-key:<hash>`.
 * @returns undefined when nobody hung it there
 */
export async function findDoor(
  db: Database,
  key: string
): Promise<{ tenantId: string; targetId: string | null } | undefined> {
  // Addresses and tokens may say anything; the database cannot even be asked about a NUL.
  if (key.includes('\0')) return undefined
  const [row] = await db.raw<{ tenantId: string; targetId: string | null }[]>`
    select tenant_id as "tenantId", target_id as "targetId" from open_door(${key})`
  return row
}
