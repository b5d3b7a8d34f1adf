// Takes a verified access request all the way to its answer, as a system and two of the staff do.

import { addSystem, dataCategory, onlyTaskOf, well } from './fulfilment.ts'
import type { TenantInHouse } from './house.ts'

const NDJSON = { 'content-type': 'application/x-ndjson' }

/** The package is built, and the answer mailed, by the work that this leaves promised. */
export async function answerWithPackage(
  tenant: TenantInHouse,
  requestId: string,
  record: object = { email: 'mia@example.com' }
): Promise<void> {
  await addSystem(tenant, 'app-database', [dataCategory('account')])
  await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  await well(tenant.agent.post(`/v1/tasks/${id}/claim`))
  await well(tenant.agent.put(`/v1/tasks/${id}/records/account`, `${JSON.stringify(record)}\n`, NDJSON))
  await well(tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${requestId}/response`))
  await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
}
