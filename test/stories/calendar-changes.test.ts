// Public holidays change while requests are open: because the tenant learned of a day, or because a release knows better.

import t from 'tap'
import { followCalendarOfNext } from '../../src/actions/clock/follow-calendar.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { followCalendars } from '../../src/jobs/follow-calendar.ts'
import { inTenant } from '../../src/storage/database.ts'
import { asOwner } from '../support/cluster.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const MOURNING = { on: '2026-04-07', name: 'Day of mourning' }

t.test('A day of mourning is declared on the day on which an answer is due', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant()
  const moved = await open(tenant)
  house.at('2026-03-10T10:00:00Z')
  const untouched = await open(tenant)
  const ended = await open(tenant)
  await tenant.agent.post(`/v1/requests/${ended}/cancellation`, { reason: 'mistake' })
  await house.doPromisedWork()
  const clockOf = async (id: string) => (await tenant.agent.get(`/v1/requests/${id}/clock`)).json()
  const before = (await clockOf(moved)).holidaysVersion
  t.match(await requestOf(tenant, moved), { dueOn: '2026-04-07', targetOn: '2026-04-01', daysLeft: 28 })
  const mails = house.letterbox.messages.length
  await setPolicy(tenant, { ownHolidays: [MOURNING] })

  await t.test('its clock says so at once', async t => {
    t.match(await clockOf(moved), { calendarChanged: true, holidaysVersion: before, dueOn: '2026-04-08' })
  })

  await t.test('and the answer is due a day later', async t => {
    await house.doPromisedWork()
    t.match(await requestOf(tenant, moved), {
      dueOn: '2026-04-08',
      statutoryDueOn: '2026-04-08',
      refusalBy: '2026-04-08',
      extensionNoticeBy: '2026-04-08',
      targetOn: '2026-04-01',
      dueEndsAt: '2026-04-08T22:00:00.000Z'
    })
    const clock = await clockOf(moved)
    t.match(clock, { calendarChanged: false, holidays: 'DK' })
    t.not(clock.holidaysVersion, before, 'by another version of the calendar')
    t.ok(clock.holidaysVersion.startsWith(`${before}+1.`))
  })

  await t.test('which the history tells, with what it was, what it is and why', async t => {
    const [entry] = await recomputed(tenant, moved)
    t.match(entry, {
      by: { mover: 'system' },
      data: {
        calendar: 'DK',
        versionBefore: before,
        dueOnBefore: '2026-04-07',
        dueOn: '2026-04-08',
        moved: { dueOn: { from: '2026-04-07', to: '2026-04-08' }, refusalBy: { from: '2026-04-07', to: '2026-04-08' } }
      }
    })
    const words = {
      en: 'Habeas computed the dates anew, because the public holidays of DK changed; the answer is now due on 2026-04-08 instead of 2026-04-07.',
      da: 'Habeas beregnede datoerne på ny, fordi helligdagene i DK er ændret; svaret skal nu foreligge senest 2026-04-08 i stedet for 2026-04-07.',
      el: 'υπολόγισε εκ νέου τις ημερομηνίες, επειδή άλλαξαν οι αργίες του ημερολογίου DK· η απάντηση πρέπει τώρα να δοθεί έως 2026-04-08 αντί για 2026-04-07.'
    }
    for (const [locale, expected] of Object.entries(words)) {
      t.match(JSON.stringify((await recomputed(tenant, moved, locale))[0]), expected, locale)
    }
  })

  await t.test('and staff read in one mail', async t => {
    const told = house.letterbox.messages.slice(mails)
    t.equal(told.length, 1)
    const { subject, text } = told[0]!.parsed
    const { reference } = await requestOf(tenant, moved)
    t.equal(subject, `Date moved: ${reference}`)
    t.match(String(text).replace(/\s+/g, ' '), `Answer due by Wednesday 8 April 2026 instead of Tuesday 7 April 2026`)
    t.same(told[0]?.to, ['team@house.example'])
  })

  await t.test('while nothing is said of dates that stayed, nor of what has ended', async t => {
    t.same(await recomputed(tenant, untouched), [])
    t.same(await recomputed(tenant, ended), [])
    t.match(await clockOf(untouched), { calendarChanged: false, dueOn: '2026-04-10' })
    t.match(
      await clockOf(ended),
      { calendarChanged: true, holidaysVersion: before },
      'which keeps what it was computed with'
    )
  })

  await t.test('Done again, it finds nothing to do', async t => {
    const { version } = await requestOf(tenant, moved)
    await followCalendars({ db: house.db, clock: house.now }, [tenant.id])
    await house.doPromisedWork()
    t.equal((await requestOf(tenant, moved)).version, version)
    t.equal((await recomputed(tenant, moved)).length, 1)
  })

  await t.test('and taken back, the day is due where it was', async t => {
    await setPolicy(tenant, { ownHolidays: [] })
    await house.doPromisedWork()
    t.match(await requestOf(tenant, moved), { dueOn: '2026-04-07' })
    t.equal((await recomputed(tenant, moved)).length, 2)
    t.equal((await clockOf(moved)).holidaysVersion, before)
  })

  await t.test('A clock that is moved before it was brought up to date is brought up to date first', async t => {
    await setPolicy(tenant, { ownHolidays: [MOURNING] })
    const ground = { ground: 'identity', note: 'Two accounts bear this name.' }
    await tenant.agent.post(`/v1/requests/${moved}/verification/confirmation`, {
      method: 'phone_callback',
      note: 'Called.'
    })
    t.match((await tenant.agent.post(`/v1/requests/${moved}/pause`, ground)).json(), {
      clock: 'paused',
      dueOn: '2026-04-08'
    })
    const { data } = (await tenant.agent.get(`/v1/requests/${moved}/events?limit=200`)).json()
    const kinds = data.map((event: { kind: string }) => event.kind)
    t.equal(kinds.indexOf('paused'), kinds.lastIndexOf('clock_recomputed') + 1)
    const paused = data.find((event: { kind: string }) => event.kind === 'paused')
    t.match(
      paused.data,
      { dueOnBefore: '2026-04-08', dueOn: '2026-04-08' },
      'so that the pause is not blamed for the day'
    )
  })
})

