// Figures: what the service counts is what a person with a pencil counts.

import { parse } from 'csv-parse/sync'
import t from 'tap'
import { addDays, dateIn, parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { OPEN_STATES } from '../../src/domain/lifecycle.ts'
import { endOfWeek } from '../../src/domain/reports/period.ts'
import type { CaliforniaWire, OverviewWire } from '../../src/http/schemas/reports.ts'
import { addSystem, ask, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { answersOf, insertRequests, manyRows, medianOf, type ReportRow } from '../support/report-rows.ts'

const overview = async (tenant: TenantInHouse, query = '') =>
  await well<OverviewWire>(tenant.auditor.get(`/v1/reports/overview${query}`))
const california = async (tenant: TenantInHouse, query = '') =>
  await well<CaliforniaWire>(tenant.auditor.get(`/v1/reports/california${query}`))

/** Answered by two of the staff, at this moment. */
async function refuse(tenant: TenantInHouse, id: string, ground: string): Promise<void> {
  await well(tenant.agent.post(`/v1/requests/${id}/refusal`, { ground, reasons: 'We asked twice and heard nothing.' }))
  await send(tenant, id)
}

/** The one system finds nothing. */
async function search(tenant: TenantInHouse, id: string): Promise<void> {
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const task = await onlyTaskOf(tenant.agent, id)
  await well(tenant.agent.post(`/v1/tasks/${task.id}/claim`))
  await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'nothing_found' }))
  await send(tenant, id)
}

async function send(tenant: TenantInHouse, id: string): Promise<void> {
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
}

t.test('A winter of requests, told over HTTP', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant()
  const neighbour = await house.tenant()
  await ask(neighbour, 'access')
  await addSystem(tenant, 'shop', [dataCategory('account')])

  // Five access requests from 5 January, answered after 2, 4, 10, 31 and 36 days; due on 5 February.
  const access: string[] = []
  for (let n = 0; n < 5; n += 1) access.push(await ask(tenant, 'access', { email: `p${n}@example.com` }))
  const [late, erasure] = [await ask(tenant, 'erasure'), await ask(tenant, 'erasure', { email: 'bo@example.com' })]
  house.at('2026-01-07T09:00:00Z')
  await search(tenant, access[0]!)
  house.at('2026-01-09T09:00:00Z')
  await search(tenant, access[1]!)
  // Half past eleven at night on the 14th in Greenwich is the 15th in Vejle.
  house.at('2026-01-14T23:30:00Z')
  await refuse(tenant, access[2]!, 'manifestly_unfounded')
  house.at('2026-02-02T09:00:00Z')
  await well(tenant.agent.post(`/v1/requests/${erasure}/extension`, { ground: 'complexity', note: 'Many mailboxes.' }))
  house.at('2026-02-05T22:59:00Z')
  await refuse(tenant, access[3]!, 'identity_not_confirmed')
  house.at('2026-02-10T09:00:00Z')
  await refuse(tenant, access[4]!, 'identity_not_confirmed')
  // One came in that nobody has looked at, and one was a duplicate.
  const fresh = await ask(tenant, 'objection')
  const twin = await ask(tenant, 'objection', { email: 'twin@example.com' })
  await well(
    tenant.agent.post(`/v1/requests/${twin}/cancellation`, {
      reason: 'duplicate',
      note: 'The same as before.',
      duplicateOf: fresh
    })
  )

  await t.test('is counted as it happened', async t => {
    const report = await overview(tenant, '?from=2026-01-01&to=2026-02-28')
    t.match(report, { from: '2026-01-01', to: '2026-02-28', timeZone: 'Europe/Copenhagen', today: '2026-02-10' })
    t.same(report.open, {
      total: 3,
      dueThisWeek: 0,
      overdue: 1,
      paused: 0,
      byState: OPEN_STATES.map(state => ({ state, count: state === 'verified' ? 3 : 0 }))
    })
    const none = {
      answered: 0,
      dated: 0,
      onTime: 0,
      onTimeShare: null,
      medianDays: null,
      p90Days: null,
      meanDays: null
    }
    t.same(report.rows, [
      {
        right: 'access',
        regime: 'eu-gdpr',
        received: 5,
        answered: 5,
        dated: 5,
        onTime: 4,
        onTimeShare: 0.8,
        medianDays: 10,
        p90Days: 36,
        meanDays: 16.6,
        extensions: 0
      },
      { right: 'erasure', regime: 'eu-gdpr', received: 2, ...none, extensions: 1 },
      { right: 'objection', regime: 'eu-gdpr', received: 2, ...none, extensions: 0 }
    ])
    t.match(report.total, { right: null, regime: null, received: 9, answered: 5, medianDays: 10, extensions: 1 })
    t.same(report.outcomes, [
      { outcome: 'refused', ground: 'identity_not_confirmed', count: 2 },
      { outcome: 'refused', ground: 'manifestly_unfounded', count: 1 },
      { outcome: 'nothing_found', ground: null, count: 2 }
    ])
    t.ok(late)
  })

  await t.test('in legal days of the tenant', async t => {
    const answered = async (day: string) => (await overview(tenant, `?from=${day}&to=${day}`)).total.answered
    t.same([await answered('2026-01-14'), await answered('2026-01-15')], [0, 1], 'which begin and end in its zone')
    t.equal((await overview(tenant, '?from=2026-01-01&to=2026-01-09')).total.medianDays, 3, 'The middle of two')
  })

  await t.test('for the tenant alone', async t => {
    t.match(await overview(neighbour), { open: { total: 1 }, total: { received: 1, answered: 0 } })
  })

  await t.test('and an answer that was taken back is none', async t => {
    await well(tenant.agent.post(`/v1/requests/${access[0]}/reopening`, { note: 'They wrote again.' }))
    const report = await overview(tenant, '?from=2026-01-01&to=2026-02-28')
    t.match(report, { open: { total: 4 }, total: { received: 9, answered: 4 } })
  })
})

