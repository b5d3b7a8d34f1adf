// Alerts that were raised, and whether staff were told of them.

import { sql } from 'drizzle-orm'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import type { Scope } from './database.ts'
import { OWED_ON } from './owed-days.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { alerts } from './tables.ts'

type AlertRow = typeof alerts.$inferSelect
export type NewAlert = Pick<AlertRow, 'requestId' | 'kind' | 'aboutOn'>

/** Keeps what was never raised before. @returns those */
export async function keepAlerts(scope: Scope, raised: readonly NewAlert[]): Promise<NewAlert[]> {
  if (raised.length === 0) return []
  const rows = raised.map(alert => ({ ...alert, tenantId: scope.tenantId, raisedAt: scope.now }))
  return await scope.tx
    .insert(alerts)
    .values(rows)
    .onConflictDoNothing()
    .returning({ requestId: alerts.requestId, kind: alerts.kind, aboutOn: alerts.aboutOn })
}

/** An alert with what a mail about it says of the request. */
export type UntoldAlert = NewAlert &
  Pick<SubjectRequestRow, 'right' | 'rightGuessed' | 'state' | 'outcome' | 'receivedOn' | 'dueOn' | 'assignee'> & {
    readonly raisedAt: Date
    readonly reference: string
  }

/**
 * Marks all that staff were not told of yet as told: the mails are queued in this transaction.
 * @returns those whose request is still open, in the order in which they were raised
 */
export async function takeUntoldAlerts(scope: Scope): Promise<UntoldAlert[]> {
  const open = sql.join(
    OPEN_STATES.map(state => sql`${state}`),
    sql`, `
  )
  const { rows } = await scope.tx.execute<
    Omit<UntoldAlert, 'raisedAt'> & { raisedAtMs: number } & Record<string, unknown>
  >(sql`
    with told as (
      update alerts set told_at = ${scope.now.toISOString()}::timestamptz
      where tenant_id = ${scope.tenantId} and told_at is null
      returning request_id, kind, about_on, raised_at)
    select t.request_id as "requestId", t.kind, t.about_on as "aboutOn", c.reference,
      (extract(epoch from t.raised_at) * 1000)::float8 as "raisedAtMs",
      r.subject_right as "right", r.right_guessed as "rightGuessed", r.state, r.outcome, r.received_on as "receivedOn",
      ${OWED_ON} as "dueOn", r.assignee
    from told t
      join subject_requests r on r.tenant_id = ${scope.tenantId} and r.id = t.request_id
      join cases c on c.tenant_id = r.tenant_id and c.id = r.case_id
    where r.state in (${open})
    order by t.raised_at, t.about_on, t.request_id`)
  return rows.map(({ raisedAtMs, ...alert }) => ({ ...alert, raisedAt: new Date(raisedAtMs) }))
}
