// Blocks as a page for mail readers: inline styles, nothing fetched from anywhere, colours that hold on light and on dark.

import { readFileSync } from 'node:fs'
import { Eta } from 'eta'
import type { Locale } from '../domain/subject-request.ts'
import type { Block } from './blocks.ts'
import { paragraphsOf } from './plain.ts'

const eta = new Eta({ autoEscape: true, useWith: false })
const layout = eta.compile(readFileSync(new URL('./layout.eta', import.meta.url), 'utf8'))

/** The letter as one HTML document. Everything put in is escaped by the template; it has no way to put in markup. */
export function asHtml(locale: Locale, subject: string, blocks: readonly Block[]): string {
  const shown = blocks.map(block =>
    block.kind === 'quote' ? { ...block, paragraphs: paragraphsOf(block.text) } : block
  )
  return eta.render(layout, { lang: locale, subject, blocks: shown })
}