t.test('Five hundred requests in three zones, beside a pencil', async t => {
  const house = await openHouse(t, { at: '2026-03-04T21:30:00Z' })
  for (const [seed, timeZone] of [
    [11, 'Europe/Copenhagen'],
    [12, 'Australia/Sydney'],
    [13, 'America/Los_Angeles']
  ] as const) {
    await t.test(timeZone, async t => {
      const tenant = await house.tenant({ policy: { timeZone } })
      const rows = manyRows(500, house.now(), 420, seed)
      await insertRequests(house.ownerUrl, tenant.id, timeZone, rows)
      const today = dateIn(timeZone, house.now())
      const periods = [
        [addDays(today, -364), today],
        [parseLocalDate('2025-10-20'), parseLocalDate('2025-11-05')],
        [addDays(today, -3), addDays(today, 3)]
      ] as const
      for (const [from, to] of periods) {
        const report = await overview(tenant, `?from=${from}&to=${to}`)
        const pencil = (mine: readonly ReportRow[]) => answersOf(mine, { from, to, timeZone })
        t.same(report.total, { right: null, regime: null, ...pencil(rows) }, `${from} to ${to}`)
        t.equal(
          report.rows.reduce((sum, row) => sum + row.answered, 0),
          report.total.answered
        )
        for (const row of report.rows) {
          const mine = rows.filter(({ right, regime }) => right === row.right && regime === row.regime)
          t.same(row, { right: row.right, regime: row.regime, ...pencil(mine) }, `${row.right} ${row.regime}`)
        }
        const ofOutcome = new Map<string, number>()
        for (const { respondedAt, outcome, ground } of rows) {
          const day = respondedAt === null ? null : dateIn(timeZone, respondedAt)
          const name = `${outcome} ${ground}`
          if (day !== null && day >= from && day <= to) ofOutcome.set(name, (ofOutcome.get(name) ?? 0) + 1)
        }
        t.same(
          Object.fromEntries(report.outcomes.map(({ outcome, ground, count }) => [`${outcome} ${ground}`, count])),
          Object.fromEntries(ofOutcome)
        )
      }
      const open = rows.filter(({ state }) => OPEN_STATES.includes(state))
      const dueBetween = (from: string, to: string) =>
        open.filter(({ dueOn }) => dueOn !== null && dueOn >= from && dueOn <= to).length
      t.match((await overview(tenant)).open, {
        total: open.length,
        overdue: dueBetween('0001-01-01', addDays(today, -1)),
        dueThisWeek: dueBetween(today, endOfWeek(today)),
        byState: OPEN_STATES.map(state => ({ state, count: open.filter(row => row.state === state).length }))
      })

      const year = 2025
      const ofYear = rows.filter(({ receivedAt }) => dateIn(timeZone, receivedAt).startsWith(`${year}-`))
      const report = await california(tenant, `?year=${year}`)
      for (const { request, rights, received, compliedInWhole, denied, medianDays, ...row } of report.rows) {
        const mine = ofYear.filter(({ right, regime }) => regime === 'us-ca' && rights.includes(right))
        const answered = mine.filter(({ respondedAt }) => respondedAt !== null)
        const ended = (...outcomes: unknown[]) => answered.filter(({ outcome }) => outcomes.includes(outcome)).length
        const days = answersOf(answered, {
          from: parseLocalDate('2000-01-01'),
          to: parseLocalDate('2099-12-31'),
          timeZone
        })
        t.same(
          { compliedInWhole, denied, medianDays, compliedInPart: row.compliedInPart, leftOut: row.leftOut },
          {
            compliedInWhole: ended('granted', 'nothing_found'),
            denied: ended('refused'),
            medianDays: days.medianDays,
            compliedInPart: ended('partly_granted'),
            leftOut: mine.filter(({ state }) => state === 'cancelled').length
          },
          request
        )
        t.equal(received + row.leftOut, mine.length)
      }
      t.ok(
        report.rows.some(({ medianDays }) => medianDays !== null),
        'and there was something to count'
      )
    })
  }
})

