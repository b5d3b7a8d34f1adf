// Answers that were given.

import { desc, eq } from 'drizzle-orm'
import type { Scope } from './database.ts'
import { responses } from './tables.ts'

export type ResponseRow = typeof responses.$inferSelect

export async function insertResponse(
  scope: Scope,
  response: Omit<ResponseRow, 'tenantId' | 'createdAt'>
): Promise<void> {
  await scope.tx.insert(responses).values({ ...response, tenantId: scope.tenantId, createdAt: scope.now })
}

/** The answers to a request, the newest first. */
export async function responsesOf(scope: Scope, requestId: string): Promise<ResponseRow[]> {
  return await scope.tx
    .select()
    .from(responses)
    .where(eq(responses.requestId, requestId))
    .orderBy(desc(responses.createdAt))
}
