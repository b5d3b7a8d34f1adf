// From a credential to the tenant and the actor behind it.

import type { Clock } from '../clock.ts'
import { type Actor, SYSTEM } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import { hashOfApiKey, isApiKeySecret } from '../storage/api-key-secrets.ts'
import { doorOfApiKey, findApiKey } from '../storage/api-keys.ts'
import { doorOfCalendar } from '../storage/calendar-feeds.ts'
import { type Database, findDoor, inTenant, tenantClock } from '../storage/database.ts'
import { isShutOut } from '../storage/staff.ts'
import { Kept } from './kept.ts'
import type { StaffClaims } from './staff-tokens.ts'

export interface Caller {
  readonly tenantId: string
  readonly actor: Actor
  /** For who came with nothing but the link of a calendar. */
  readonly feedId?: string
}

export interface Callers {
  /** @throws {HabeasError} `unauthenticated` for an unknown tenant, or one who was shut out of it */
  staff(claims: StaffClaims): Promise<Caller>
  /** @throws {HabeasError} `unauthenticated` for a key that is mistyped, unknown, expired or revoked */
  apiKey(secret: string): Promise<Caller>
  /** @throws {HabeasError} `not_found` for the link of a calendar that never was or is no more */
  feed(token: string): Promise<Caller>
}

/** A key that is revoked, and a staff member who is shut out, may still get in for this long. */
const KEY_KEPT_MS = 5_000
const STAFF_KEPT_MS = 1_000
/** Slugs do not change. */
const SLUG_KEPT_MS = 60_000

interface KnownKey extends Caller {
  readonly expiresAt: Date | null
}

export function findCallers(db: Database, clock: Clock): Callers {
  const tenants = new Kept<string>(SLUG_KEPT_MS)
  const shutOut = new Kept<boolean>(STAFF_KEPT_MS)
  const keys = new Kept<KnownKey>(KEY_KEPT_MS)

  return {
    async staff({ subject, tenantSlug, roles }) {
      const now = clock()
      const tenantId = await tenants.get(tenantSlug, now, () => tenantOfSlug(db, tenantSlug))
      const who = { tenantId, actor: SYSTEM, now }
      const isOut = await shutOut.get(`${tenantId} ${subject}`, now, () =>
        inTenant(db, who, scope => isShutOut(scope, subject))
      )
      if (isOut) throw notGood('This account was shut out.')
      return { tenantId, actor: { mover: 'agent', id: subject, roles, scopes: [] } }
    },

    async apiKey(secret) {
      if (!isApiKeySecret(secret)) throw notGood('The API key is not complete.')
      const now = clock()
      const hash = hashOfApiKey(secret)
      const { expiresAt, ...caller } = await keys.get(hash.toString('base64'), now, () => readKey(db, hash, now))
      if (expiresAt !== null) {
        const tenantNow = await tenantClock(db, { ...caller, now }, clock)
        if (expiresAt <= tenantNow()) throw notGood('The API key has expired.')
      }
      return caller
    },

    async feed(token) {
      const key = doorOfCalendar(token)
      const door = key === null ? undefined : await findDoor(db, key)
      if (door?.targetId == null) throw new HabeasError('not_found', 'There is no such calendar.')
      const { tenantId, targetId: feedId } = door
      return { tenantId, feedId, actor: { mover: 'integration', id: feedId, roles: [], scopes: ['requests:read'] } }
    }
  }
}

async function tenantOfSlug(db: Database, slug: string): Promise<string> {
  const door = await findDoor(db, `tenant:${slug}`)
  if (door === undefined) throw notGood('The token is not good.')
  return door.tenantId
}

async function readKey(db: Database, hash: Buffer, now: Date): Promise<KnownKey> {
  const door = await findDoor(db, doorOfApiKey(hash))
  if (door?.targetId == null) throw notGood('The API key is not good.')
  const { tenantId, targetId } = door
  const row = await inTenant(db, { tenantId, actor: SYSTEM, now }, scope => findApiKey(scope, targetId))
  if (row.revokedAt !== null) throw notGood('The API key is not good.')
  const actor: Actor = { mover: 'integration', id: row.id, roles: [], scopes: row.scopes }
  return { tenantId, actor, expiresAt: row.expiresAt }
}

function notGood(detail: string): HabeasError {
  return new HabeasError('unauthenticated', detail)
}
