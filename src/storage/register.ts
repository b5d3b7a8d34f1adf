// The register: who is restricted, has objected or was erased, under every name they are known by.

import { and, desc, eq, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import { HabeasError } from '../domain/errors.ts'
import type { EndReason, RegisterKind } from '../domain/register.ts'
import type { Identifier } from '../domain/subject-request.ts'
import type { CaseRow } from './cases.ts'
import type { Scope } from './database.ts'
import { registerKey } from './register-keys.ts'
import { letters, registerEntries } from './tables.ts'

/** An entry as a whole, its rows for the names of one person taken together. */
export interface RegisterEntry {
  readonly id: string
  readonly requestId: string
  readonly kind: RegisterKind
  readonly purpose: string | null
  readonly sinceAt: Date
  readonly liftedAt: Date | null
  /** Why it ended; before that why it will, where the person was told. */
  readonly because: EndReason | null
  /** By how many names the person is entered. */
  readonly names: number
  readonly notice: {
    readonly letterId: string
    readonly at: Date
    readonly letterState: (typeof letters.$inferSelect)['state']
    readonly liftsOn: LocalDate | null
  } | null
}

export interface RegisterFilter {
  readonly kind?: RegisterKind | undefined
  readonly purpose?: string | undefined
  readonly requestId?: string | undefined
  readonly identifier?: Identifier | undefined
  readonly standing?: boolean | undefined
}

/**
 * Enters the keys that do not stand there yet because of this request.
 * @returns the id of the new entry and the number of its names; null when all of it stood
 */
export async function enter(
  scope: Scope,
  requestId: string,
  { kind, purpose }: { readonly kind: RegisterKind; readonly purpose: string | null },
  keys: readonly Buffer[]
): Promise<{ id: string; names: number } | null> {
  const standing = await scope.tx
    .select({ subjectKey: registerEntries.subjectKey })
    .from(registerEntries)
    .where(and(...standingBecause(requestId, kind, purpose)))
  const missing = keys.filter(key => !standing.some(row => row.subjectKey.equals(key)))
  if (missing.length === 0) return null
  const entry = { tenantId: scope.tenantId, id: uuidv7(), requestId, kind, purpose, sinceAt: scope.now }
  await scope.tx.insert(registerEntries).values(missing.map(key => ({ ...entry, subjectKey: key })))
  return { id: entry.id, names: missing.length }
}

/** @throws {HabeasError} `not_found` */
export async function findEntry(scope: Scope, id: string): Promise<RegisterEntry> {
  const [entry] = await entriesWhere(scope, [eq(registerEntries.id, id)], 1)
  if (entry === undefined) throw new HabeasError('not_found', 'There is no such entry.')
  return entry
}

/** What stands because of one request. @param purpose  undefined is every one */
export async function standingEntriesOf(
  scope: Scope,
  requestId: string,
  kind: RegisterKind,
  purpose?: string | null
): Promise<RegisterEntry[]> {
  return await entriesWhere(scope, standingBecause(requestId, kind, purpose))
}

/** Since when a request has stood in the register as this: since its last entry did, where none stands any more. */
export async function registeredSince(scope: Scope, requestId: string, kind: RegisterKind): Promise<Date | null> {
  const entries = await entriesWhere(scope, [eq(registerEntries.requestId, requestId), eq(registerEntries.kind, kind)])
  const standing = entries.filter(entry => entry.liftedAt === null)
  return (standing.at(-1) ?? entries[0])?.sinceAt ?? null
}

/** The restrictions that stand for the person of a case, whichever request of theirs began them. */
export async function restrictionsOf(
  scope: Scope,
  { id: caseId, subjectKeys }: Pick<CaseRow, 'id' | 'subjectKeys'>
): Promise<string[]> {
  const ofThisCase = sql`${registerEntries.requestId} in (select id from subject_requests where tenant_id = ${scope.tenantId} and case_id = ${caseId})`
  const rows = await scope.tx
    .selectDistinct({ id: registerEntries.id })
    .from(registerEntries)
    .where(
      and(
        eq(registerEntries.tenantId, scope.tenantId),
        eq(registerEntries.kind, 'restricted'),
        isNull(registerEntries.liftedAt),
        or(ofThisCase, inArray(registerEntries.subjectKey, subjectKeys))
      )
    )
  return rows.map(row => row.id)
}

/** What waits for one letter to leave. */
export async function entriesToldBy(scope: Scope, letterId: string): Promise<RegisterEntry[]> {
  return await entriesWhere(scope, [eq(registerEntries.noticeLetterId, letterId), isNull(registerEntries.liftedAt)])
}

/** The newest entry first. */
export async function listEntries(
  scope: Scope,
  filter: RegisterFilter,
  { after, limit }: { readonly after: string | null; readonly limit: number }
): Promise<RegisterEntry[]> {
  const { kind, purpose, requestId, identifier, standing } = filter
  const conditions = [
    after === null ? undefined : lt(registerEntries.id, after),
    kind && eq(registerEntries.kind, kind),
    purpose === undefined ? undefined : eq(registerEntries.purpose, purpose),
    requestId === undefined ? undefined : eq(registerEntries.requestId, requestId),
    identifier && knownBy(scope, registerKey(scope.vault, identifier)),
    standing === undefined
      ? undefined
      : standing
        ? isNull(registerEntries.liftedAt)
        : sql`${registerEntries.liftedAt} is not null`
  ]
  return await entriesWhere(scope, conditions, limit)
}

/** @param notice  null takes back what no letter shall end any more */
export async function setNotice(
  scope: Scope,
  entryId: string,
  notice: { readonly letterId: string; readonly liftsOn: LocalDate | null; readonly because: EndReason } | null
): Promise<void> {
  const { letterId = null, liftsOn = null, because = null } = notice ?? {}
  const noticeAt = notice === null ? null : scope.now
  await scope.tx
    .update(registerEntries)
    .set({ noticeLetterId: letterId, noticeAt, liftsOn, because })
    .where(and(eq(registerEntries.tenantId, scope.tenantId), eq(registerEntries.id, entryId)))
}

/** Lifts an entry under all its names. The database refuses a restriction of which the person was not told. */
export async function lift(scope: Scope, entryId: string, because: EndReason): Promise<void> {
  await scope.tx
    .update(registerEntries)
    .set({ liftedAt: scope.now, because })
    .where(
      and(
        eq(registerEntries.tenantId, scope.tenantId),
        eq(registerEntries.id, entryId),
        isNull(registerEntries.liftedAt)
      )
    )
}

function standingBecause(
  requestId: string,
  kind: RegisterKind,
  purpose: string | null | undefined
): (SQL | undefined)[] {
  return [
    eq(registerEntries.requestId, requestId),
    eq(registerEntries.kind, kind),
    isNull(registerEntries.liftedAt),
    purpose === undefined
      ? undefined
      : purpose === null
        ? isNull(registerEntries.purpose)
        : eq(registerEntries.purpose, purpose)
  ]
}

/** The rows of one entry share all but the name, so any of them finds it. */
function knownBy(scope: Scope, key: Buffer): SQL {
  return sql`${registerEntries.id} in (select id from register_entries where tenant_id = ${scope.tenantId} and subject_key = ${key})`
}

async function entriesWhere(scope: Scope, conditions: (SQL | undefined)[], limit = 1_000): Promise<RegisterEntry[]> {
  const { id, requestId, kind, purpose, sinceAt, liftedAt, because, noticeLetterId, noticeAt, liftsOn } =
    registerEntries
  const rows = await scope.tx
    .select({
      id,
      requestId,
      kind,
      purpose,
      sinceAt,
      liftedAt,
      because,
      noticeLetterId,
      noticeAt,
      liftsOn,
      letterState: letters.state,
      names: sql<number>`count(*)::int`
    })
    .from(registerEntries)
    .leftJoin(letters, and(eq(letters.tenantId, registerEntries.tenantId), eq(letters.id, noticeLetterId)))
    .where(and(eq(registerEntries.tenantId, scope.tenantId), ...conditions))
    .groupBy(id, requestId, kind, purpose, sinceAt, liftedAt, because, noticeLetterId, noticeAt, liftsOn, letters.state)
    .orderBy(desc(id))
    .limit(limit)
  return rows.map(({ noticeLetterId: letterId, noticeAt: at, liftsOn: on, letterState, ...entry }) => ({
    ...entry,
    notice: letterId === null || at === null || letterState === null ? null : { letterId, at, letterState, liftsOn: on }
  }))
}
