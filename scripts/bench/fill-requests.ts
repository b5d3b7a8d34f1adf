// Many requests in a database, written past the service: what it would take an hour to take in lies there in a minute.

import type { Sql } from 'postgres'
import { placeOfPeople } from '../../src/storage/cases.ts'
import type { RootKeys } from '../../src/storage/sealing.ts'
import { TenantVault } from '../../src/storage/sealing.ts'
import { searchWord } from '../../src/storage/subject-keys.ts'
import { sealContents } from '../../src/storage/subject-requests.ts'
import { asOwner } from '../../test/support/cluster.ts'

/** Row `n` of these is the oldest at 1; the newest came in now, each other half a minute before the next. */
export interface Filled {
  readonly ownerUrl: string
  readonly tenantId: string
  readonly roots: RootKeys
  readonly rows: number
}

export interface Position {
  readonly id: string
  readonly createdAt: Date
  readonly dueOn: string
}

const APART_SECONDS = 30
const REQUESTS_A_PERSON = 3
const CLOSED_SHARE = 0.9
/** Left off while the rows are written and made afterwards: that is many times faster. */
const INDEXED = ['cases', 'subject_requests', 'events', 'timers']
export const FAMILIAR_WORD = 'holm'
export const FAMILIAR_EMAIL = 'mia.1@example.com'

/**
 * Fills the tenant's tables, of which one request was taken in by the service as the pattern. All but the newest are closed. What is
 * sealed in the pattern is repeated, and so cannot be opened elsewhere: see `sealForReading`.
 */
