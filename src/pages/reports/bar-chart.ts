// A bar chart as SVG, in the colours of the page. Labels stand above their bars and numbers behind them, so that no text has to
// be measured. Whoever cannot see it is told its title and has the table.

import { type Html, html } from '../../archive/package/escape-html.ts'

export interface Bar {
  readonly value: number
  /** The number with what it is, as it stands behind the bar. */
  readonly text: string
  /** The second of two is told apart by its lighter bar. */
  readonly isSecond?: boolean
}

export interface BarGroup {
  readonly label: string
  readonly bars: readonly Bar[]
}

// In pixels of a screen that is wide enough; on a telephone it all shrinks by a fifth.
const WIDTH = 448
const LONGEST_BAR = 260
const TEXT_GAP = 8
const LABEL_HEIGHT = 22
const BAR_HEIGHT = 16
const BAR_STEP = 20
const GROUP_GAP = 12
/** From the upper edge of a line to the foot of its letters. */
const FOOT = 13

/** @param id  of the chart on its page */
export function barChart(id: string, title: string, description: string, groups: readonly BarGroup[]): Html {
  const heights = groups.map(({ bars }) => LABEL_HEIGHT + bars.length * BAR_STEP + GROUP_GAP)
  const height = heights.reduce((sum, one) => sum + one, 0)
  const largest = Math.max(...groups.flatMap(({ bars }) => bars.map(({ value }) => value)), 0)
  let top = 0
  const drawn = groups.map((group, at) => {
    const drawing = groupAt(group, top, largest)
    top += heights[at]!
    return drawing
  })
  return html`<figure>
<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-description" viewBox="0 0 ${WIDTH} ${height}" xmlns="http://www.w3.org/2000/svg">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${drawn}
</svg>
</figure>`
}

function groupAt({ label, bars }: BarGroup, top: number, largest: number): Html {
  const drawn = bars.map(({ value, text, isSecond = false }, at) => {
    const y = top + LABEL_HEIGHT + at * BAR_STEP
    const width = largest === 0 ? 0 : Math.round((value / largest) * LONGEST_BAR * 10) / 10
    return html`<rect${isSecond ? html` class="second"` : html``} x="0" y="${y}" width="${width}" height="${BAR_HEIGHT}"/>
<text x="${width + TEXT_GAP}" y="${y + FOOT}">${text}</text>`
  })
  return html`<g>
<text class="label" x="0" y="${top + FOOT}">${label}</text>
${drawn}
</g>`
}
