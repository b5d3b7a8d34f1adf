// What California asks to be published of a year, ready to be published.

import { html } from '../../archive/package/escape-html.ts'
import { type CaliforniaReport, DENIAL_REASONS } from '../../domain/reports/california.ts'
import { formatDay, formatMoment } from '../../letters/words.ts'
import { type Frame, NOTHING, type ReportSheet, renderReport } from '../layout.ts'
import { numberIn, tableOf } from './figures.ts'

const COUNTED = ['compliedInWhole', 'compliedInPart', 'denied', 'withdrawn', 'pending'] as const

export function californiaPage(
  frame: Frame,
  report: CaliforniaReport,
  madeAt: Date,
  addressIn: ReportSheet['addressIn']
): string {
  const { say, locale } = frame
  const { year, period, people, isComplete, publishBy, rows, timeZone: zone } = report
  const number = (value: number | null) => numberIn(locale, value)
  const leftOut = rows.reduce((sum, { counts }) => sum + counts.leftOut, 0)
  const body = html`<p>${say('report.period', {
    from: formatDay(period.from, locale),
    to: formatDay(period.to, locale),
    zone,
    moment: formatMoment(madeAt.toISOString(), zone, locale)
  })}</p>
<p>${say(`report.california.${people}`)}</p>
${isComplete ? NOTHING : html`<p><strong>${say('report.california.incomplete')}</strong></p>`}
<section aria-labelledby="received"><h2 id="received">${say('report.california.received', { year: String(year) })}</h2>
${tableOf({
  id: 'received-table',
  caption: say('report.california.caption'),
  columns: [
    say('report.col.kind'),
    say('report.col.received'),
    ...COUNTED.map(name => say(`report.col.${name}`)),
    say('report.col.median'),
    say('report.col.mean')
  ],
  names: 1,
  rows: [
    ...rows.map(row => [
      say(`report.california.${row.request}`),
      number(row.received),
      ...COUNTED.map(name => number(row.counts[name])),
      number(row.medianDays),
      number(row.meanDays)
    ]),
    [
      say('report.all'),
      number(rows.reduce((sum, { received }) => sum + received, 0)),
      ...COUNTED.map(name => number(rows.reduce((sum, { counts }) => sum + counts[name], 0))),
      number(report.medianDays),
      number(report.meanDays)
    ]
  ]
})}
</section>
<section aria-labelledby="denied"><h2 id="denied">${say('report.california.denials')}</h2>
${tableOf({
  id: 'denied-table',
  caption: say('report.california.denials.caption'),
  columns: [say('report.col.kind'), ...DENIAL_REASONS.map(reason => say(`report.col.${reason}`))],
  names: 1,
  rows: rows.map(row => [
    say(`report.california.${row.request}`),
    ...DENIAL_REASONS.map(reason => number(row.denials[reason]))
  ])
})}
</section>
<section aria-labelledby="how"><h2 id="how">${say('report.how.title')}</h2>
<ul>
<li>${say('report.california.how.publish', { day: formatDay(publishBy, locale) })}</li>
<li>${say('report.california.how.ends')}</li>
<li>${say('report.california.how.leftOut', { count: number(leftOut) })}</li>
<li>${say('report.california.how.days', { zone })}</li>
</ul></section>`
  return renderReport(frame, {
    title: say('report.california.title', { year: String(year) }),
    body,
    addressIn
  })
}
