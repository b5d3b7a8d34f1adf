// The mornings of a tenant: what its staff are told of days that come near, are here or have passed, and what not.

import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { openQueueFigures } from '../../src/storage/queue-figures.ts'
import { addStaff } from '../../src/storage/staff.ts'
import { asOwner } from '../support/cluster.ts'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import type { MadeTenant } from '../support/tenant-in-house.ts'
import { testLogins } from '../support/test-logins.ts'

type Test = Parameters<typeof openHouse>[0]

const TEAM = 'team@house.example'

t.test('A morning', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  const first = await open(tenant, { right: 'access' })
  house.at('2026-06-15T20:00:00Z')
  const second = await open(tenant, { right: 'erasure' })
  await mailsOf(house)

  await t.test('begins at eight by the clocks of the tenant, and not before', async t => {
    house.at('2026-07-01T05:59:59Z')
    t.same(await mailsOf(house), [])
    house.at('2026-07-01T06:00:00Z')
    t.equal((await mailsOf(house)).length, 1)
  })

  await t.test(
    'puts what it has to say into one mail: which request, what was asked, until when and what comes next',
    async t => {
      const [digest] = house.letterbox.messages.filter(mail => /Deadlines/.test(mail.parsed.subject ?? ''))
      const text = String(digest?.parsed.text).replace(/\s+/g, ' ')
      t.match(digest?.parsed.subject, `Deadlines: ${first.reference} and 1 more`)
      t.match(
        text,
        `${first.reference}: Access to personal data. Answer due by Wednesday 15 July 2026 (in 14 days). Next: ask`
      )
      t.match(text, `${second.reference}: Erasure of personal data. Answer due by Wednesday 15 July 2026 (in 14 days).`)
      t.match(text, 'http://house.localhost/v1/requests?sort=dueOn')
      t.notMatch(text, /Mia|Holm|mia@example/, 'and nothing about the person')
    }
  )

  await t.test('says nothing where there is nothing to say', async t => {
    for (const day of ['02', '03', '04', '05', '06', '07']) {
      house.at(`2026-07-${day}T12:00:00Z`)
      t.same(await mailsOf(house), [], `July ${day}`)
    }
  })

  await t.test('gives what is urgent a mail of its own', async t => {
    house.at('2026-07-12T12:00:00Z')
    t.equal((await mailsOf(house)).length, 1, 'seven and three days before: one digest')
    await well(tenant.agent.post(`/v1/requests/${second.id}/withdrawal`))
    await mailsOf(house)
    house.at('2026-07-14T07:00:00Z')
    t.same(await mailsOf(house), [`Due in 1 day: ${first.reference}`])
    house.at('2026-07-15T07:00:00Z')
    t.same(await mailsOf(house), [`Due today: ${first.reference}`])
    house.at('2026-07-22T07:00:00Z')
    t.same(await mailsOf(house), [`Overdue by 7 days: ${first.reference}`])
  })

  await t.test('but not more than five: then they lead the digest', async t => {
    house.at('2026-07-23T07:00:00Z')
    for (let n = 0; n < 6; n += 1) await open(tenant, { receivedAt: '2026-06-24T07:00:00Z' })
    await mailsOf(house)
    house.at('2026-07-24T07:00:00Z')
    const subjects = await mailsOf(house)
    t.match(subjects, [/^Deadlines: H-.* and 5 more$/])
    t.equal(subjects.length, 1)
    t.match(String(house.letterbox.messages.at(-1)?.parsed.text), /Today or tomorrow/)
  })
})

