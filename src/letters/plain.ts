// What people and tenants typed, made safe to stand in a letter. Markup needs no care here: the template escapes it.

import type { Block } from './blocks.ts'

/** Control characters, and those that turn the direction of the text around and so could make it read as something else. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu

/** Longest single line: a subject or a name beyond that is no longer one. */
const LONGEST = 150

/** One short line without control characters: for subjects and names. */
export function oneLine(text: string): string {
  return clean(text).slice(0, LONGEST)
}

/** Free text as paragraphs of lines, whatever its line ends were. */
export function paragraphsOf(text: string): string[][] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map(part =>
      part
        .split('\n')
        .map(clean)
        .filter(line => line !== '')
    )
    .filter(part => part.length > 0)
}

/** The block with every text in it on one line and printable. Quotes keep their lines and are cleaned line by line. */
export function cleanBlock(block: Block): Block {
  switch (block.kind) {
    case 'quote':
      return block
    case 'link':
      return { ...block, label: clean(block.label) }
    case 'list':
      return { ...block, items: block.items.map(clean) }
    case 'rows':
      return { ...block, rows: block.rows.map(([term, detail]) => [clean(term), clean(detail)] as const) }
    case 'lines':
      return { ...block, lines: block.lines.map(line => ({ ...line, text: clean(line.text) })) }
    default:
      return { ...block, text: clean(block.text) }
  }
}

function clean(text: string): string {
  return text.replace(/\s+/g, ' ').replace(UNPRINTABLE, '').trim()
}
