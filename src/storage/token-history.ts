// Which links and codes were made before: the newest one, and how many of late.

import { and, count, desc, eq, gt } from 'drizzle-orm'
import type { Scope } from './database.ts'
import { tokens } from './tables.ts'
import type { Purpose, TokenRow } from './tokens.ts'

interface TokensOf {
  readonly caseId: string
  /** Only those of one request. */
  readonly requestId?: string
  readonly purpose: Purpose
}

/** The newest, live or not. */
export async function newestToken(scope: Scope, of: TokensOf): Promise<TokenRow | undefined> {
  const [row] = await scope.tx.select().from(tokens).where(those(of)).orderBy(desc(tokens.id)).limit(1)
  return row
}

/** How many were made after `since`. */
export async function countTokensSince(scope: Scope, of: TokensOf, since: Date): Promise<number> {
  const [row] = await scope.tx
    .select({ made: count() })
    .from(tokens)
    .where(and(those(of), gt(tokens.createdAt, since)))
  return row?.made ?? 0
}

function those({ caseId, requestId, purpose }: TokensOf) {
  return and(
    eq(tokens.caseId, caseId),
    eq(tokens.purpose, purpose),
    requestId === undefined ? undefined : eq(tokens.requestId, requestId)
  )
}