export async function fillRequests({ ownerUrl, tenantId, roots, rows }: Filled): Promise<void> {
  await asOwner(ownerUrl, async sql => {
    const vault = await vaultOf(sql, roots, tenantId)
    await sql`set session_replication_role = replica`
    await sql`set synchronous_commit = off`
    await sql`set maintenance_work_mem = '256MB'`
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
      where indrelid = any(${INDEXED}::regclass[]) and not exists (select from pg_constraint where conindid = i.indexrelid)`
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
    await sql.unsafe(fillingOf(tenantId, rows, searchWord(vault, FAMILIAR_WORD), searchWord(vault, FAMILIAR_EMAIL)))
    for (const { definition } of indexes) await sql.unsafe(definition)
    await sql`vacuum analyze`
  })
}

/** Gives some of the requests, and their cases, sealed values of their own, so that a page with them can be shown. */
export async function sealForReading(
  { ownerUrl, tenantId, roots }: Filled,
  requestIds: readonly string[]
): Promise<void> {
  await asOwner(ownerUrl, async sql => {
    const vault = await vaultOf(sql, roots, tenantId)
    await sql`set session_replication_role = replica`
    const found = await sql<{ id: string; caseId: string }[]>`
      select id, case_id as "caseId" from subject_requests where id = any(${[...requestIds]}::uuid[])`
    for (const { id, caseId } of found) {
      const { vault: ofCase, sealedKey } = vault.newCase(caseId)
      const people = { subject: SUBJECT, requester: null }
      await sql`update cases set sealed_key = ${sealedKey}, sealed = ${ofCase.sealJson(placeOfPeople(caseId), people)} where id = ${caseId}`
      await sql`update subject_requests set sealed = ${sealContents(ofCase, id, { details: {}, metadata: {}, decision: null })} where id = ${id}`
    }
    await sql`vacuum analyze cases, subject_requests`
  })
}

const SUBJECT = {
  name: 'Mia Holm',
  email: 'mia@example.com',
  locale: 'da' as const,
  country: 'DK',
  region: null,
  identifiers: [{ kind: 'user_id', value: 'u_42' }]
}

async function vaultOf(sql: Sql, roots: RootKeys, tenantId: string): Promise<TenantVault> {
  const [row] = await sql<{ sealedKey: Buffer }[]>`select sealed_key as "sealedKey" from tenants where id = ${tenantId}`
  if (row === undefined) throw new Error('The tenant is not there.')
  return TenantVault.open(roots, tenantId, row.sealedKey)
}

/** Ids grow with time, as those of the service do. */
function fillingOf(tenantId: string, rows: number, word: Buffer, email: Buffer): string {
  const id = (kind: string, n = 'n') =>
    `(lpad(to_hex((extract(epoch from came_at) * 1000)::bigint), 12, '0') || '7000' || '${kind}' || lpad(to_hex(${n}), 12, '0'))::uuid`
  const bytesOf = (bytes: Buffer) => `'\\x${bytes.toString('hex')}'::bytea`
  return `
    create temporary table filling on commit preserve rows as
      select n, came_at, ${id('8000')} as case_id, ${id('9000')} as request_id,
        (array['access', 'access', 'access', 'erasure', 'erasure', 'objection', 'portability', 'rectification', 'restriction'])[1 + n % 9] as subject_right,
        case when n <= ${rows} * ${CLOSED_SHARE} then 'closed' else (array['received', 'awaiting_verification', 'verified', 'in_fulfilment', 'in_review', 'responded'])[1 + n % 6] end as state
      from (select n, date_trunc('milliseconds', now()) - (${rows} - n) * interval '${APART_SECONDS} seconds' as came_at from generate_series(1, ${rows}) n) numbers;

    insert into cases (tenant_id, id, reference, channel, locale, country, external_id, received_at, sealed_key, sealed, subject_keys, verified_at, proof, created_at)
      select '${tenantId}', f.case_id, 'F-' || n, p.channel, p.locale, p.country, 'order ' || n, came_at, p.sealed_key, p.sealed,
        array[sha256(convert_to('key ' || n / ${REQUESTS_A_PERSON}, 'UTF8')), sha256(convert_to('user ' || n / ${REQUESTS_A_PERSON}, 'UTF8'))],
        came_at, '{"method": "email_link", "by": null}', came_at
      from filling f, (select * from cases limit 1) p;

    insert into case_words (tenant_id, case_id, word)
      select '${tenantId}', f.case_id, word from filling f, unnest(array[
        sha256(convert_to('name ' || n % 200, 'UTF8')),
        case when n % 5000 = 7 then ${bytesOf(word)} else sha256(convert_to('surname ' || n % 20000, 'UTF8')) end,
        case when n % 1000 = 7 then ${bytesOf(email)} else sha256(convert_to('address ' || n / ${REQUESTS_A_PERSON}, 'UTF8')) end]) word;

    insert into subject_requests (tenant_id, id, case_id, subject_right, regime, state, last_event_seq, received_at, received_on, due_on, target_on,
        statutory_due_on, acknowledge_by, extension_notice_by, due_ends_at, clock, assignee, external_id, outcome, sealed, verified_at, responded_at, closed_at, created_at, updated_at)
      select '${tenantId}', f.request_id, f.case_id, f.subject_right, case when n % 50 = 0 then 'uk-gdpr' else p.regime end, f.state, 1, came_at, came_at::date,
        (came_at + interval '1 month')::date, (came_at + interval '28 days')::date, (came_at + interval '1 month')::date, came_at::date, (came_at + interval '1 month')::date,
        came_at + interval '1 month', p.clock, case when n % 4 = 0 then 'agent ' || n % 60 end, 'order ' || n,
        case when f.state in ('closed', 'responded') then 'granted' end, p.sealed, came_at, case when f.state in ('closed', 'responded') then came_at end,
        case when f.state = 'closed' then came_at end, came_at, came_at
      from filling f, (select * from subject_requests limit 1) p;

    insert into events (tenant_id, request_id, seq, kind, from_state, to_state, mover, actor_id, at, data, previous_hash, hash)
      select '${tenantId}', f.request_id, 1, 'opened', 'received', f.state, 'system', 'system', came_at, p.data, p.hash, sha256(convert_to(n::text, 'UTF8'))
      from filling f, (select * from events limit 1) p;

    insert into timers (tenant_id, id, request_id, kind, due_at, fired_at)
      select '${tenantId}', ${id('a000')}, f.request_id, 'alert:0', came_at + interval '1 month', case when f.state = 'closed' then came_at end
      from filling f;
    drop table filling;`
}
