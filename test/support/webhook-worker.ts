// A worker in a process of its own, so that a test can kill it while it serves one webhook.

import { deliverWebhooks } from '../../src/jobs/deliver-webhooks.ts'
import { openAddressGuard } from '../../src/outbound/address-guard.ts'
import { openNameResolver } from '../../src/outbound/name-resolver.ts'
import { openWebhookSender } from '../../src/outbound/webhook-sender.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { keyOf } from '../../src/storage/sealing.ts'

export interface WorkerGiven {
  readonly workerUrl: string
  readonly serviceUrl: string
  /** Base64. */
  readonly rootKey: string
  readonly now: string
  readonly tenantId: string
  readonly webhookId: string
}

if (import.meta.main) await work(JSON.parse(process.argv[2]!))

async function work({ serviceUrl, rootKey, now, tenantId, webhookId }: WorkerGiven): Promise<void> {
  const publicUrl = 'http://house.localhost'
  const roots = { current: keyOf(Buffer.from(rootKey, 'base64')), retired: [] }
  const db = openDatabase({ url: serviceUrl, roots, publicUrl, poolSize: 2 })
  const guard = openAddressGuard({ allowNetworks: ['127.0.0.0/8'], publicUrl })
  const webhooks = openWebhookSender({ guard, resolveName: openNameResolver() })
  const deliver = deliverWebhooks({ db, clock: () => new Date(now), webhooks })
  await deliver({ tenantId, webhookId }, { number: 1, isLast: false, stopping: undefined })
}
