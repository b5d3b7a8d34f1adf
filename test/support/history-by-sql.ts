// Requests and their histories written by SQL as the service's login, past every handler of ours.

import postgres, { type TransactionSql } from 'postgres'
import { EDGES, MOVERS, STATES, type State } from '../../src/domain/lifecycle.ts'
import type { TenantInHouse } from './house.ts'

export interface HistoryBySql {
  /** One request in each state, brought there along the table. */
  requestsInEveryState(): Promise<Record<State, string>>
  /** Tries every entry of these kinds, each for itself and undone again. @returns those that the database took */
  entriesTaken(requestId: string, from: State, kinds: readonly string[]): Promise<string[]>
  asService<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T>
  /** The name of the wall that the service meets, else the SQLSTATE. */
  refusalOf(work: (sql: TransactionSql) => Promise<unknown>): Promise<string>
}

interface Entry {
  readonly requestId: string
  readonly kind: string
  readonly from: State
  readonly to: State
  readonly mover?: string
  readonly seq?: number
  readonly hash?: string
}

/** @param test  its teardown closes the connections */
export function writeHistoryBySql(
  test: { teardown(undo: () => Promise<void>): unknown },
  serviceUrl: string,
  tenant: TenantInHouse
): HistoryBySql {
  const service = postgres(serviceUrl, { max: 4, onnotice: () => {} })
  test.teardown(() => service.end({ timeout: 5 }))

  async function asService<T>(work: (sql: TransactionSql) => Promise<T>): Promise<T> {
    const [answer] = await service.begin(async sql => {
      await sql`select set_config('app.tenant_id', ${tenant.id}, true)`
      return [await work(sql)]
    })
    return answer as T
  }

  async function refusalOf(work: (sql: TransactionSql) => Promise<unknown>): Promise<string> {
    try {
      await asService(work)
      return 'it passed'
    } catch (error) {
      const { code, constraint_name: wall } = error as { code?: string; constraint_name?: string }
      return wall ?? code ?? String(error)
    }
  }

  async function openRequestIn(state: State): Promise<string> {
    const asked = {
      rights: ['access'],
      subject: { name: 'Anna Berg', email: 'anna@example.com' },
      channel: 'phone',
      verification: { method: 'none' }
    }
    const [{ id, caseId }] = (await tenant.agent.post('/v1/requests', asked)).json().requests
    await asService(async sql => {
      for (const { from, move, to, by } of pathTo(state)) {
        if (to === 'responded') await addAnswer(sql, id, caseId)
        await addEntry(sql, { requestId: id, kind: move, from, to, mover: by[0]! })
        await sql`update subject_requests set state = ${to}, last_event_seq = last_event_seq + 1, outcome = 'refused', ground = 'excessive_abusive',
          verified_at = case when ${move} = 'verify' then now() else verified_at end where id = ${id}`
      }
    })
    return id
  }

  return {
    asService,
    refusalOf,
    requestsInEveryState: async () => {
      const requests = await Promise.all(STATES.map(async state => [state, await openRequestIn(state)] as const))
      return Object.fromEntries(requests) as Record<State, string>
    },
    entriesTaken: async (requestId, from, kinds) =>
      await asService(async sql => {
        await sql.unsafe(tryEvery(tenant.id, requestId, from, kinds))
        return (await sql<{ entry: string }[]>`select entry from taken`).map(row => row.entry)
      })
  }
}

export async function addEntry(
  sql: TransactionSql,
  { requestId, kind, from, to, mover = 'agent', seq = 1, hash = '' }: Entry
): Promise<void> {
  await sql`
    insert into events (tenant_id, request_id, seq, kind, from_state, to_state, mover, at, data, previous_hash, hash)
    values (current_setting('app.tenant_id')::uuid, ${requestId}, ${seq}, ${kind}, ${from}, ${to}, ${mover}, now(), '{}', '', decode(${hash}, 'hex'))`
}

/** The shortest way. */
function pathTo(state: State): (typeof EDGES)[number][] {
  const ways = new Map<State, (typeof EDGES)[number][]>([['received', []]])
  for (const [here, way] of ways) {
    for (const edge of EDGES) if (edge.from === here && !ways.has(edge.to)) ways.set(edge.to, [...way, edge])
  }
  const way = ways.get(state)
  if (way === undefined) throw new Error(`No way leads to ${state}.`)
  return way
}

async function addAnswer(sql: TransactionSql, requestId: string, caseId: string): Promise<void> {
  const [{ id = '' } = {}] = await sql<{ id: string }[]>`
    insert into letters (tenant_id, id, case_id, request_id, kind, audience, state, message_id, sealed, queued_at)
    values (current_setting('app.tenant_id')::uuid, gen_random_uuid(), ${caseId}, ${requestId}, 'response', 'subject', 'queued', gen_random_uuid()::text, '', now()) returning id`
  await sql`
    insert into responses (tenant_id, id, request_id, outcome, ground, letter_id, preview_hash, authority, court_named, weighed, needs_weighing, needs_second_person, sent_by, created_at)
    values (current_setting('app.tenant_id')::uuid, gen_random_uuid(), ${requestId}, 'refused', 'excessive_abusive', ${id}, '', '{}', true, false, false, false, 'agent', now())`
}

/** Seven thousand attempts would be as many round trips, so the loop runs in the database. */
function tryEvery(tenantId: string, requestId: string, from: State, kinds: readonly string[]): string {
  return `
    create temporary table taken (entry text) on commit drop;
    do $$
    declare k text; s text; m text;
    begin
      foreach k in array '{${kinds.join(',')}}'::text[] loop
        foreach s in array '{${STATES.join(',')}}'::text[] loop
          foreach m in array '{${MOVERS.join(',')}}'::text[] loop
            begin
              insert into events (tenant_id, request_id, seq, kind, from_state, to_state, mover, at, data, previous_hash, hash)
                values ('${tenantId}', '${requestId}', 1, k, '${from}', s, m, now(), '{}', '', '');
              raise exception using errcode = 'P0099';
            exception
              when sqlstate 'P0099' then insert into taken values (concat_ws(' ', '${from}', k, s, m));
              when check_violation then null;
            end;
          end loop;
        end loop;
      end loop;
    end $$;`
}
