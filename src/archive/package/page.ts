// index.html of a package: what is in it, for a person with a browser and nothing else. No script, no request, no link out
// but to the supervisory authority.

import { createHash } from 'node:crypto'
import { Html, html } from './escape-html.ts'
import type { PackageFacts, WrittenDataset, WrittenFile } from './facts.ts'
import { informationSections } from './information-page.ts'
import type { Preview } from './preview.ts'
import { PACKAGE_WORDS, type PackageWords } from './words.ts'

export interface PageContents {
  readonly datasets: readonly { readonly written: WrittenDataset; readonly preview: Preview }[]
  readonly files: readonly WrittenFile[]
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1, h2, h3 { line-height: 1.25 }
h2 { margin-top: 3rem; border-bottom: 1px solid #767676 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem }
dt { font-weight: 600 }
dd { margin: 0; unicode-bidi: isolate }
.scroll { overflow-x: auto }
table { border-collapse: collapse; margin: .5rem 0 }
caption { text-align: start; padding: .25rem 0 }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; min-width: 5rem; unicode-bidi: isolate }
.notice { border: 2px solid; padding: .5rem 1rem }
@media print { .scroll { overflow: visible } body { max-width: none } }
`
/** The page names its own style and allows nothing else, so that data which slipped through as markup still could not act. */
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'`

/** The page in pieces, so that a package of many datasets is not held as one text. */
export function* renderPage(facts: PackageFacts, { datasets, files }: PageContents): Generator<string> {
  const words = PACKAGE_WORDS[facts.locale]
  yield `${pageHead(facts, words).text}\n<main>\n`
  yield overview(facts, words).text
  yield html`<section aria-labelledby="data"><h2 id="data">${words.contents}</h2>`.text
  for (const [i, dataset] of datasets.entries()) yield datasetSection(dataset, i + 1, words).text
  yield '</section>\n'
  if (files.length > 0) yield fileSection(files, words).text
  yield leftOutSections(facts, words).text
  yield informationSections(facts, words).text
  yield '</main>\n</body>\n</html>\n'
}

function pageHead({ right, locale, organisation }: PackageFacts, words: PackageWords): Html {
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${words.title[right]} – ${organisation.name}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>`
}

function overview(facts: PackageFacts, words: PackageWords): Html {
  const { organisation, right } = facts
  const made = new Intl.DateTimeFormat(words.intlLocale, { dateStyle: 'long', timeStyle: 'long', timeZone: 'UTC' })
  const officer = organisation.dataProtectionOfficer
  return html`<h1>${words.title[right]}</h1>
<p>${words.intro[right](organisation.name)}</p>
<p class="notice">${words.keepSafe}</p>
<dl>
<dt>${words.organisation}</dt><dd>${organisation.name}</dd>
<dt>${words.contact}</dt><dd>${organisation.contact}</dd>
${officer === undefined ? '' : html`<dt>${words.dataProtectionOfficer}</dt><dd>${officer}</dd>`}
<dt>${words.reference}</dt><dd>${facts.reference}</dd>
<dt>${words.createdAt}</dt><dd><time datetime="${facts.createdAt}">${made.format(Date.parse(facts.createdAt))}</time></dd>
</dl>
<p>${words.formats}</p>
<p>${words.checksums}</p>
`
}

function datasetSection(
  { written, preview }: PageContents['datasets'][number],
  number: number,
  words: PackageWords
): Html {
  const figures = new Intl.NumberFormat(words.intlLocale)
  const records = words.records(figures.format(written.records), written.records === 1)
  const about = html`<section aria-labelledby="data-${number}">
<h3 id="data-${number}">${written.name}</h3>
<dl>
<dt>${words.system}</dt><dd>${written.system}</dd>
<dt>${words.category}</dt><dd>${written.category}</dd>
</dl>
<p>${records}: <a href="${written.csv}">${words.openCsv}</a>, <a href="${written.json}">${words.openJson}</a></p>`
  if (written.records === 0) return html`${about}<p>${words.empty}</p></section>`

  const caption = words.preview(figures.format(preview.rows.length), figures.format(written.records))
  const more = words.moreFields(figures.format(preview.moreColumns))
  return html`${about}
<section class="scroll" aria-labelledby="caption-${number}" tabindex="0">
<table>
<caption id="caption-${number}">${caption}</caption>
<thead><tr>${preview.columns.map(column => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${preview.rows.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>`)}
</tbody>
</table>
</section>
${preview.moreColumns > 0 ? html`<p>${more}</p>` : ''}
</section>
`
}

function fileSection(files: readonly WrittenFile[], words: PackageWords): Html {
  const size = new Intl.NumberFormat(words.intlLocale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 })
  return html`<h2 id="files">${words.files}</h2>
<section class="scroll" aria-labelledby="files" tabindex="0">
<table>
<thead><tr><th scope="col">${words.originalName}</th><th scope="col">${words.system}</th><th scope="col">${words.category}</th><th scope="col">${words.size}</th></tr></thead>
<tbody>
${files.map(
  file =>
    html`<tr><td><a href="${file.entry}">${file.originalName}</a></td><td>${file.system}</td><td>${file.category}</td><td>${size.format(file.bytes / 1000)}</td></tr>`
)}
</tbody>
</table>
</section>
`
}

/** "Not here" has three meanings, and a person has to be able to tell them apart: nothing there, left out, not asked. */
function leftOutSections({ nothingFoundIn, withheld }: PackageFacts, words: PackageWords): Html {
  const searched = html`<section aria-labelledby="nothing"><h2 id="nothing">${words.nothingFound}</h2>
<p>${words.nothingFoundText}</p>
<ul>${nothingFoundIn.map(system => html`<li>${system}</li>`)}</ul>
</section>
`
  const omitted = html`<section aria-labelledby="withheld"><h2 id="withheld">${words.withheld}</h2>
<dl>${withheld.map(({ what, why }) => html`<dt>${what}</dt><dd>${why}</dd>`)}</dl>
</section>
`
  return html`${nothingFoundIn.length > 0 ? searched : ''}${withheld.length > 0 ? omitted : ''}`
}
