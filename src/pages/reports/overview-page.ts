// The overview for people: charts, and under each a table with the same numbers.

import { type Html, html } from '../../archive/package/escape-html.ts'
import type { Overview, OverviewRow } from '../../domain/reports/overview.ts'
import { formatDay, formatMoment, outcomeName, rightName } from '../../letters/words.ts'
import { type Frame, type ReportSheet, renderReport } from '../layout.ts'
import type { PageWord } from '../words.ts'
import { barChart } from './bar-chart.ts'
import { numberIn, shareIn, tableOf } from './figures.ts'

export function overviewPage(
  frame: Frame,
  overview: Overview,
  madeAt: Date,
  addressIn: ReportSheet['addressIn']
): string {
  const { say, locale } = frame
  const { period, timeZone: zone } = overview
  const body = html`<p>${say('report.period', {
    from: formatDay(period.from, locale),
    to: formatDay(period.to, locale),
    zone,
    moment: formatMoment(madeAt.toISOString(), zone, locale)
  })}</p>
${openSection(frame, overview)}
${answersSection(frame, overview)}
${outcomesSection(frame, overview)}
${howSection(frame, overview)}`
  return renderReport(frame, { title: say('report.overview.title'), body, addressIn })
}

function openSection({ say, locale }: Frame, { open, weekEndsOn }: Overview): Html {
  const count = (value: number) => numberIn(locale, value)
  // Not the words of the letters, which speak to the person.
  const states = open.byState.map(({ state, count }) => ({ name: say(`report.state.${state}` as PageWord), count }))
  return html`<section aria-labelledby="open"><h2 id="open">${say('report.open.title')}</h2>
<dl>
<dt>${say('report.open.total')}</dt><dd>${count(open.total)}</dd>
<dt>${say('report.open.overdue')}</dt><dd>${count(open.overdue)}</dd>
<dt>${say('report.open.week', { day: formatDay(weekEndsOn, locale) })}</dt><dd>${count(open.dueThisWeek)}</dd>
<dt>${say('report.open.paused')}</dt><dd>${count(open.paused)}</dd>
</dl>
${barChart(
  'states',
  say('report.open.caption'),
  say('report.chart.inTable'),
  states.map(({ name: label, count: value }) => ({ label, bars: [{ value, text: count(value) }] }))
)}
${tableOf({
  id: 'states-table',
  caption: say('report.open.caption'),
  columns: [say('report.col.state'), say('report.col.requests')],
  names: 1,
  rows: states.map(({ name, count: value }) => [name, count(value)])
})}
</section>`
}

function answersSection(frame: Frame, { rows, total }: Overview): Html {
  const { say } = frame
  const heading = html`<h2 id="answers">${say('report.answers.title')}</h2>`
  if (rows.length === 0)
    return html`<section aria-labelledby="answers">${heading}<p>${say('report.nothing')}</p></section>`
  const columns = [
    'right',
    'regime',
    'received',
    'answered',
    'dated',
    'onTime',
    'onTimeShare',
    'median',
    'p90',
    'mean',
    'extensions'
  ] as const
  return html`<section aria-labelledby="answers">${heading}
${daysChart(
  frame,
  rows.filter(row => row.answered > 0)
)}
${tableOf({
  id: 'answers-table',
  caption: say('report.answers.caption'),
  columns: columns.map(name => say(`report.col.${name}`)),
  names: 2,
  rows: [...rows, total].map(row => answersRow(frame, row))
})}
</section>`
}

function daysChart({ say, locale }: Frame, answered: readonly OverviewRow[]): Html {
  if (answered.length === 0) return html``
  return barChart(
    'days',
    say('report.days.title'),
    say('report.days.description'),
    answered.map(({ right, regime, medianDays, p90Days }) => ({
      label: `${right === null ? '' : rightName(right, locale)} · ${regime}`,
      bars: [
        { value: medianDays ?? 0, text: say('report.days.median', { days: numberIn(locale, medianDays) }) },
        { value: p90Days ?? 0, text: say('report.days.p90', { days: numberIn(locale, p90Days) }), isSecond: true }
      ]
    }))
  )
}

function answersRow({ say, locale }: Frame, row: OverviewRow): string[] {
  const number = (value: number | null) => numberIn(locale, value)
  return [
    row.right === null ? say('report.all') : rightName(row.right, locale),
    row.regime ?? '',
    number(row.received),
    number(row.answered),
    number(row.dated),
    number(row.onTime),
    shareIn(locale, row.onTimeShare),
    number(row.medianDays),
    number(row.p90Days),
    number(row.meanDays),
    number(row.extensions)
  ]
}

function outcomesSection({ say, locale }: Frame, { outcomes }: Overview): Html {
  const heading = html`<h2 id="outcomes">${say('report.outcomes.title')}</h2>`
  if (outcomes.length === 0)
    return html`<section aria-labelledby="outcomes">${heading}<p>${say('report.nothing')}</p></section>`
  const named = outcomes.map(({ outcome, ground, count }) => ({
    name: outcomeName(outcome, locale),
    ground: ground ?? '',
    count
  }))
  return html`<section aria-labelledby="outcomes">${heading}
${barChart(
  'grounds',
  say('report.outcomes.caption'),
  say('report.chart.inTable'),
  named.map(({ name, ground, count }) => ({
    label: ground === '' ? name : `${name} · ${ground}`,
    bars: [{ value: count, text: numberIn(locale, count) }]
  }))
)}
${tableOf({
  id: 'grounds-table',
  caption: say('report.outcomes.caption'),
  columns: [say('report.col.outcome'), say('report.col.ground'), say('report.col.answers')],
  names: 2,
  rows: named.map(({ name, ground, count }) => [name, ground, numberIn(locale, count)])
})}
</section>`
}

function howSection({ say, locale }: Frame, { timeZone: zone, today }: Overview): Html {
  return html`<section aria-labelledby="how"><h2 id="how">${say('report.how.title')}</h2>
<ul>
<li>${say('report.how.open', { day: formatDay(today, locale) })}</li>
<li>${say('report.how.received')}</li>
<li>${say('report.how.answered')}</li>
<li>${say('report.how.onTime')}</li>
<li>${say('report.how.days', { zone })}</li>
<li>${say('report.how.extensions')}</li>
</ul></section>`
}
