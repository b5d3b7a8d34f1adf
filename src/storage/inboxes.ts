// What reached an inbox because strangers named it in the public form. An inbox is known by a keyed hash of its address.

import { sql } from 'drizzle-orm'
import type { Scope } from './database.ts'
import { cases, inbound, letters } from './tables.ts'

/** The inbox that the form behind a case named; null for a case that no form opened. */
export async function inboxOfCase(scope: Scope, caseId: string): Promise<Buffer | null> {
  const {
    rows: [row]
  } = await scope.tx.execute<{ key: Buffer | null }>(sql`
    select address_key as key from ${inbound}
    where tenant_id = ${scope.tenantId} and case_id = ${caseId} and address_key is not null limit 1`)
  return row?.key ?? null
}

/**
 * How many mails about what nobody had proven went to an inbox after `since`: one for each form that became a case, and what
 * followed by itself. Whoever counts for the same inbox at the same moment waits until this transaction ends.
 */
export async function countMailsTo(scope: Scope, inbox: Buffer, since: Date): Promise<number> {
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${inbox.toString('hex')}, 0))`)
  const {
    rows: [row]
  } = await scope.tx.execute<{ mails: number }>(sql`
    select (count(*) filter (where i.created_at > ${instant(since)})
        + coalesce(sum((select count(*) from ${letters} l
            where l.tenant_id = i.tenant_id and l.case_id = i.case_id and l.audience = 'subject'
              and l.kind in ('verification_reminder', 'verification_expired') and l.queued_at > ${instant(since)})), 0))::int as mails
    from ${inbound} i
    where i.tenant_id = ${scope.tenantId} and i.address_key = ${inbox} and i.state = 'opened'`)
  return row?.mails ?? 0
}

/** Whether another form that came after `since` named the same inbox, and nobody has proven it. */
export async function wasNamedBesides(scope: Scope, inbox: Buffer, caseId: string, since: Date): Promise<boolean> {
  const {
    rows: [row]
  } = await scope.tx.execute<{ named: boolean }>(sql`
    select exists (
      select from ${inbound} i left join ${cases} c on c.tenant_id = i.tenant_id and c.id = i.case_id
      where i.tenant_id = ${scope.tenantId} and i.address_key = ${inbox} and i.created_at > ${instant(since)}
        and i.case_id is distinct from ${caseId}::uuid and c.verified_at is null
    ) as named`)
  return row?.named ?? false
}

/**
 * Whether the owner of an inbox said after `since` that they had not asked: of what a form began, or of any other case about
 * one of these keys.
 */
export async function isMuted(
  scope: Scope,
  inbox: Buffer,
  subjectKeys: readonly Buffer[],
  since: Date
): Promise<boolean> {
  const keys = `{${subjectKeys.map(key => `"\\\\x${key.toString('hex')}"`).join(',')}}`
  const {
    rows: [row]
  } = await scope.tx.execute<{ muted: boolean }>(sql`
    select exists (
      select from ${inbound} i join ${cases} c on c.tenant_id = i.tenant_id and c.id = i.case_id
      where i.tenant_id = ${scope.tenantId} and i.address_key = ${inbox} and c.muted_at > ${instant(since)}
    ) or exists (
      select from ${cases} c
      where c.tenant_id = ${scope.tenantId} and c.subject_keys && ${keys}::bytea[] and c.muted_at > ${instant(since)}
    ) as muted`)
  return row?.muted ?? false
}

const instant = (at: Date) => sql`${at.toISOString()}::timestamptz`
