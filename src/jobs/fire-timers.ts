// Looks for timers that are due and fires each once, also those that came due while nobody worked.

import type { Sql } from 'postgres'
import { expirePackage } from '../actions/answers/expire-package.ts'
import { raiseAlert } from '../actions/clock/raise-alert.ts'
import { closeRequest, expireCase } from '../actions/requests/end-request.ts'
import { remindOfVerification } from '../actions/verification/ask-verification.ts'
import type { Clock } from '../clock.ts'
import { SYSTEM } from '../domain/actor.ts'
import { canMove } from '../domain/lifecycle.ts'
import { isAlert, type TimerKind } from '../domain/timers.ts'
import { type Database, inTenant, type Scope } from '../storage/database.ts'
import { findSubjectRequest } from '../storage/subject-requests.ts'
import { type TimerRow, takeTimer } from '../storage/timers.ts'

const BATCH = 500

/**
 * Fires what is due, in batches, until nothing is.
 * @param worker  a connection of the worker's login, which sees every tenant's timers and nothing else of theirs
 * @returns how many fired
 */
export async function fireTimers(worker: Sql, db: Database, clock: Clock): Promise<number> {
  let fired = 0
  const failed: unknown[] = []
  const tried = new Set<string>()
  for (;;) {
    const due = await worker<{ id: string; tenantId: string }[]>`
      select id, tenant_id as "tenantId" from timers where fired_at is null and due_at <= ${clock()} order by due_at, id limit ${BATCH}`
    const fresh = due.filter(timer => !tried.has(timer.id))
    if (fresh.length === 0) break
    for (const { id, tenantId } of fresh) {
      tried.add(id)
      try {
        await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => fire(scope, id))
        fired += 1
      } catch (error) {
        // One that fails stays due and is tried again; the others do not wait for it.
        failed.push(error)
      }
    }
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} timers could not fire.`)
  return fired
}

async function fire(scope: Scope, id: string): Promise<void> {
  const timer = await takeTimer(scope, id)
  if (timer === undefined) return
  await actOn(scope, timer)
}

async function actOn(scope: Scope, { kind, requestId, caseId }: TimerRow): Promise<void> {
  if (isAlert(kind)) return await raiseAlert(scope, requestId ?? '', kind)
  const acts: Readonly<Record<Exclude<TimerKind, `alert:${number}`>, () => Promise<unknown>>> = {
    verification_reminder: () => remindOfVerification(scope, caseId ?? ''),
    verification_expiry: () => expireCase(scope, caseId ?? ''),
    package_expiry: () => expirePackage(scope, requestId ?? ''),
    close: () => closeIfStillAnswered(scope, requestId ?? '')
  }
  await acts[kind as keyof typeof acts]()
}

async function closeIfStillAnswered(scope: Scope, requestId: string): Promise<void> {
  const row = await findSubjectRequest(scope, requestId)
  if (canMove(row.state, 'close', 'system')) await closeRequest(scope, requestId)
}
