// Cases that have ended, for stories of what is kept of them.

import { answerWithPackage } from './answered.ts'
import { ask, requestOf, well } from './fulfilment.ts'
import type { House, TenantInHouse } from './house.ts'

export interface EndedCase {
  readonly caseId: string
  readonly requestId: string
}

/** A copy that was asked for, handed over, and whose case was closed. */
export async function answeredAndClosed(house: House, tenant: TenantInHouse, email: string): Promise<EndedCase> {
  const requestId = await ask(tenant, 'access', { email })
  await answerWithPackage(tenant, requestId, { email, note: `A word about ${email}` })
  await house.doPromisedWork()
  await well(tenant.agent.post(`/v1/requests/${requestId}/closure`))
  const { caseId } = await requestOf(tenant, requestId)
  return { caseId, requestId }
}

/** A request that the person took back. */
export async function withdrawn(house: House, tenant: TenantInHouse, email: string): Promise<EndedCase> {
  const requestId = await ask(tenant, 'erasure', { email })
  const { caseId } = await well<{ caseId: string }>(tenant.agent.post(`/v1/requests/${requestId}/withdrawal`))
  await house.doPromisedWork()
  return { caseId, requestId }
}

export const erasureOf = async (tenant: TenantInHouse, requestId: string): Promise<string | null> =>
  (await requestOf(tenant, requestId)).personalDataErasedAt