t.test('Weeks in which nobody worked', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  const requests: Opened[] = []
  for (let n = 0; n < 4; n += 1) requests.push(await open(tenant))
  const answered = await open(tenant)
  await mailsOf(house)
  house.at('2026-07-20T12:00:00Z')
  await well(tenant.agent.post(`/v1/requests/${answered.id}/withdrawal`))
  house.at('2026-07-30T12:00:00Z')
  const subjects = (await mailsOf(house)).filter(subject => /[Dd]eadline|[Dd]ue|late/.test(subject))

  await t.test('end in one mail, however much was missed', async t => {
    t.match(subjects, [/^Deadlines: H-.* and 3 more$/])
    t.equal(subjects.length, 1)
    const text = String(house.letterbox.messages.at(-1)?.parsed.text)
    t.match(text.replace(/\s+/g, ' '), 'Answer due by Wednesday 15 July 2026 (15 days late)')
    t.equal(text.split('15 days late').length - 1, 4, 'each request once, as it stands now')
  })

  await t.test('and every threshold stands in the history once, in its order', async t => {
    for (const { id } of requests) t.same(await thresholdsOf(tenant, id), [-14, -7, -3, -1, 0, 7, 14])
    t.same(await thresholdsOf(tenant, answered.id), [], 'but for what had ended before anybody looked')
  })

  await t.test('as the work list says', async t => {
    const { data } = await well<{ data: object[] }>(tenant.agent.get('/v1/requests?overdue=true'))
    t.match(data, Array(4).fill({ overdue: true, daysLeft: -15 }))
  })

  await t.test('after which things go on as ever', async t => {
    house.at('2026-08-05T07:00:00Z')
    t.equal((await mailsOf(house)).filter(subject => subject.startsWith('Overdue by 21 days')).length, 4)
  })
})

t.test('Who is told', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  await inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, async scope => {
    await addStaff(scope, { subject: 'ida', roles: ['agent'], name: 'Ida', address: 'ida@house.example' })
    await addStaff(scope, { subject: 'team', roles: ['agent'], name: 'Team', address: TEAM })
  })
  const hers = await open(tenant)
  const theirs = await open(tenant)
  const nobodys = await open(tenant)
  await well(tenant.agent.patch(`/v1/requests/${hers.id}`, { assignee: 'ida' }))
  await well(tenant.agent.patch(`/v1/requests/${theirs.id}`, { assignee: 'team' }))
  await mailsOf(house)
  const before = house.letterbox.messages.length
  house.at('2026-07-01T07:00:00Z')
  await mailsOf(house)
  const mails = house.letterbox.messages
    .slice(before)
    .map(({ to, parsed }) => [to.join(), String(parsed.text)] as const)
  t.same(mails.map(([to]) => to).sort(), ['ida@house.example', TEAM], 'each mailbox once')
  const [, toIda = ''] = mails.find(([to]) => to === 'ida@house.example') ?? []
  const [, toTeam = ''] = mails.find(([to]) => to === TEAM) ?? []
  t.same(
    [hers, theirs, nobodys].map(({ reference }) => toIda.includes(reference)),
    [true, false, false]
  )
  t.same(
    [hers, theirs, nobodys].map(({ reference }) => toTeam.includes(reference)),
    [true, true, true]
  )
})

t.test('While the clock stands', async t => {
  await t.test('nobody is alarmed, and after it the new day counts', async t => {
    const { house, tenant, id } = await openPaused(t, {})
    house.at('2026-07-14T07:00:00Z')
    t.same(
      (await mailsOf(house)).filter(subject => /[Dd]ue|[Dd]eadline/.test(subject)),
      []
    )
    await well(tenant.agent.post(`/v1/requests/${id}/resumption`))
    const { dueOn } = (await tenant.agent.get(`/v1/requests/${id}`)).json()
    t.equal(dueOn, '2026-08-07', 'twenty-three days later')
    house.at('2026-07-24T07:00:00Z')
    await mailsOf(house)
    t.same(await thresholdsOf(tenant, id), [-14])
  })

  await t.test('a promise goes on running, and staff are told of it', async t => {
    const { house, tenant, id } = await openPaused(t, { promiseDays: { all: 20 } })
    house.at('2026-07-04T07:00:00Z')
    t.match(await mailsOf(house), [/^Due in 1 day/])
    t.same(await thresholdsOf(tenant, id), [-14, -7, -3, -1], 'of 5 July, which no pause moves')
  })

  async function openPaused(t: Test, policy: MadeTenant['policy'] & object) {
    const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
    const tenant = await house.tenant({ policy })
    const { id } = await open(tenant)
    house.at('2026-06-21T08:00:00Z')
    await well(tenant.agent.post(`/v1/requests/${id}/pause`, { ground: 'identity', note: 'Two accounts.' }))
    await mailsOf(house)
    return { house, tenant, id }
  }
})

