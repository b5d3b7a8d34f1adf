// Parts that several pages share.

import { type Html, html } from '../archive/package/escape-html.ts'
import type { Right } from '../domain/rights.ts'
import type { Locale } from '../domain/subject-request.ts'
import type { Block, Line } from '../letters/blocks.ts'
import { paragraphsOf } from '../letters/plain.ts'
import { type Redress, redressBlocks } from '../letters/redress.ts'
import { tongueOf } from '../letters/tongue.ts'
import { rightName, stateName } from '../letters/words.ts'
import type { SubjectRequestRow } from '../storage/subject-requests.ts'
import { NOTHING } from './layout.ts'

export function rightList(rights: readonly Right[], locale: Locale): Html {
  return html`<ul>${rights.map(right => html`<li>${rightName(right, locale)}</li>`)}</ul>`
}

/** Rights and states in words: all that may be said to whoever holds an old link. */
export function stateList(requests: readonly SubjectRequestRow[], locale: Locale): Html {
  return html`<dl>${requests.map(({ right, state }) => html`<dt>${rightName(right, locale)}</dt><dd>${stateName(state, locale)}</dd>`)}</dl>`
}

/** What went wrong with what was typed, said to screen readers first. */
export function errorBox(...messages: readonly string[]): Html {
  return messages.length === 0
    ? NOTHING
    : html`<div class="error" role="alert">${messages.map(message => html`<p>${message}</p>`)}</div>`
}

export function doneBox(message: string | null): Html {
  return message === null ? NOTHING : html`<div class="done" role="status"><p>${message}</p></div>`
}

/** A field for a code or a word that has to be typed by a person. */
export function typedField({
  id,
  name,
  label,
  hint,
  isCode
}: {
  id: string
  name: string
  label: string
  hint?: string
  isCode: boolean
}): Html {
  const described = hint === undefined ? NOTHING : html`<p class="hint" id="${id}-hint">${hint}</p>`
  const describedBy = hint === undefined ? NOTHING : html` aria-describedby="${id}-hint"`
  const kind = isCode ? html` class="code"` : NOTHING
  return html`<div class="field"><label for="${id}">${label}</label>${described}
<input type="text" id="${id}" name="${name}"${kind} autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"${describedBy}></div>`
}

export function textField({
  id,
  name,
  label,
  maxLength
}: {
  id: string
  name: string
  label: string
  maxLength: number
}): Html {
  return html`<div class="field"><label for="${id}">${label}</label>
<textarea id="${id}" name="${name}" rows="6" maxlength="${maxLength}" required></textarea></div>`
}

/** A person's or staff's own words, in their own lines. */
export function quoted(text: string): Html {
  return html`<blockquote>${paragraphsOf(text).map(lines => html`<p>${joined(lines)}</p>`)}</blockquote>`
}

/** The authority and the court, in the words of the letters: the heading is the page's. */
export function redressSection(redress: Redress, title: string, locale: Locale): Html {
  const blocks = redressBlocks(redress, tongueOf(locale)).filter(block => block.kind !== 'heading')
  return html`<section aria-labelledby="redress"><h2 id="redress">${title}</h2>
${blocks.map(blockHtml)}
</section>`
}

/** A part of a letter, under a heading of the page. */
export function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h4>${block.text}</h4>`
    case 'quote':
      return quoted(block.text)
    case 'link':
      return html`<p><a href="${block.url}" rel="noreferrer">${block.label}</a></p>`
    case 'list':
      return html`<ul>${block.items.map(item => html`<li>${item}</li>`)}</ul>`
    case 'rows':
      return html`<dl>${block.rows.map(([term, detail]) => html`<dt>${term}</dt><dd>${detail}</dd>`)}</dl>`
    case 'lines':
      return html`<p>${block.lines.map((line, i) => (i === 0 ? lineHtml(line) : html`<br>${lineHtml(line)}`))}</p>`
    default:
      return html`<p>${block.text}</p>`
  }
}

function lineHtml({ text, url }: Line): Html {
  return url === undefined ? html`${text}` : html`<a href="${url}" rel="noreferrer">${text}</a>`
}

function joined(lines: readonly string[]): Html[] {
  return lines.map((line, i) => (i === 0 ? html`${line}` : html`<br>${line}`))
}
