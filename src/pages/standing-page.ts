// What an old link shows: where the request stands in general words, and the way to a link that works. Never an error.

import { type Html, html } from '../archive/package/escape-html.ts'
import { canMove } from '../domain/lifecycle.ts'
import { MAX_TRIES, type TokenRow } from '../storage/tokens.ts'
import type { CaseBehind } from './case-behind.ts'
import { NOTHING, renderPage } from './layout.ts'
import { stateList } from './parts.ts'
import type { PageWord } from './words.ts'

/** Ends that need a word of their own. */
const ENDINGS = ['expired', 'withdrawn', 'cancelled'] as const

/** @param path  of the link, without a trailing slash */
export function standingPage(behind: CaseBehind, path: string): string {
  const { frame, requests, theirs, token, now } = behind
  const { say, locale } = frame
  const waits = requests.some(row => canMove(row.state, 'verify', 'subject'))
  const canBeSent = theirs.erasedAt === null && theirs.mutedAt === null && (waits || theirs.verifiedAt !== null)
  const endings = ENDINGS.filter(ending => requests.some(row => row.state === ending))
  const body = html`<p>${say(whyOld(token, now, waits))}</p>
<section aria-labelledby="where"><h2 id="where">${say('standing.where')}</h2>
${stateList(requests, locale)}
${endings.map(ending => html`<p>${say(`next.${ending}`)}</p>`)}
${theirs.erasedAt === null ? NOTHING : html`<p>${say('standing.erased')}</p>`}
</section>
${canBeSent ? freshForm(behind, path) : makeAnother(behind)}`
  return renderPage(frame, { title: say('standing.title'), body, reference: theirs.reference })
}

/** After a fresh link was asked for. */
export function freshPage({ frame, theirs }: CaseBehind, result: 'sent' | 'too_many'): string {
  const { say } = frame
  const [title, text] =
    result === 'sent'
      ? (['fresh.title', 'fresh.text'] as const)
      : (['fresh.tooMany.title', 'fresh.tooMany.text'] as const)
  return renderPage(frame, { title: say(title), body: html`<p>${say(text)}</p>`, reference: theirs.reference })
}

/** @param waits  whether something still waits to be confirmed */
function whyOld({ purpose, usedAt, supersededAt, attempts, expiresAt }: TokenRow, now: Date, waits: boolean): PageWord {
  if (usedAt !== null) return 'standing.used'
  if (!waits && purpose === 'verify') return 'standing.over'
  if (supersededAt !== null) return 'standing.superseded'
  if (attempts >= MAX_TRIES) return 'standing.locked'
  return expiresAt <= now ? 'standing.expired' : 'standing.over'
}

function freshForm({ frame: { say } }: CaseBehind, path: string): Html {
  return html`<form method="post" action="${path}/fresh-link">
<p>${say('standing.fresh')}</p>
<p><button type="submit">${say('standing.fresh.button')}</button></p>
</form>`
}

function makeAnother({ frame: { say, slug, locale } }: CaseBehind): Html {
  return html`<p>${say('standing.again')} <a href="/privacy/${slug}?language=${locale}">${say('standing.again.link')}</a></p>`
}