t.test('Word that a request has arrived', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant({
    policy: {
      timeZone: 'America/Los_Angeles',
      holidays: 'US-CA',
      regimes: { default: 'us-ca', byPlace: {} },
      verification: { windowDays: 30, reminderAfterHours: 24 }
    }
  })
  const unheard = await open(tenant, { email: null })
  const heard = await open(tenant)
  const asked = await open(tenant, { verification: { method: 'email' } })
  const posted = await open(tenant, { email: null })
  const lost = await open(tenant, { verification: { method: 'email' }, email: 'gone@example.com' })
  house.letterbox.script(({ at, to }) => (at === 'rcpt' && to.includes('gone@example.com') ? 550 : undefined))
  await mailsOf(house)
  await post(tenant, posted.id)
  await mailsOf(house)
  const { acknowledgeBy } = (await tenant.agent.get(`/v1/requests/${unheard.id}/clock`)).json()

  await t.test('is missed two working days before the law wants it, where nothing has left the house', async t => {
    t.equal(acknowledgeBy, '2026-03-06')
    house.at('2026-03-04T15:59:59Z')
    t.same(await mailsOf(house), [])
    house.at('2026-03-04T16:00:00Z')
    t.match(await mailsOf(house), [/^Deadlines: H-.* and 1 more$/])
    const text = String(house.letterbox.messages.at(-1)?.parsed.text).replace(/\s+/g, ' ')
    t.match(
      text,
      `${unheard.reference}: Access to personal data. Receipt to be confirmed by Friday 6 March 2026 (in 2 days).`
    )
    t.match(text, lost.reference, 'a letter that did not arrive tells nobody anything')
    t.notMatch(text, asked.reference, 'and the mail that asks for proof says that the request is there')
    t.notMatch(text, posted.reference, 'as does a letter that staff have posted')
    t.notMatch(text, heard.reference, 'or one that went out by itself')
  })

  await t.test('stands in the history as what it is', async t => {
    const alerted = (await eventsOf(tenant, unheard.id)).filter(({ kind }) => kind === 'alerted')
    t.match(alerted, [
      {
        data: { about: 'acknowledgement', threshold: -2, acknowledgeBy: '2026-03-06', days: 2 },
        words: 'Staff were alerted; receipt is to be confirmed by 2026-03-06.'
      }
    ])
  })
})

t.test('What has passed already when it comes in', async t => {
  await t.test('is told at once: the letter that lay in the post room until it was due', async t => {
    const house = await openHouse(t, { at: '2026-07-16T12:00:00Z' })
    const tenant = await house.tenant()
    const late = await open(tenant, { receivedAt: '2026-06-15T08:00:00Z' })
    const near = await open(tenant, { receivedAt: '2026-06-25T08:00:00Z' })
    const early = await open(tenant)
    t.match(await mailsOf(house), [/^Deadlines: H-.* and 1 more$/])
    const text = String(house.letterbox.messages.at(-1)?.parsed.text).replace(/\s+/g, ' ')
    t.match(text, 'Answer due by Wednesday 15 July 2026 (1 day late)')
    t.match(text, 'Answer due by Monday 27 July 2026 (in 11 days)')
    t.same(await mailsOf(house), [], 'once')
    house.at('2026-07-22T07:00:00Z')
    await mailsOf(house)
    t.same(await thresholdsOf(tenant, late.id), [0, 7], 'and then as ever')
    t.same(await thresholdsOf(tenant, near.id), [-14, -7])
    t.same(await thresholdsOf(tenant, early.id), [])
  })

  await t.test('and so is a law that would have wanted the answer by now', async t => {
    const house = await openHouse(t, { at: '2026-02-02T08:00:00Z' })
    const tenant = await house.tenant({ policy: { regimes: { default: 'us-va', byPlace: {} } } })
    const { id } = await open(tenant)
    house.at('2026-03-05T20:00:00Z')
    await mailsOf(house)
    t.same(await thresholdsOf(tenant, id), [-14], 'forty-five days end on 19 March')
    await correct(tenant, id, 'eu-gdpr')
    t.match(await mailsOf(house), [/^Deadline: H-/])
    t.same(await thresholdsOf(tenant, id), [-14, 0], 'one month ended three days ago')
    await correct(tenant, id, 'us-va')
    t.same(await mailsOf(house), [], 'nobody hears twice of the day it had')
    t.same(await thresholdsOf(tenant, id), [-14, 0])
  })

  await t.test('also where the day is put off while nobody is at work', async t => {
    const house = await openHouse(t, { at: '2026-02-02T08:00:00Z' })
    const tenant = await house.tenant()
    const { id } = await open(tenant)
    await mailsOf(house)
    house.at('2026-03-10T12:00:00Z')
    await correct(tenant, id, 'us-va')
    await mailsOf(house)
    t.same(await thresholdsOf(tenant, id), [-14], 'nine days are left, and nobody knew of any day')
  })
})

