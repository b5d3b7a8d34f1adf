// One transaction of one tenant: opened in one round trip, and its connection given back whatever happens.

import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type { PoolClient } from 'pg'
import { failAsOutage, type ServicePool } from './pool.ts'

export type Tx = NodePgDatabase

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Does `work` between BEGIN and COMMIT, or undoes it. The library's own transaction keeps a connection for ever that breaks
 * before it begins: after a few outages the pool would be empty.
 */
export async function transaction<T>(pool: ServicePool, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(opening(tenantId)).catch(failAsOutage)
    const result = await work(drizzle(client))
    await client.query('commit').catch(failAsOutage)
    return result
  } catch (error) {
    broken = await undo(client)
    throw error
  } finally {
    client.release(broken)
  }
}

/** Two statements in one message take no parameters: what stands in them has to be a UUID and nothing else. */
function opening(tenantId: string): string {
  if (!UUID.test(tenantId)) throw new Error('A tenant is known by its UUID.')
  return `begin; select set_config('app.tenant_id', '${tenantId}', true)`
}

/** @returns what broke the connection, which then must not be used again */
async function undo(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error('The transaction could not be undone.')
  }
}
