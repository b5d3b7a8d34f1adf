// The one way in which a route writes: one transaction, repeated safely, rehearsed on demand.

import { type Database, inTenant, type Scope, type Who } from '../storage/database.ts'
import { retryConflicts } from '../storage/failures.ts'
import { claimIdempotencyKey } from '../storage/idempotency.ts'
import { rehearse } from '../storage/rehearsal.ts'
import { etagOf } from './etags.ts'
import { type IdempotentRequest, idempotencyClaimOf } from './idempotency.ts'

export interface Write<T> {
  /** Of the answer: 201 when something was made, 200 when it was changed, 204 without a body. */
  readonly status: 200 | 201 | 202 | 204
  /** The id of what the answer shows: from the path, or made for what is about to be. */
  readonly resource: string
  /** The answer, made from the resource as it stands: a repeated call gets it again though nothing was stored of it. */
  readonly render: (scope: Scope, resource: string) => Promise<T>
}

/** A Fastify request of any schema. */
interface WritingRequest extends IdempotentRequest {
  readonly query: unknown
  who(): Who
}

/** A Fastify reply of any schema. */
interface WrittenReply {
  statusCode: number
  header(name: string, value: string): unknown
}

/**
 * Does `work` and renders the answer in one transaction. `Idempotency-Key` makes a repeated call answer with what the first one
 * made; `dryRun=true` does everything and undoes it; a deadlock is tried again, so `work` must have no effect outside the scope.
 * The `ETag` of the answer is its `version`, where it has one. `If-Match` reaches storage as `scope.ifMatch`.
 *
 * @throws {HabeasError} what `work` refuses; `idempotency_key_reused`; `unavailable`
 */
export async function write<T>(
  db: Database,
  request: WritingRequest,
  reply: WrittenReply,
  { status, resource, render }: Write<T>,
  work: (scope: Scope, resource: string) => Promise<unknown>
): Promise<T> {
  const who = request.who()
  const claim = idempotencyClaimOf(request, who)
  const isRehearsal = asksForRehearsal(request.query)

  const perform = async (scope: Scope): Promise<{ answer: T; isRepeated: boolean }> => {
    const first = claim === null ? null : await claimIdempotencyKey(scope, claim, resource)
    if (first === null) await work(scope, resource)
    return { answer: await render(scope, first ?? resource), isRepeated: first !== null }
  }
  const run = isRehearsal ? rehearse : inTenant
  const { answer, isRepeated } = await retryConflicts(() => run(db, who, perform))

  reply.statusCode = status
  if (isRehearsal) reply.header('dry-run', 'true')
  if (isRepeated) reply.header('idempotency-replayed', 'true')
  return withETag(reply, answer)
}

/** A `write` after which nothing is left to show: 204 without a body. */
export async function removed(
  db: Database,
  request: WritingRequest,
  reply: WrittenReply,
  resource: string,
  work: (scope: Scope, resource: string) => Promise<unknown>
): Promise<null> {
  return await write(db, request, reply, { status: 204, resource, render: async () => null }, work)
}

/** Names the version of the answer in its `ETag`, where it has one. */
export function withETag<T>(reply: WrittenReply, answer: T): T {
  const version = typeof answer === 'object' && answer !== null && 'version' in answer ? answer.version : undefined
  if (typeof version === 'number') reply.header('etag', etagOf(version))
  return answer
}

function asksForRehearsal(query: unknown): boolean {
  return typeof query === 'object' && query !== null && 'dryRun' in query && query.dryRun === true
}
