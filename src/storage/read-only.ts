// Reading that cannot write, whatever the code below it does.

import { sql } from 'drizzle-orm'
import { type Database, inTenant, type Scope, type Who } from './database.ts'

/**
 * Like `inTenant`, but the database refuses every change. For what is opened by following a link: machines follow links
 * as well, and whatever they open must change nothing.
 */
export async function readInTenant<T>(db: Database, who: Who, work: (scope: Scope) => Promise<T>): Promise<T> {
  return await inTenant(db, who, async scope => {
    await scope.tx.execute(sql`set transaction read only`)
    return await work(scope)
  })
}
