// Column kinds and the row-security rule that every table shares.

import { sql } from 'drizzle-orm'
import { customType, pgPolicy, pgRole, timestamp, uuid } from 'drizzle-orm/pg-core'

/** Carries every grant; the service's login is a member of it. Made by the bootstrap, for roles belong to the cluster. */
export const appRole = pgRole('habeas_app').existing()
/** Sees every tenant's timers and the job queue, and nothing else of theirs. */
export const workerRole = pgRole('habeas_worker').existing()

// Not `current_setting(…, true)`: a query outside a tenant must fail, not find nothing.
export const ofThisTenant = sql`tenant_id = (select current_setting('app.tenant_id')::uuid)`

/** Row security: only the rows of the tenant that the transaction was opened for. */
export const tenantOnly = () =>
  pgPolicy('tenant_only', { for: 'all', to: appRole, using: ofThisTenant, withCheck: ofThisTenant })

/** `column in ('a', 'b')` for a check constraint, from a list of ours. */
export const oneOf = (values: readonly string[]) => sql.raw(`in (${values.map(value => `'${value}'`).join(', ')})`)

export const bytea = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })
export const byteaArray = customType<{ data: Buffer[]; driverData: Buffer[] }>({ dataType: () => 'bytea[]' })

export const tenantId = () => uuid('tenant_id').notNull()
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
