// A house with one of the demo's tenants in it, as seeded, and what its people, staff and systems do in a story.

import type { TenantSeed } from '../../scripts/demo/tenant-seed.ts'
import type { Right } from '../../src/domain/rights.ts'
import type { SubjectRequestShape } from '../../src/http/schemas/subject-requests.ts'
import { tasksOf, well } from './fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from './house.ts'
import { unzip } from './unzip.ts'
import { linkIn, newestCode, type Page, visitorTo } from './visitor.ts'

/** What a system says of a request. */
interface Report {
  readonly result: 'done' | 'nothing_found' | 'withheld' | 'not_applicable'
  /** By the name of the dataset, handed in before. */
  readonly records?: Readonly<Record<string, readonly object[]>>
  readonly withheld?: readonly object[]
  readonly changes?: readonly object[]
  readonly anonymised?: readonly string[]
  readonly recipientsTold?: readonly string[]
  readonly note?: string
}

export interface SeededTenant {
  readonly house: House
  readonly tenant: TenantInHouse
  /** A mail comes in, as the tenant's mail server hands it over. @returns its requests by right */
  mail(from: string, subject: string, text: string): Promise<Partial<Record<Right, string>>>
  /** The person opens the link of their mail and types its code. */
  prove(email: string): Promise<Page>
  /** Staff start, and every system reports through the integration's key. @param reports  by slug; the others found nothing */
  fulfil(requestId: string, reports: Readonly<Record<string, Report>>): Promise<void>
  /** An approver reads the preview and sends it. @returns the letter that came, on one line */
  answer(requestId: string, email: string): Promise<string>
  /** The person fetches their package. @returns its entries */
  fetchPackage(email: string): Promise<Map<string, Buffer>>
  request(id: string): Promise<SubjectRequestShape>
  /** May this person be processed for this? */
  mayProcess(purpose: string, subject: object): Promise<boolean>
}

interface Test {
  teardown(undo: () => Promise<void>): unknown
}

/** @param at  RFC 3339 */
export async function openSeededTenant(test: Test, seed: TenantSeed, at: string): Promise<SeededTenant> {
  const house = await openHouse(test, { at })
  const { slug, name, policy } = seed
  const tenant = await house.tenant({ slug, name, policy })
  for (const system of seed.systems) await well(tenant.admin.post('/v1/systems', system))
  let mails = 0

  return {
    house,
    tenant,
    mail: async (from, subject, text) => {
      mails += 1
      const raw = rawMail(from, policy.organisation.email, subject, text, mails)
      const { requests } = await well<{ requests: { id: string; right: Right }[] }>(
        tenant.integration.post('/v1/inbound/email', raw, { 'content-type': 'message/rfc822' })
      )
      return Object.fromEntries(requests.map(({ id, right }) => [right, id]))
    },
    prove: async email => {
      await house.doPromisedWork()
      const { path, code } = linkIn(house, email, 'verify')
      const person = visitorTo(house.app)
      const page = await person.submit(await person.open(path), '/confirmation', { code })
      await house.doPromisedWork()
      return page
    },
    fulfil: async (requestId, reports) => {
      await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
      const tasks = await tasksOf(tenant.integration, requestId)
      const unknown = Object.keys(reports).filter(system => !(system in tasks))
      if (unknown.length > 0) throw new Error(`No task was planned for ${unknown.join()}.`)
      for (const [system, { id }] of Object.entries(tasks)) {
        await complete(tenant, id, reports[system] ?? { result: 'nothing_found' })
      }
      await house.doPromisedWork()
    },
    answer: async (requestId, email) => {
      const path = `/v1/requests/${requestId}/response`
      const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(path))
      await well(tenant.approver.post(path, { previewHash }))
      await house.doPromisedWork()
      return lastLetterTo(house, email)
    },
    fetchPackage: async email => {
      const person = visitorTo(house.app)
      const page = await person.open(linkIn(house, email, 'package').path)
      await person.submit(page, '/code')
      await house.doPromisedWork()
      const { rawPayload } = await person.submit(page, '/download', { code: newestCode(house, email) })
      return await unzip(rawPayload)
    },
    request: id => well(tenant.agent.get(`/v1/requests/${id}`)),
    mayProcess: async (purpose, subject) => {
      const asked = { purpose, subjects: [subject] }
      const { data } = await well<{ data: { mayProcess: boolean }[] }>(tenant.integration.post('/v1/checks', asked))
      return data[0]?.mayProcess === true
    }
  }
}

/** The newest mail to this person, its lines joined. */
export function lastLetterTo(house: House, email: string): string {
  const letter = house.letterbox.messages.findLast(({ to }) => to.includes(email))
  return `${letter?.parsed.subject ?? ''} ${letter?.parsed.text ?? ''}`.replace(/\s+/g, ' ')
}

async function complete(tenant: TenantInHouse, id: string, { records = {}, ...report }: Report): Promise<void> {
  await well(tenant.integration.post(`/v1/tasks/${id}/claim`))
  for (const [dataset, rows] of Object.entries(records)) {
    const path = `/v1/tasks/${id}/records/${dataset}`
    await well(tenant.integration.put(path, JSON.stringify(rows), { 'content-type': 'application/json' }))
  }
  await well(tenant.integration.post(`/v1/tasks/${id}/completion`, report))
}

function rawMail(from: string, to: string, subject: string, text: string, number: number): Buffer {
  const inBase64 = (words: string) => Buffer.from(words).toString('base64')
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${to}`,
      `Subject: =?utf-8?B?${inBase64(subject)}?=`,
      `Message-ID: <${number}@mail.example.com>`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      inBase64(text),
      ''
    ].join('\r\n')
  )
}
