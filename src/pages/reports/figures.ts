// Numbers as a reader of the language writes them, and the tables they stand in.

import { type Html, html } from '../../archive/package/escape-html.ts'
import type { Locale } from '../../domain/subject-request.ts'
import { TAGS } from '../../letters/catalogue.ts'

/** What stands where there is nothing to count. */
const NONE = '–'

export function numberIn(locale: Locale, value: number | null): string {
  return value === null ? NONE : new Intl.NumberFormat(TAGS[locale]).format(value)
}

/** @param share  from 0 to 1 */
export function shareIn(locale: Locale, share: number | null): string {
  if (share === null) return NONE
  return new Intl.NumberFormat(TAGS[locale], { style: 'percent', maximumFractionDigits: 2 }).format(share)
}

export interface Table {
  readonly id: string
  readonly caption: string
  /** The first ones name what a row is about, the others count. */
  readonly columns: readonly string[]
  readonly names: number
  readonly rows: readonly (readonly string[])[]
}

/** Wider than the screen it scrolls, by the keyboard as well. */
export function tableOf({ id, caption, columns, names, rows }: Table): Html {
  const heads = columns.map((column, at) =>
    at < names ? html`<th scope="col">${column}</th>` : html`<th scope="col" class="number">${column}</th>`
  )
  return html`<section class="wide" aria-labelledby="${id}-caption" tabindex="0">
<table>
<caption id="${id}-caption">${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map(row => html`<tr>${row.map((cell, at) => cellOf(cell, at, names))}</tr>`)}
</tbody>
</table>
</section>`
}

function cellOf(cell: string, at: number, names: number): Html {
  if (at === 0) return html`<th scope="row">${cell}</th>`
  return at < names ? html`<td>${cell}</td>` : html`<td class="number">${cell}</td>`
}
