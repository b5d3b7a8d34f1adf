// README.txt of a package, for whoever opens it without a browser.

import type { PackageFacts } from './facts.ts'
import { PACKAGE_WORDS } from './words.ts'

/** Plain text with the line ends that every desktop shows. */
export function renderReadme({ right, locale, organisation, reference, createdAt, information }: PackageFacts): string {
  const words = PACKAGE_WORDS[locale]
  const contents = [
    ['index.html', words.contents],
    ['data/', `${words.openCsv}, ${words.openJson}`],
    ['files/', words.files],
    ...(information === null ? [] : [['article-15.json', words.use]])
  ]
  const lines = [
    words.title[right],
    '',
    words.intro[right](organisation.name),
    words.keepSafe,
    '',
    `${words.organisation}: ${organisation.name}`,
    `${words.contact}: ${organisation.contact}`,
    `${words.reference}: ${reference}`,
    `${words.createdAt}: ${createdAt}`,
    '',
    ...contents.map(([name, text]) => `${name}: ${text}`),
    '',
    words.formats,
    ...(right === 'portability' ? [words.fieldDictionary] : []),
    words.checksums
  ]
  return `${lines.join('\r\n')}\r\n`
}