t.test('A day that is none is refused', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const tries: [object[], string, string][] = [
    [[{ on: '2026-02-30', name: 'Never' }], '/ownHolidays/0/on', 'format'],
    [[{ on: '2016-12-31', name: 'Too early' }], '/ownHolidays/0/on', 'range'],
    [[{ on: '2042-01-01', name: 'Too late' }], '/ownHolidays/0/on', 'range'],
    [[MOURNING, { ...MOURNING, name: 'Again' }], '/ownHolidays/1/on', 'unique'],
    [[{ on: '2026-04-07' }], '/ownHolidays/0/name', 'required']
  ]
  for (const [ownHolidays, pointer, rule] of tries) {
    const refused = await setPolicy(tenant, { ownHolidays })
    t.match(refused.json(), { status: 422, errors: [{ pointer, rule }] })
  }
  const taken = await setPolicy(tenant, { ownHolidays: [MOURNING] })
  t.match(taken.json(), { policy: { ownHolidays: [MOURNING] } })
})

t.test('A release knows a holiday that the one before did not', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant()
  const other = await house.tenant()
  const ids: string[] = []
  for (let count = 0; count < 60; count += 1) ids.push(...(await openBoth(tenant)))
  const assigned = ids[0]!
  await tenant.agent.patch(`/v1/requests/${assigned}`, { assignee: 'agent' })
  const theirs = await open(other)
  await house.doPromisedWork()

  // As the release before would have left it: without Easter.
  await asOwner(house.ownerUrl, async sql => {
    await sql`set row_security = off`
    await sql`update subject_requests set due_on = '2026-04-02', statutory_due_on = '2026-04-02',
      clock = jsonb_set(clock, '{holidaysVersion}', '"0.aaaaaaaaaaaa"') where tenant_id in (${tenant.id}, ${other.id})`
  })
  const mails = house.letterbox.messages.length

  await t.test('A worker that is stopped in the middle leaves each request done or not begun', async t => {
    const who = { tenantId: tenant.id, actor: SYSTEM, now: house.now() }
    const half = inTenant(house.db, who, async scope => {
      await followCalendarOfNext(scope, null, 10, [])
      throw new Error('The lights went out.')
    })
    await t.rejects(half, /lights/)
    t.same(await counted(house, tenant), { 0: 120 })
    await inTenant(house.db, who, async scope => await followCalendarOfNext(scope, null, 10, []))
    t.same(await counted(house, tenant), { 0: 110, 1: 10 })
  })

  await t.test('and whoever goes on does the rest, each once', async t => {
    await followCalendars({ db: house.db, clock: house.now }, [tenant.id, other.id])
    await followCalendars({ db: house.db, clock: house.now }, [tenant.id, other.id])
    await house.doPromisedWork()
    t.same(await counted(house, tenant), { 1: 120 })
    for (const id of [ids[0], ids[119], theirs] as string[]) {
      const owner = id === theirs ? other : tenant
      t.match(await requestOf(owner, id), { dueOn: '2026-04-07' })
    }
  })

  await t.test(
    'Staff of each tenant are told of theirs, in a mail for each stretch and not for each request',
    async t => {
      const told = house.letterbox.messages.slice(mails)
      const team = told.filter(({ to }) => to.includes('team@house.example'))
      t.equal(team.length, 4, 'ten before, a hundred at once, the rest, and the other tenant')
      const lines = team.flatMap(({ parsed }) => String(parsed.text).match(/H-[A-Z0-9]{4}-[A-Z0-9]{4}/g) ?? [])
      t.equal(new Set(lines).size, 61, 'all cases, each request by its reference')
    }
  )

  await t.test('A clock that a later release has set is left alone', async t => {
    await asOwner(house.ownerUrl, async sql => {
      await sql`set row_security = off`
      await sql`update subject_requests set due_on = '2026-04-08',
        clock = jsonb_set(clock, '{holidaysVersion}', '"9.aaaaaaaaaaaa"') where tenant_id = ${tenant.id} and id = ${assigned}`
    })
    await followCalendars({ db: house.db, clock: house.now }, [tenant.id])
    await house.doPromisedWork()
    t.match(await requestOf(tenant, assigned), { dueOn: '2026-04-08' })
    t.equal((await recomputed(tenant, assigned)).length, 1)
  })
})