t.test('The middle of nothing, of one and of two', async t => {
  t.same([medianOf([]), medianOf([3]), medianOf([3, 4])], [null, 3, 3.5], 'the pencil itself')
})

t.test('Each form of a report has the same numbers', async t => {
  const house = await openHouse(t, { at: '2026-03-04T12:00:00Z' })
  const tenant = await house.tenant()
  await insertRequests(house.ownerUrl, tenant.id, 'Europe/Copenhagen', manyRows(80, house.now(), 300, 7))
  const report = await overview(tenant)

  await t.test('JSON and CSV', async t => {
    for (const answer of [
      await tenant.auditor.get('/v1/reports/overview?format=csv'),
      await tenant.auditor.get('/v1/reports/overview', { accept: 'text/csv' })
    ]) {
      t.match(answer.headers, {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="overview-2025-03-05-2026-03-04.csv"',
        'cache-control': 'no-store',
        vary: 'Accept'
      })
      const lines = parse<Record<string, string>>(answer.body, { bom: true, columns: true })
      const valueAt = (wanted: Record<string, string>) => {
        const found = lines.filter(line => Object.entries(wanted).every(([column, value]) => line[column] === value))
        return found.length === 1 ? found[0]!.value : `${found.length} lines`
      }
      for (const row of [report.total, ...report.rows]) {
        const { right, regime, ...figures } = row
        for (const [figure, value] of Object.entries(figures)) {
          const wanted = { figure, right: right ?? '', regime: regime ?? '' }
          t.equal(valueAt(wanted), value === null ? '' : String(value), `${figure} ${right} ${regime}`)
        }
      }
      for (const { outcome, ground, count } of report.outcomes)
        t.equal(valueAt({ figure: 'outcome', outcome, ground: ground ?? '' }), String(count))
      for (const { state, count } of report.open.byState) t.equal(valueAt({ figure: 'open', state }), String(count))
      for (const figure of ['total', 'overdue', 'dueThisWeek', 'paused'] as const)
        t.equal(valueAt({ figure: `open.${figure}` }), String(report.open[figure]))
      t.same([valueAt({ figure: 'from' }), valueAt({ figure: 'timeZone' })], [report.from, report.timeZone])
    }
  })

  await t.test('California’s, too', async t => {
    const figures = await california(tenant, '?year=2025&people=everyone')
    const answer = await tenant.auditor.get('/v1/reports/california?year=2025&people=everyone&format=csv')
    t.match(answer.headers['content-disposition'], 'attachment; filename="california-2025-everyone.csv"')
    const lines = parse<Record<string, string>>(answer.body, { bom: true, columns: true })
    t.equal(lines.length, figures.rows.length + 1)
    for (const { rights: _, source: __, denials, ...row } of figures.rows) {
      const line = lines.find(({ request }) => request === row.request)
      for (const [column, value] of Object.entries({ ...row, ...denials }))
        t.equal(line?.[column] ?? 'no line', value === null ? '' : String(value), `${row.request} ${column}`)
    }
    t.match(lines.at(-1), { request: 'all', medianDays: String(figures.medianDays ?? '') })
  })

  await t.test('and a call that accepts anything gets JSON', async t => {
    for (const accept of ['*/*', 'application/json, text/csv', 'image/png']) {
      const { headers } = await tenant.auditor.get('/v1/reports/overview', { accept })
      t.equal(headers['content-type'], 'application/json; charset=utf-8', accept)
    }
  })
})