t.test('Word that a request has arrived, where the law wants it at once', async t => {
  const house = await openHouse(t, { at: '2026-03-04T12:00:00Z' })
  const brazil = {
    timeZone: 'America/Sao_Paulo',
    holidays: 'BR',
    regimes: { default: 'br-lgpd', byPlace: {} }
  } as const
  const tenant = await house.tenant({ policy: brazil })
  const unheard = await open(tenant, { email: null })
  await open(tenant, { verification: { method: 'email' }, email: 'ana@example.com' })
  t.same(await mailsOf(house), [], 'may take its letter an hour')
  house.at('2026-03-04T13:00:00Z')
  t.match(await mailsOf(house), [/^Deadline: H-/])
  const text = String(house.letterbox.messages.at(-1)?.parsed.text).replace(/\s+/g, ' ')
  t.match(
    text,
    `${unheard.reference}: Access to personal data. Receipt to be confirmed by Wednesday 4 March 2026 (today)`
  )

  const california = {
    timeZone: 'America/Los_Angeles',
    holidays: 'US-CA',
    regimes: { default: 'us-ca', byPlace: {} }
  } as const
  const other = await house.tenant({ policy: california })
  const { id } = await open(other, { email: null, receivedAt: '2026-02-20T10:00:00Z' })
  house.at('2026-03-04T18:00:00Z')
  await mailsOf(house)
  t.same(await thresholdsOf(other, id), [-2], 'two working days are left, and the morning was over')
})

t.test('A tenant that wants to hear of other days', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  const { id } = await open(tenant)
  const late = await open(tenant, { receivedAt: '2026-05-25T08:00:00Z' })
  await mailsOf(house)
  house.at('2026-06-18T12:00:00Z')
  const { policy } = (await tenant.admin.get('/v1/policy')).json()
  const alerts = { daysBefore: [20, 2], everyDaysOverdue: 3, workingDaysBeforeAcknowledgement: [] }
  await well(tenant.admin.put('/v1/policy', { ...policy, alerts }))
  house.at('2026-06-20T12:00:00Z')
  await mailsOf(house)
  t.same(await thresholdsOf(tenant, late.id), [-14, -7], 'what was due before is told all the same')
  house.at('2026-07-31T12:00:00Z')
  await mailsOf(house)
  t.same(await thresholdsOf(tenant, id), [-20, -2, 3, 6, 9, 12, 15])
  t.same(await thresholdsOf(tenant, late.id), [-14, -7, -2, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36])

  const half = await tenant.admin.put('/v1/policy', { ...policy, alerts: { daysBefore: [400], everyDaysOverdue: 0 } })
  t.match(half.json(), { status: 422, errors: [{ pointer: '/alerts' }, {}, {}] })
})

