// Reads a rendered letter back, as a mail program would.

import { HtmlValidate } from 'html-validate'

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // Mail programs drop style sheets, so that style stands in the attributes.
    'no-inline-style': 'off',
    // A subject line is longer than a page title should be.
    'long-title': 'off',
    'tel-non-breaking': 'off'
  }
})

/** What a validator has against the document, one line a fault. */
export function faultsOf(html: string): string[] {
  const report = validator.validateStringSync(html)
  return report.results.flatMap(result => result.messages.map(message => `${message.ruleId}: ${message.message}`))
}

/** The words that the body of the document shows. */
export function shownText(html: string): string {
  const body = html.slice(html.indexOf('<body'))
  return decode(body.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()
}

/** Everything the document points at or would fetch. */
export function addressesIn(html: string): string[] {
  return [
    ...html.matchAll(/(?:href|src|srcset|action|background|poster|data|cite)\s*=\s*"([^"]*)"|url\(([^)]*)\)|@import/gi)
  ].map(match => decode(match[1] ?? match[2] ?? match[0]))
}

/** The names of the elements in it. */
export function elementsIn(html: string): string[] {
  return [...html.matchAll(/<([a-z][a-z0-9]*)/gi)].map(match => (match[1] ?? '').toLowerCase())
}

function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