async function open(tenant: TenantInHouse): Promise<string> {
  return (await openRights(tenant, ['access']))[0]!
}

const openBoth = async (tenant: TenantInHouse) => await openRights(tenant, ['access', 'erasure'])

async function openRights(tenant: TenantInHouse, rights: readonly string[]): Promise<string[]> {
  const opened = await tenant.agent.post('/v1/requests', {
    rights,
    subject: { name: 'Mia Holm', email: 'mia@example.com' },
    verification: { method: 'none' }
  })
  return opened.json().requests.map(({ id }: { id: string }) => id)
}

const requestOf = async (tenant: TenantInHouse, id: string) => (await tenant.agent.get(`/v1/requests/${id}`)).json()

async function setPolicy(tenant: TenantInHouse, changes: object) {
  const { policy } = (await tenant.admin.get('/v1/policy')).json()
  return await tenant.admin.put('/v1/policy', { ...policy, ...changes })
}

/** The entries that say that dates moved with the calendar. */
async function recomputed(tenant: TenantInHouse, id: string, locale = 'en') {
  const { data } = (await tenant.agent.get(`/v1/requests/${id}/events?limit=200&locale=${locale}`)).json()
  return data.filter((event: { kind: string }) => event.kind === 'clock_recomputed')
}

/** How many requests have how many such entries. */
async function counted(house: House, tenant: TenantInHouse): Promise<Record<number, number>> {
  return await asOwner(house.ownerUrl, async sql => {
    await sql`set row_security = off`
    const rows = await sql<{ entries: number; requests: number }[]>`
      select entries, count(*)::int as requests from (
        select r.id, count(e.seq)::int as entries from subject_requests r
          left join events e on e.tenant_id = r.tenant_id and e.request_id = r.id and e.kind = 'clock_recomputed'
        where r.tenant_id = ${tenant.id} group by r.id) counted
      group by entries`
    return Object.fromEntries(rows.map(({ entries, requests }) => [entries, requests]))
  })
}