t.test('An alert that cannot be raised holds up none of the others', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  const sick = await open(tenant)
  const sound = await open(tenant)
  await mailsOf(house)
  await asOwner(house.ownerUrl, async sql => {
    await sql.unsafe(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$;
      create trigger refuse before insert on alerts for each row when (new.request_id = '${sick.id}') execute function refuse()`)
  })
  house.at('2026-07-01T06:00:00Z')
  await t.rejects(house.doPromisedWork(), AggregateError, 'and is complained of')
  t.same(await thresholdsOf(tenant, sound.id), [-14])
  t.same(
    subjectsTo(house, TEAM).filter(subject => subject.startsWith('Deadline')),
    [],
    'the digest waits for it'
  )
  house.at('2026-07-01T06:15:00Z')
  await t.rejects(house.doPromisedWork(), AggregateError)
  await t.rejects(house.doPromisedWork(), AggregateError)
  t.same(
    subjectsTo(house, TEAM).filter(subject => subject.startsWith('Deadline')),
    [`Deadline: ${sound.reference}`],
    'but not for ever'
  )

  await asOwner(house.ownerUrl, async sql => await sql`drop trigger refuse on alerts`)
  house.at('2026-07-02T06:00:00Z')
  t.same(await mailsOf(house), [`Deadline: ${sick.reference}`], 'and it comes once it can')
  t.same(await thresholdsOf(tenant, sick.id), [-14])
})

t.test('Of two workers, and of one that finds a request held, each alert comes once', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  const requests: Opened[] = []
  for (let n = 0; n < 8; n += 1) requests.push(await open(tenant))
  await mailsOf(house)
  house.at('2026-07-13T06:00:00Z')
  const [held] = requests
  await asOwner(house.ownerUrl, async sql => {
    await sql.begin(async holding => {
      await holding`select from subject_requests where id = ${held!.id} for update`
      await Promise.all([house.doPromisedWork(), house.doPromisedWork()])
    })
  })
  await house.doPromisedWork()
  for (const { id } of requests) t.same(await thresholdsOf(tenant, id), [-14, -7, -3])
  const text = subjectsTo(house, TEAM).filter(subject => subject.startsWith('Deadline'))
  t.equal(text.length, 1, 'and the digest waits until all of them have: one mail')
})

t.test('Who watches over those who watch', async t => {
  const house = await openHouse(t, { at: '2026-06-15T08:00:00Z' })
  const tenant = await house.tenant()
  await open(tenant)
  await mailsOf(house)
  const figures = openQueueFigures((await testLogins(house.ownerUrl)).workerUrl)
  t.teardown(() => figures.close())
  t.equal(await figures.secondsLate(house.now()), 0, 'sees that all is done')
  house.at('2026-07-01T07:30:00Z')
  t.equal(await figures.secondsLate(house.now()), 5_400, 'or for how long nobody did it')
  await mailsOf(house)
  t.equal(await figures.secondsLate(house.now()), 0)
})

interface Opened {
  readonly id: string
  readonly reference: string
}

async function open(
  tenant: TenantInHouse,
  {
    right = 'access',
    email = 'mia@example.com',
    verification = { method: 'none' },
    ...more
  }: { readonly [name: string]: unknown } = {}
): Promise<Opened> {
  const identifiers = [{ kind: 'customer_number', value: '4711' }]
  const subject = { name: 'Mia Holm', ...(email === null ? { identifiers } : { email }) }
  const { requests, ...made } = await well<{ reference: string; requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', { rights: [right], subject, verification, ...more })
  )
  return { id: requests[0]!.id, reference: made.reference }
}

async function correct(tenant: TenantInHouse, id: string, regime: string): Promise<void> {
  await well(tenant.agent.post(`/v1/requests/${id}/regime`, { regime, note: 'They live elsewhere.' }))
}

/** Takes the request up on the word of staff, and posts the letter that says so. */
async function post(tenant: TenantInHouse, id: string): Promise<void> {
  const how = { method: 'id_seen', note: 'At the desk.' }
  await well(tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, how))
  const { data } = await well<{ data: { id: string; kind: string }[] }>(tenant.agent.get(`/v1/requests/${id}/letters`))
  const letter = data.find(({ kind }) => kind === 'verified')
  await well(tenant.agent.post(`/v1/requests/${id}/letters/${letter?.id}/posting`, { postedOn: '2026-02-20' }))
}

/** Does what is promised and due. @returns the subjects of what came to the team meanwhile */
async function mailsOf(house: House): Promise<string[]> {
  const before = subjectsTo(house, TEAM).length
  await house.doPromisedWork()
  return subjectsTo(house, TEAM).slice(before)
}

function subjectsTo(house: House, address: string): string[] {
  return house.letterbox.messages.filter(({ to }) => to.includes(address)).map(({ parsed }) => parsed.subject ?? '')
}

interface Told {
  readonly kind: string
  readonly data: { readonly about?: string; readonly threshold: number }
}

async function eventsOf(tenant: TenantInHouse, id: string): Promise<Told[]> {
  return (await well<{ data: Told[] }>(tenant.agent.get(`/v1/requests/${id}/events?limit=100`))).data
}

async function thresholdsOf(tenant: TenantInHouse, id: string): Promise<number[]> {
  return (await eventsOf(tenant, id)).filter(({ kind }) => kind === 'alerted').map(({ data }) => data.threshold)
}
