// Tenants, their policy and data map, and who may speak for them.

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid
} from 'drizzle-orm/pg-core'
import type { ApiScope, StaffRole } from '../../domain/actor.ts'
import type { AutomatedDecision, DataCategory } from '../../domain/data-map.ts'
import type { Policy } from '../../domain/policy.ts'
import { appRole, at, bytea, ofThisTenant, oneOf, tenantId, tenantOnly, workerRole } from './columns.ts'

const sameTenant = sql`id = (select current_setting('app.tenant_id')::uuid)`

export const tenants = pgTable(
  'tenants',
  {
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    /** The tenant's key, sealed under the root key: destroy it and nothing of the tenant can be read. */
    sealedKey: bytea('sealed_key').notNull(),
    /** Made for trying things out, with a clock that can be sent ahead. A tenant stays what it was made as. */
    sandbox: boolean('sandbox').notNull().default(false),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'tenants_pk', columns: [table.id] }),
    unique('tenants_slug').on(table.slug),
    unique('tenants_sandbox').on(table.id, table.sandbox),
    check('tenants_slug_shape', sql`${table.slug} ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'`),
    pgPolicy('tenant_only', { for: 'all', to: appRole, using: sameTenant, withCheck: sameTenant }),
    pgPolicy('worker_knows_of_each', { for: 'select', to: workerRole, using: sql`true` })
  ]
)

/** The clock of a sandbox: `src/domain/test-clock.ts` says how it is read. */
export const testClocks = pgTable(
  'test_clocks',
  {
    tenantId: tenantId(),
    /** Always true: the key of a live tenant fits no row here. */
    sandbox: boolean('sandbox').notNull().default(true),
    shownAt: at('shown_at').notNull(),
    runsSince: at('runs_since'),
    fromAt: at('from_at'),
    toAt: at('to_at'),
    fired: integer('fired').notNull().default(0)
  },
  table => [
    primaryKey({ name: 'test_clocks_pk', columns: [table.tenantId] }),
    foreignKey({
      name: 'test_clocks_tenant_fk',
      columns: [table.tenantId, table.sandbox],
      foreignColumns: [tenants.id, tenants.sandbox]
    }),
    check('test_clocks_of_sandboxes', sql`${table.sandbox}`),
    check('test_clocks_never_behind', sql`${table.runsSince} is null or ${table.shownAt} >= ${table.runsSince}`),
    check(
      'test_clocks_on_its_way',
      sql`${table.runsSince} is not null or (${table.toAt} is not null and ${table.shownAt} between ${table.fromAt} and ${table.toAt})`
    ),
    tenantOnly(),
    pgPolicy('worker_reads_test_clocks', { for: 'select', to: workerRole, using: sql`true` })
  ]
)

/**
 * How a stranger finds the tenant: a row can be seen only by who can name its key (a slug, the hash of an API key).
 * It is the one table read before a tenant is known.
 */
export const doors = pgTable(
  'doors',
  { key: text('key').notNull(), tenantId: tenantId(), targetId: uuid('target_id') },
  table => [
    primaryKey({ name: 'doors_pk', columns: [table.key] }),
    index('doors_by_tenant').on(table.tenantId),
    foreignKey({ name: 'doors_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    pgPolicy('who_names_it_sees_it', {
      for: 'select',
      to: appRole,
      using: sql`key = (select current_setting('app.door', true)) or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)`
    }),
    pgPolicy('tenant_hangs_it', { for: 'insert', to: appRole, withCheck: ofThisTenant }),
    pgPolicy('tenant_takes_it_down', { for: 'delete', to: appRole, using: ofThisTenant })
  ]
)

export const policies = pgTable(
  'policies',
  {
    tenantId: tenantId(),
    version: integer('version').notNull(),
    body: jsonb('body').$type<Policy>().notNull(),
    setBy: text('set_by'),
    setAt: at('set_at').notNull()
  },
  table => [
    primaryKey({ name: 'policies_pk', columns: [table.tenantId, table.version] }),
    foreignKey({ name: 'policies_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)

export const systems = pgTable(
  'systems',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    personalData: text('personal_data').$type<'held' | 'none'>().notNull(),
    role: text('role').$type<'controller' | 'processor'>().notNull(),
    location: text('location').notNull(),
    transferSafeguard: text('transfer_safeguard'),
    description: text('description'),
    categories: jsonb('categories').$type<DataCategory[]>().notNull(),
    automatedDecisions: jsonb('automated_decisions').$type<AutomatedDecision[]>().notNull().default([]),
    /** Who does its tasks: a staff member's `sub` or an API key's id; null leaves them to whoever claims. */
    assignee: text('assignee'),
    instructions: text('instructions'),
    version: integer('version').notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    removedAt: at('removed_at')
  },
  table => [
    primaryKey({ name: 'systems_pk', columns: [table.tenantId, table.id] }),
    unique('systems_slug').on(table.tenantId, table.slug),
    check('systems_personal_data', sql`${table.personalData} ${oneOf(['held', 'none'])}`),
    check('systems_role', sql`${table.role} ${oneOf(['controller', 'processor'])}`),
    foreignKey({ name: 'systems_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)

export const staff = pgTable(
  'staff',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** The `sub` of the token they come with. */
    subject: text('subject').notNull(),
    roles: text('roles').array().$type<StaffRole[]>().notNull(),
    /** Name and mailbox, sealed under the tenant's key. */
    sealed: bytea('sealed').notNull(),
    active: boolean('active').notNull().default(true),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'staff_pk', columns: [table.tenantId, table.id] }),
    unique('staff_subject').on(table.tenantId, table.subject),
    foreignKey({ name: 'staff_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)

export const apiKeys = pgTable(
  'api_keys',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    /** The first characters, so that a person can tell keys apart; the rest is only known as a hash. */
    prefix: text('prefix').notNull(),
    hash: bytea('hash').notNull(),
    scopes: text('scopes').array().$type<ApiScope[]>().notNull(),
    createdBy: text('created_by'),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at')
  },
  table => [
    primaryKey({ name: 'api_keys_pk', columns: [table.tenantId, table.id] }),
    unique('api_keys_hash').on(table.tenantId, table.hash),
    foreignKey({ name: 'api_keys_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    tenantOnly()
  ]
)
