// Fills an empty database with the tenants of the demo and what happened to them in the past weeks.

import { type Actor, SCOPES, type StaffRole } from '../src/domain/actor.ts'
import type { JobParts } from '../src/jobs/parts.ts'
import { type Arrived, arrive } from './demo/arrive.ts'
import { doDeed } from './demo/deeds.ts'
import type { DemoCase, Step } from './demo/demo-case.ts'
import { type FurnishedTenant, furnishTenant } from './demo/furnish-tenant.ts'
import { type Happening, openSetClock, relive } from './demo/past-weeks.ts'
import type { TenantSeed } from './demo/tenant-seed.ts'
import { mirrorworks } from './seed/mirrorworks.ts'
import { neexo } from './seed/neexo.ts'
import { opifexhq } from './seed/opifexhq.ts'
import { sandbox } from './seed/sandbox.ts'

export const SEEDS: readonly TenantSeed[] = [opifexhq, neexo, mirrorworks]
export const SANDBOX: TenantSeed = sandbox

const HOUR_MS = 3_600_000
/** The tenants were there before anybody asked them for anything. */
const DAYS_OF_PEACE = 7

export interface SeedParts extends Omit<JobParts, 'clock'> {
  /** Of the queue's login. */
  readonly workerUrl: string
}

/**
 * Seeds every tenant, ending at `now`, and a sandbox without a past.
 * @returns the secret of each tenant's API key, by slug
 * @throws the reason of `signal`, between two happenings
 */
export async function seedDemo(parts: SeedParts, now: Date, signal: AbortSignal): Promise<Record<string, string>> {
  const { db } = parts
  const days = Math.max(...SEEDS.flatMap(({ cases }) => cases.map(({ daysAgo }) => daysAgo)))
  const begin = before(now, (days + DAYS_OF_PEACE) * 24)
  const clock = openSetClock(begin)
  const keys: Record<string, string> = {}
  const happenings: Happening[] = []
  for (const seed of SEEDS) {
    const tenant = await furnishTenant(db, seed, begin)
    keys[seed.slug] = tenant.apiKey.secret
    const world = { parts, clock, seed, tenant }
    happenings.push(...seed.cases.flatMap(demoCase => happeningsOf(world, demoCase, now)))
  }
  await relive(happenings, { workerUrl: parts.workerUrl, parts: { ...parts, clock }, clock, until: now }, signal)
  const { apiKey } = await furnishTenant(db, SANDBOX, now, { sandbox: true })
  return { ...keys, [SANDBOX.slug]: apiKey.secret }
}

interface World {
  readonly parts: SeedParts
  readonly clock: () => Date
  readonly seed: TenantSeed
  readonly tenant: FurnishedTenant
}

function happeningsOf(world: World, { daysAgo, arrives, steps }: DemoCase, now: Date): Happening[] {
  const arrivesAt = before(now, daysAgo * 24)
  let arrived: Arrived = new Map()
  const intake = async () => {
    const actor =
      'channel' in arrives && arrives.channel === 'api' ? integrationOf(world.tenant) : staffOf(world.seed, 'agent')
    arrived = await arrive(world.parts.db, whoIn(world, actor), arrives)
  }
  return [
    { at: arrivesAt, happens: intake },
    ...steps.map(step => ({
      at: before(arrivesAt, -step.afterHours),
      happens: () => takeStep(world, arrived, step)
    }))
  ]
}

async function takeStep(world: World, arrived: Arrived, step: Step): Promise<void> {
  const [first] = arrived.values()
  const requestId = step.of === undefined ? first : arrived.get(step.of)
  if (requestId === undefined) throw new Error(`A case of ${world.seed.slug} has no request to ${step.do}.`)
  const { db, objects } = world.parts
  const { afterHours: _, by = 'agent', of: __, ...deed } = step
  await doDeed({ db, objects, who: whoIn(world, staffOf(world.seed, by)), requestId }, deed)
}

const whoIn = ({ tenant, clock }: World, actor: Actor) => ({ tenantId: tenant.tenantId, actor, now: clock() })

function staffOf({ staff }: TenantSeed, role: StaffRole): Actor {
  return { mover: 'agent', id: staff[role].subject, roles: [role], scopes: [] }
}

function integrationOf({ apiKey }: FurnishedTenant): Actor {
  return { mover: 'integration', id: apiKey.id, roles: [], scopes: SCOPES }
}

function before(instant: Date, hours: number): Date {
  return new Date(instant.getTime() - hours * HOUR_MS)
}
