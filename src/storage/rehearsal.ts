// Work that is done whole and then undone: every check runs, and nothing changes.

import { sql } from 'drizzle-orm'
import { type Database, inTenant, type Scope, type Who } from './database.ts'

class Rehearsed extends Error {
  readonly answer: unknown

  constructor(answer: unknown) {
    super('A rehearsal is rolled back.')
    this.answer = answer
  }
}

/**
 * Like `inTenant`, but rolled back. What the database would check at the commit is checked before.
 * @returns what `work` would have answered
 */
export async function rehearse<T>(db: Database, who: Who, work: (scope: Scope) => Promise<T>): Promise<T> {
  try {
    return await inTenant(db, who, async scope => {
      const answer = await work(scope)
      await scope.tx.execute(sql`set constraints all immediate`)
      throw new Rehearsed(answer)
    })
  } catch (error) {
    if (error instanceof Rehearsed) return error.answer as T
    throw error
  }
}
