// A tenant of a house, with everybody who calls the API for it.

import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { uuidv7 } from 'uuidv7'
import { createTenant } from '../../src/actions/tenancy/create-tenant.ts'
import { issueApiKey } from '../../src/actions/tenancy/issue-api-key.ts'
import type { Clock } from '../../src/clock.ts'
import { type ApiScope, SCOPES, type StaffRole, SYSTEM } from '../../src/domain/actor.ts'
import { POLICY_DEFAULTS, type Policy } from '../../src/domain/policy.ts'
import { type Database, inTenant } from '../../src/storage/database.ts'
import { type Client, clientOf } from './client.ts'
import { claimsFor, signToken } from './tokens.ts'

export interface TenantInHouse {
  readonly id: string
  readonly slug: string
  readonly agent: Client
  readonly approver: Client
  readonly admin: Client
  readonly auditor: Client
  /** Comes with an API key that has every scope. */
  readonly integration: Client
  /** A staff member with these roles; the name becomes their `sub`. */
  staff(name: string, ...roles: StaffRole[]): Client
  /** An API key with these scopes. */
  key(...scopes: ApiScope[]): Promise<Client>
}

export const HOUSE_POLICY: Policy = {
  ...POLICY_DEFAULTS,
  organisation: {
    name: 'Example ApS',
    postalAddress: ['Havnegade 1', '7100 Vejle', 'Denmark'],
    email: 'privacy@house.example'
  },
  alertsTo: 'team@house.example',
  locales: ['en', 'da'],
  defaultLocale: 'en',
  timeZone: 'Europe/Copenhagen',
  holidays: 'DK',
  authority: 'DK',
  regimes: { default: 'eu-gdpr', byPlace: {} },
  rights: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection']
}

/** What a tenant may choose; the rest is as in `HOUSE_POLICY`. */
export interface MadeTenant {
  readonly slug?: string
  readonly name?: string
  readonly policy?: Partial<Policy>
  readonly sandbox?: boolean
}

interface Rooms {
  readonly app: FastifyInstance
  readonly db: Database
  readonly clock: Clock
  /** Of the staff tokens. */
  readonly secret: string
}

export async function openTenant({ app, db, clock, secret }: Rooms, made: MadeTenant = {}): Promise<TenantInHouse> {
  const slug = made.slug ?? `tenant-${randomBytes(4).toString('hex')}`
  const policy = { ...HOUSE_POLICY, ...made.policy }
  const { name = policy.organisation.name, sandbox = false } = made
  const { tenantId } = await createTenant(db, { slug, name, policy, sandbox }, clock())
  const staff = (name: string, ...roles: StaffRole[]) =>
    clientOf(app, () => signToken(secret, claimsFor(slug, clock(), { sub: name, roles })))
  const key = async (...scopes: ApiScope[]) => {
    const asked = { name: 'A test', scopes, expiresAt: null }
    const who = { tenantId, actor: SYSTEM, now: clock() }
    const issued = await inTenant(db, who, scope => issueApiKey(scope, uuidv7(), asked))
    return clientOf(app, () => issued.secret)
  }
  return {
    id: tenantId,
    slug,
    agent: staff('agent', 'agent'),
    approver: staff('approver', 'approver'),
    admin: staff('admin', 'admin'),
    auditor: staff('auditor', 'auditor'),
    integration: await key(...SCOPES),
    staff,
    key
  }
}
