// The links of a letter, so that the terminal can print them: nobody should have to open a page to try the demo.

import type { Mail } from './mail-store.ts'

/** A closing bracket or full stop after a link belongs to the sentence. */
const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g

/** @returns each link once, in reading order; those of the text, or of the HTML when there is no text */
export function linksIn({ text, html }: Pick<Mail, 'text' | 'html'>): string[] {
  const source = text.trim() === '' ? (html ?? '').replaceAll('&amp;', '&') : text
  return [...new Set(source.match(LINK) ?? [])]
}
