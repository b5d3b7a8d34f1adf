// Reports as pages: well-formed, guarded, read without a script, and with the numbers of the JSON.

import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { LOCALES } from '../../src/domain/subject-request.ts'
import type { CaliforniaWire, OverviewWire } from '../../src/http/schemas/reports.ts'
import { numberIn, shareIn } from '../../src/pages/reports/figures.ts'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse } from '../support/house.ts'
import { insertRequests, manyRows } from '../support/report-rows.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'
import { textIn } from '../support/visitor.ts'

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>" onfocus="alert(1)' {{7*7}} & Sons`
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
const AT = '2026-03-04T12:00:00Z'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: { 'long-title': ['error', { maxlength: 150 }] }
})

async function filledTenant(house: House) {
  const organisation = { ...HOUSE_POLICY.organisation, name: HOSTILE }
  const tenant = await house.tenant({ policy: { organisation } })
  await insertRequests(house.ownerUrl, tenant.id, 'Europe/Copenhagen', manyRows(300, house.now(), 400, 3))
  return tenant
}

const pathOf = ({ url }: { url: string }) => url.slice('http://house.localhost'.length)

/** The rows of a table as they are read, head and foot included. */
function tableIn(body: string, id: string): string[][] {
  const table = body.slice(body.indexOf(`<caption id="${id}-caption">`)).split('</table>')[0]!
  return [...table.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)<\/t[hd]>/g)].map(([, cell = '']) => cell)
  )
}

/** The texts of a chart and its bars, in their order. */
function chartIn(body: string, id: string): { texts: string[]; widths: number[] } {
  const chart = body.slice(body.indexOf(`aria-labelledby="${id}-title`)).split('</svg>')[0]!
  return {
    texts: [...chart.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text),
    widths: [...chart.matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, width]) => Number(width))
  }
}

