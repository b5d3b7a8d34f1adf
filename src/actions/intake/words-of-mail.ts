import type { KeptMail } from '../../storage/inbound-contents.ts'

/** Characters. What is longer is read in the mail itself. */
const DETAILS_KEPT = 20_000

/** What the person asked, in their own words: the subject line is often the whole of it. */
export function wordsOfMail({ subject, text }: KeptMail): string {
  return [subject, text]
    .filter(part => part !== '')
    .join('\n\n')
    .slice(0, DETAILS_KEPT)
    .toWellFormed()
}
