// What stories ask of the register.

import { well } from './fulfilment.ts'
import type { TenantInHouse } from './house.ts'

export interface Answer {
  readonly ref: string | null
  readonly mayProcess: boolean
  readonly because: { kind: string; purpose: string | null; since: string }[]
}
export interface Entry {
  readonly id: string
  readonly kind: string
  readonly purpose: string | null
  readonly standing: boolean
}

/** Asks about one person. */
export async function check(
  tenant: TenantInHouse,
  purpose: string,
  subject: object,
  more: object = {}
): Promise<Answer> {
  const { data } = await well<{ data: Answer[] }>(
    tenant.integration.post('/v1/checks', { purpose, subjects: [subject], ...more })
  )
  return data[0]!
}

export async function mayProcess(
  tenant: TenantInHouse,
  purpose: string,
  email = 'mia@example.com',
  more: object = {}
): Promise<boolean> {
  return (await check(tenant, purpose, { email }, more)).mayProcess
}

export const entriesOf = async (tenant: TenantInHouse, query = ''): Promise<Entry[]> =>
  (await well<{ data: Entry[] }>(tenant.agent.get(`/v1/register?${query}`))).data