t.test('Every report in every language', async t => {
  const house = await openHouse(t, { at: AT })
  const tenant = await filledTenant(house)
  const empty = await house.tenant()
  for (const locale of LOCALES) {
    for (const [name, client] of [
      ['full', tenant.auditor],
      ['empty', empty.auditor]
    ] as const) {
      for (const report of ['overview', 'california?year=2025', 'california?year=2026&people=everyone']) {
        await t.test(`${locale} ${name} ${report}`, async t => {
          const asked = `/v1/reports/${report}${report.includes('?') ? '&' : '?'}language=${locale}`
          const { page } = await well<OverviewWire>(client.get(asked))
          const { body, headers, statusCode } = await house.stranger.get(pathOf(page))
          t.equal(statusCode, 200)
          const { results } = validator.validateStringSync(body)
          t.same(
            results.flatMap(({ messages }) =>
              messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)
            ),
            [],
            'is well-formed'
          )
          t.match(body, new RegExp(`^<!DOCTYPE html>\n<html lang="${locale}">`))
          const tags = (body.match(/<[^>]*>/g) ?? []).join('\n')
          t.notMatch(tags, /<(?:script|style|img|foreignObject|use|image|a [^>]*xlink)|\s(?:on\w+|style|http-equiv)=/i)
          t.notMatch(textIn(body), /\bundefined\b|\bnull\b|\[object|\bNaN\b|\{[a-z]/, 'nothing is missing')
          for (const svg of body.match(/<svg[\s\S]*?<\/svg>/g) ?? []) {
            t.match(svg, /role="img" aria-labelledby="([\w-]+)-title \1-description"/, 'a chart says what it is')
            t.match(svg, /<title id="[\w-]+">[^<]+<\/title>\n<desc id="[\w-]+">[^<]+<\/desc>/)
          }
          t.equal((body.match(/<table>/g) ?? []).length, (body.match(/<caption /g) ?? []).length, 'so does a table')
          t.match(headers, {
            'content-security-policy': POLICY,
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
            'x-frame-options': 'DENY'
          })
        })
      }
    }
  }
})

t.test('The page of an overview has the numbers of the JSON', async t => {
  const house = await openHouse(t, { at: AT })
  const tenant = await filledTenant(house)
  const report = await well<OverviewWire>(tenant.auditor.get('/v1/reports/overview'))
  const { body } = await house.stranger.get(`${pathOf(report.page)}?language=en`)
  const number = (value: number | null) => numberIn('en', value)

  t.same(
    tableIn(body, 'states-table')
      .slice(1)
      .map(row => row.at(-1)),
    report.open.byState.map(({ count }) => number(count))
  )
  t.same(
    tableIn(body, 'answers-table')
      .slice(1)
      .map(row => row.slice(1)),
    [...report.rows, report.total].map(row => [
      row.regime ?? '',
      number(row.received),
      number(row.answered),
      number(row.dated),
      number(row.onTime),
      shareIn('en', row.onTimeShare),
      number(row.medianDays),
      number(row.p90Days),
      number(row.meanDays),
      number(row.extensions)
    ])
  )
  t.same(
    tableIn(body, 'grounds-table')
      .slice(1)
      .map(([, ground, count]) => [ground, count]),
    report.outcomes.map(({ ground, count }) => [ground ?? '', number(count)])
  )
  t.match(textIn(body), `Open ${report.open.total} Overdue ${report.open.overdue} Due until`)

  const days = chartIn(body, 'days')
  const answered = report.rows.filter(row => row.answered > 0)
  t.same(
    days.texts.filter((_, at) => at % 3 !== 0),
    answered.flatMap(row => [`median ${number(row.medianDays)}`, `9 of 10 within ${number(row.p90Days)}`]),
    'and so have the charts'
  )
  const values = answered.flatMap(row => [row.medianDays ?? 0, row.p90Days ?? 0])
  for (const [at, value] of values.entries())
    t.ok(Math.abs(days.widths[at]! / Math.max(...days.widths) - value / Math.max(...values)) < 0.01, 'to scale')
  t.same(
    chartIn(body, 'states').texts.filter((_, at) => at % 2 === 1),
    report.open.byState.map(({ count }) => number(count))
  )
})

t.test('The page of California’s figures has the numbers of the JSON', async t => {
  const house = await openHouse(t, { at: AT })
  const tenant = await filledTenant(house)
  const report = await well<CaliforniaWire>(tenant.auditor.get('/v1/reports/california?year=2025'))
  const { body } = await house.stranger.get(`${pathOf(report.page)}?language=en`)
  const rows = tableIn(body, 'received-table').slice(1)
  t.same(
    rows.slice(0, -1).map(row => row.slice(1)),
    report.rows.map(row =>
      [
        row.received,
        row.compliedInWhole,
        row.compliedInPart,
        row.denied,
        row.withdrawn,
        row.pending,
        row.medianDays,
        row.meanDays
      ].map(value => numberIn('en', value))
    )
  )
  const received = report.rows.reduce((sum, row) => sum + row.received, 0)
  t.same([rows.at(-1)?.[1], rows.at(-1)?.at(-2)], [numberIn('en', received), numberIn('en', report.medianDays)])
  t.same(
    tableIn(body, 'denied-table')
      .slice(1)
      .map(row => row.slice(1)),
    report.rows.map(({ denials }) => Object.values(denials).map(String))
  )
  t.match(textIn(body), /publishes these figures by Wednesday 1 July 2026 \(11 CCR 7102\)/)
  const current = await well<CaliforniaWire>(tenant.auditor.get('/v1/reports/california?year=2026'))
  t.match(textIn((await house.stranger.get(`${pathOf(current.page)}?language=en`)).body), /The year is not over/)
})

t.test('The way to a page', async t => {
  const house = await openHouse(t, { at: AT })
  const [tenant, neighbour] = [await filledTenant(house), await house.tenant()]

  await t.test('is where a call for HTML leads', async t => {
    const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    for (const [path, headers] of [
      ['/v1/reports/overview?from=2026-01-01&to=2026-01-31', browser],
      ['/v1/reports/overview?from=2026-01-01&to=2026-01-31&format=html', {}]
    ] as const) {
      const answer = await tenant.auditor.get(path, headers)
      t.same([answer.statusCode, answer.body, answer.headers['cache-control']], [303, '', 'no-store'])
      const page = await house.stranger.get(pathOf({ url: String(answer.headers.location) }))
      t.match(textIn(page.body), /Thursday 1 January 2026 to Saturday 31 January 2026, in days of Europe\/Copenhagen/)
    }
  })

  const { page } = await well<OverviewWire>(tenant.auditor.get('/v1/reports/overview'))
  const path = pathOf(page)
  const token = path.slice(path.lastIndexOf('/') + 1)

  await t.test('speaks the browser’s language, or the one that is asked for', async t => {
    const titleIn = async (query: string, headers = {}) =>
      /<h1>([^<]*)/.exec((await house.stranger.get(path + query, headers)).body)?.[1]
    t.equal(await titleIn('', { 'accept-language': 'el-GR, en' }), 'Αιτήματα υποκειμένων των δεδομένων')
    t.equal(await titleIn('?language=da', { 'accept-language': 'el-GR' }), 'Registreredes anmodninger')
    t.equal(await titleIn('?language=xx'), 'Requests of data subjects')
  })

  await t.test('tells nothing by itself, and changes nothing', async t => {
    t.notMatch(Buffer.from(token, 'base64url').toString('latin1'), /overview|2026|from/)
    const again = await house.stranger.get(path)
    t.equal(again.body, (await house.stranger.get(path)).body)
    t.notOk(house.log.join('\n').includes(token), 'nor is it in the log')
  })

  await t.test('is the tenant’s alone, as it was made', async t => {
    const altered = `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`
    for (const other of [
      `/privacy/${neighbour.slug}/reports/${token}`,
      `/privacy/${tenant.slug}/reports/${altered}`,
      `/privacy/${tenant.slug}/reports/x`,
      `/privacy/${tenant.slug}/reports/${'A'.repeat(300)}`
    ]) {
      const answer = await house.stranger.get(other)
      t.match([answer.statusCode, textIn(answer.body)], [410, /This link has run out/])
    }
  })

  await t.test('ends after an hour', async t => {
    house.pass({ minutes: 59 })
    t.equal((await house.stranger.get(path)).statusCode, 200)
    house.pass({ minutes: 1 })
    const answer = await house.stranger.get(path, { 'accept-language': 'da' })
    t.equal(answer.statusCode, 410)
    t.match(textIn(answer.body), /Linket er udløbet/)
    t.same(
      validator.validateStringSync(answer.body).results.flatMap(({ messages }) => messages),
      []
    )
  })
})
