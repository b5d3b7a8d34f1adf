// The frame of every page. No script, nothing from elsewhere, one stylesheet of our own.

import { type Html, html } from '../archive/package/escape-html.ts'
import type { Policy } from '../domain/policy.ts'
import { LOCALES, type Locale } from '../domain/subject-request.ts'
import { type Say, sayIn } from './words.ts'

/** For whom a page speaks, and in which language. */
export interface Frame {
  readonly slug: string
  readonly organisation: Policy['organisation']
  readonly locale: Locale
  readonly say: Say
}

export interface Sheet {
  readonly title: string
  readonly body: Html
  /** What the person quotes when they write. */
  readonly reference?: string
  /** The same page in other languages, where it has them. */
  readonly languages?: readonly Locale[]
}

/** A page in every language there is, each at its own address. */
export interface ReportSheet extends Pick<Sheet, 'title' | 'body'> {
  readonly addressIn: (locale: Locale) => string
}

export const NOTHING: Html = html``
const STYLESHEET = '/privacy/style.css'

export function frameOf(slug: string, policy: Policy, locale: Locale): Frame {
  return { slug, organisation: policy.organisation, locale, say: sayIn(locale) }
}

/** A whole document. Everything put in is escaped on the way. */
export function renderPage(frame: Frame, { title, body, reference, languages = [] }: Sheet): string {
  const { organisation, slug, say } = frame
  const { email: contact, privacyPolicyUrl: policyUrl } = organisation
  const questions =
    reference === undefined
      ? say('frame.contact', { contact })
      : say('frame.contactWithReference', { contact, reference })
  return document(
    frame.locale,
    title,
    html`<header>
<p>${organisation.name}</p>
${languages.length > 1 ? languageList(frame, languages, other => `/privacy/${slug}?language=${other}`) : NOTHING}
</header>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>
<p>${questions}</p>
<p><a href="/privacy/${slug}?language=${frame.locale}">${say('frame.home')}</a></p>
${policyUrl !== undefined && /^https?:/.test(policyUrl) ? html`<p><a href="${policyUrl}" rel="noreferrer">${say('frame.policy')}</a></p>` : NOTHING}
</footer>`
  )
}

/** Figures, for the tenant's own people: there is nobody to write to, and no right to use. */
export function renderReport(frame: Frame, { title, body, addressIn }: ReportSheet): string {
  return document(
    frame.locale,
    title,
    html`<header>
<p>${frame.organisation.name}</p>
${languageList(frame, LOCALES, addressIn)}
</header>
<main>
<h1>${title}</h1>
${body}
</main>`
  )
}

/** A page that speaks for nobody: nobody knows for whom it should. */
export function renderBarePage(locale: Locale, title: string, text: string): string {
  return document(
    locale,
    title,
    html`<main>
<h1>${title}</h1>
<p>${text}</p>
</main>`
  )
}

function document(locale: Locale, title: string, body: Html): string {
  return html`<!DOCTYPE html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${shortened(title)}</title>
<link rel="stylesheet" href="${STYLESHEET}">
</head>
<body>
${body}
</body>
</html>
`.text
}

function languageList(
  { locale, say }: Frame,
  languages: readonly Locale[],
  addressIn: (locale: Locale) => string
): Html {
  const items = languages.map(other =>
    other === locale
      ? html`<li><span aria-current="true">${sayIn(other)('language.own')}</span></li>`
      : html`<li><a href="${addressIn(other)}" lang="${other}" hreflang="${other}">${sayIn(other)('language.own')}</a></li>`
  )
  return html`<nav aria-label="${say('language.choose')}"><ul>${items}</ul></nav>`
}

/** Characters of a title that a browser's tab or a search result still shows. */
const TITLE_MAX = 70

function shortened(title: string): string {
  return title.length <= TITLE_MAX ? title : `${title.slice(0, TITLE_MAX - 1).trimEnd()}…`
}