t.test('Whose requests California counts', async t => {
  const house = await openHouse(t, { at: '2026-03-04T12:00:00Z' })
  const tenant = await house.tenant({
    policy: { rights: ['access', 'opt_out'], regimes: { default: 'us-ca', byPlace: { DK: 'eu-gdpr' } } }
  })
  await ask(tenant, 'access')
  await ask(tenant, 'opt_out')
  await well(
    tenant.integration.post('/v1/requests', {
      rights: ['access'],
      subject: { name: 'Bo', email: 'bo@example.com', country: 'DK' },
      verification: { method: 'session' }
    })
  )
  const received = async (query: string) =>
    Object.fromEntries((await california(tenant, query)).rows.map(row => [row.request, row.received]))
  t.same(await received('?year=2026'), { delete: 0, correct: 0, know: 1, opt_out: 1, limit: 0 }, 'its consumers alone')
  t.match(await received('?year=2026&people=everyone'), { know: 2, opt_out: 1 }, 'or everybody, if so asked')
  t.match(await california(tenant), { year: 2025, complete: true, people: 'consumers', publishBy: '2026-07-01' })
})

t.test('What a report cannot be of', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const cases = [
    ['overview?from=2026-02-30', '/query/from'],
    ['overview?from=2026-03-01&to=2026-02-01', '/query/to'],
    ['overview?from=2010-01-01', '/query/from'],
    ['overview?to=9999-12-31', '/query/to'],
    ['overview?to=0001-01-01', '/query/to'],
    ['overview?format=pdf', '/query/format'],
    ['overview?tenant=x', '/query/tenant'],
    ['california?year=2019', '/query/year'],
    ['california?year=2030', '/query/year'],
    ['california?people=nobody', '/query/people']
  ] as const
  for (const [query, pointer] of cases) {
    t.match((await tenant.auditor.get(`/v1/reports/${query}`)).json(), { status: 422, errors: [{ pointer }] }, query)
  }
})

t.test('Who may read the figures', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const narrow = await tenant.key('reports:read')
  t.equal((await narrow.get('/v1/reports/overview')).statusCode, 200)
  t.equal((await narrow.get('/v1/requests')).statusCode, 403, 'needs not see a request')
  t.equal((await (await tenant.key('requests:read')).get('/v1/reports/overview')).statusCode, 403)
  t.equal((await house.stranger.get('/v1/reports/overview')).statusCode, 401)
})
