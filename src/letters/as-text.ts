// Blocks as plain text, for readers that show no HTML and for the record.

import type { Block, Line } from './blocks.ts'
import { paragraphsOf } from './plain.ts'

/** Characters a line, as mail has been read for forty years; an address is never broken. */
const WIDTH = 72

/** The letter as text: lines end in LF alone, whatever was typed, and the mailer writes them as the wire wants. */
export function asText(blocks: readonly Block[]): string {
  return `${blocks.map(blockAsText).join('\n\n')}\n`
}

function blockAsText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'small':
      return wrap(block.text)
    case 'heading':
      return `${wrap(block.text)}\n${'-'.repeat(Math.min(block.text.length, WIDTH))}`
    case 'quote':
      return paragraphsOf(block.text)
        .map(part => part.map(line => wrap(line, '> ', '> ')).join('\n'))
        .join('\n>\n')
    case 'code':
      return `    ${block.text}`
    case 'link':
      return `${wrap(`${block.label}:`)}\n${block.url}`
    case 'list':
      return block.items.map(item => wrap(item, '- ', '  ')).join('\n')
    case 'rows':
      return block.rows.map(([term, detail]) => wrap(`${term}: ${detail}`, '', '  ')).join('\n')
    case 'lines':
      return block.lines.map(lineAsText).join('\n')
  }
}

function lineAsText({ text, url }: Line): string {
  return url === undefined || text.includes(url) ? text : `${text}: ${url}`
}

function wrap(text: string, first = '', others = ''): string {
  const lines: string[] = []
  let line = first
  let isFresh = true
  for (const word of text.split(' ')) {
    if (!isFresh && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = others
      isFresh = true
    }
    line += isFresh ? word : ` ${word}`
    isFresh = false
  }
  return [...lines, line].join('\n')
}
