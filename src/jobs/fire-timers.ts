// Looks for timers that are due and fires each once, also those that came due while nobody worked.

import type { Sql } from 'postgres'
import { expireOffer } from '../actions/answers/expire-package.ts'
import { lookAgain } from '../actions/answers/look-again.ts'
import { raiseAlerts } from '../actions/clock/raise-alerts.ts'
import { tellAlerts } from '../actions/clock/tell-alerts.ts'
import { closeRequest, expireCase } from '../actions/requests/end-request.ts'
import { eraseAfterRetention } from '../actions/retention/retain-case.ts'
import { eraseInboundAfterRetention } from '../actions/retention/retain-inbound.ts'
import { remindOnce } from '../actions/verification/ask-verification.ts'
import type { Clock } from '../clock.ts'
import { SYSTEM } from '../domain/actor.ts'
import { canMove } from '../domain/lifecycle.ts'
import { type AlertKind, isAlert, type TimerKind } from '../domain/timers.ts'
import { type Database, inTenant, type Scope } from '../storage/database.ts'
import { isOutage } from '../storage/failures.ts'
import { promise } from '../storage/promises.ts'
import { findSubjectRequest } from '../storage/subject-requests.ts'
import { type TimerRow, takeTimer } from '../storage/timers.ts'
import { type DueTimer, lookForDue, lookInSandboxes } from './due-timers.ts'

/**
 * Fires what is due, in the order in which it came due, until nothing is.
 * @param worker   a connection of the worker's login, which sees every tenant's timers and nothing else of theirs
 * @param stopping ends it after what is under way; the rest stays due
 * @returns how many fired
 * @throws {AggregateError} what some of them failed with: they stay due, and the others did not wait for them
 */
export async function fireTimers(worker: Sql, db: Database, clock: Clock, stopping?: AbortSignal): Promise<number> {
  const failures = new Map<string, unknown>()
  const looks: Look[] = [
    last => lookForDue(worker, clock(), last),
    last => lookInSandboxes(worker, clock(), null, last)
  ]
  let fired = 0
  for (const look of looks) fired += await fireAll(look, { db, clock, failures, stopping })
  if (failures.size > 0) throw new AggregateError(failures.values(), `${failures.size} timers could not fire.`)
  return fired
}

/** The same for a sandbox whose clock is on its way. @param failures  takes up what those failed with that stay due */
export async function fireTimersOf(
  worker: Sql,
  db: Database,
  clock: Clock,
  tenantId: string,
  failures: Map<string, unknown>
): Promise<number> {
  const look: Look = last => lookInSandboxes(worker, clock(), tenantId, last)
  return await fireAll(look, { db, clock, failures, stopping: undefined })
}

/** @returns what is due and comes after `last`, in the order in which it came due */
type Look = (last: DueTimer | undefined) => Promise<DueTimer[]>

interface Firing {
  readonly db: Database
  readonly clock: Clock
  readonly failures: Map<string, unknown>
  readonly stopping: AbortSignal | undefined
}

async function fireAll(look: Look, { db, clock, failures, stopping }: Firing): Promise<number> {
  let fired = 0
  for (let before = -1; fired > before; ) {
    // What fires may set what is due by now as well, before the place where the last look ended: so it is looked again.
    before = fired
    let last: DueTimer | undefined
    do {
      const due = await look(last)
      last = due.at(-1)
      for (const group of together(due.filter(({ id }) => !failures.has(id)))) {
        if (stopping?.aborted) return fired
        fired += await fireGroup(db, clock, group, failures)
      }
    } while (last !== undefined)
  }
  return fired
}

/** Alerts of a tenant that follow each other share a transaction; everything else has one of its own. */
function together(due: readonly DueTimer[]): DueTimer[][] {
  const groups: DueTimer[][] = []
  for (const timer of due) {
    const [first] = groups.at(-1) ?? []
    const joins = first !== undefined && first.tenantId === timer.tenantId && isAlert(first.kind) && isAlert(timer.kind)
    if (joins) groups.at(-1)?.push(timer)
    else groups.push([timer])
  }
  return groups
}

/** @returns how many fired; what each that did not failed with is put into `failures` */
async function fireGroup(
  db: Database,
  clock: Clock,
  group: readonly DueTimer[],
  failures: Map<string, unknown>
): Promise<number> {
  const { tenantId } = group[0]!
  try {
    return await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => fire(scope, group))
  } catch (error) {
    if (isOutage(error)) throw error
    if (group.length === 1) {
      failures.set(group[0]!.id, error)
      return 0
    }
  }
  // One of them cannot be fired: each by itself, so that the others do not wait for it.
  let fired = 0
  for (const timer of group) fired += await fireGroup(db, clock, [timer], failures)
  return fired
}

async function fire(scope: Scope, group: readonly DueTimer[]): Promise<number> {
  const alerts = group.flatMap(({ id, requestId, kind }) =>
    isAlert(kind) && requestId !== null ? { id, requestId } : []
  )
  if (alerts.length > 0) return await raiseAlerts(scope, alerts)
  const { id, kind } = group[0]!
  if (kind === 'digest') return (await tellAlerts(scope, id)) ? 1 : 0
  const timer = await takeTimer(scope, id)
  if (timer === undefined) return 0
  await actOn(scope, timer)
  return 1
}

async function actOn(scope: Scope, { id, kind, requestId, caseId, inboundId }: TimerRow): Promise<void> {
  const acts: Readonly<Record<Exclude<TimerKind, AlertKind | 'digest'>, () => Promise<unknown>>> = {
    verification_reminder: () => remindOnce(scope, caseId ?? ''),
    verification_expiry: () => expireCase(scope, caseId ?? ''),
    package_expiry: () => expireOffer(scope, requestId ?? ''),
    close: () => closeIfStillAnswered(scope, requestId ?? ''),
    look_again: () => lookAgain(scope, requestId ?? ''),
    retention: () =>
      inboundId === null ? eraseAfterRetention(scope, caseId ?? '') : eraseInboundAfterRetention(scope, inboundId),
    webhook: () => promise(scope, 'deliver_webhooks', { webhookId: id })
  }
  await acts[kind as keyof typeof acts]()
}

async function closeIfStillAnswered(scope: Scope, requestId: string): Promise<void> {
  const row = await findSubjectRequest(scope, requestId)
  if (canMove(row.state, 'close', 'system')) await closeRequest(scope, requestId)
}
