// Facts in, a finished letter out: subject, text and HTML.

import type { Locale } from '../domain/subject-request.ts'
import type { ToPerson } from './addressee.ts'
import { asHtml } from './as-html.ts'
import { asText } from './as-text.ts'
import { type Block, lines, paragraph, small, when } from './blocks.ts'
import { acknowledge, datesMoved, digest, due, dueSoon, overdue } from './bodies/deadline-alerts.ts'
import { cancelledNotice, forwarding, restrictionLiftNotice, withdrawn } from './bodies/ending.ts'
import { downloadCode, packageDownloaded } from './bodies/package.ts'
import {
  acknowledgement,
  clarificationQuestion,
  extension,
  message,
  pauseNotice,
  reopened,
  resumptionNotice,
  verified
} from './bodies/progress.ts'
import { freshLink, verification, verificationExpired, verificationReminder } from './bodies/proof.ts'
import { response } from './bodies/response.ts'
import {
  canGoOn,
  lookAgain,
  mailToSort,
  messageReceived,
  newRequest,
  notRequested,
  packageFailed,
  taskAssigned,
  taskFailed,
  undeliverable,
  webhookDisabled
} from './bodies/staff.ts'
import type { FactsByKind, LetterKind } from './facts.ts'
import { incomplete } from './incomplete.ts'
import { cleanBlock, oneLine } from './plain.ts'
import { type Redress, redressBlocks } from './redress.ts'
import type { ResponseFacts } from './response-facts.ts'
import { type Body, type Tongue, tongueOf } from './tongue.ts'

export interface Rendered {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const BODIES: { readonly [K in LetterKind]: (facts: FactsByKind[K], tongue: Tongue) => Body } = {
  verification,
  verification_reminder: verificationReminder,
  verification_expired: verificationExpired,
  verified,
  acknowledgement,
  fresh_link: freshLink,
  clarification_question: clarificationQuestion,
  message,
  extension,
  pause_notice: pauseNotice,
  resumption_notice: resumptionNotice,
  forwarding,
  withdrawn,
  cancelled_notice: cancelledNotice,
  reopened,
  response,
  restriction_lift_notice: restrictionLiftNotice,
  package_downloaded: packageDownloaded,
  download_code: downloadCode,
  alert_new_request: newRequest,
  alert_due_soon: dueSoon,
  alert_due: due,
  alert_overdue: overdue,
  alert_acknowledge: acknowledge,
  alert_digest: digest,
  alert_dates_moved: datesMoved,
  alert_message_received: messageReceived,
  alert_task_failed: taskFailed,
  alert_not_requested: notRequested,
  alert_undeliverable: undeliverable,
  alert_package_failed: packageFailed,
  alert_can_go_on: canGoOn,
  alert_look_again: lookAgain,
  alert_mail_to_sort: mailToSort,
  alert_webhook_disabled: webhookDisabled,
  task_assigned: taskAssigned
}

/** Stands before the subject of a letter from a sandbox, alike in every language, for people and for the rules of their mailboxes. */
const SANDBOX_MARK = '[Sandbox]'

/** Letters that end with the way to an authority and a court, whatever their template says (GDPR Art. 12(3)-(4), 15(1)(f), 77, 79). */
const WITH_REDRESS: readonly LetterKind[] = ['response', 'extension', 'restriction_lift_notice']

/**
 * The letter of this kind in this language; from a sandbox it begins by saying that nothing in it is real. Nothing that a person
 * typed gets into the subject line, and everything typed stands in the HTML escaped and in its own lines.
 *
 * @throws {HabeasError} `outcome_not_possible` when a letter lacks what the law wants said in it: reasons, authority, where was
 * searched, what was found
 * @throws {Error} when a link is no web address
 */
export function renderLetter<K extends LetterKind>(
  kind: K,
  locale: Locale,
  facts: FactsByKind[K],
  { sandbox = false }: { readonly sandbox?: boolean } = {}
): Rendered {
  const tongue = tongueOf(locale)
  const body = BODIES[kind](facts, tongue)
  const subject = oneLine(sandbox ? `${SANDBOX_MARK} ${body.subject}` : body.subject)
  const blocks = [
    ...(sandbox ? [paragraph(tongue.say('frame.sandbox'))] : []),
    ...opening(facts, tongue),
    ...body.blocks,
    ...redress(kind, facts, tongue),
    ...closing(facts, tongue)
  ].map(cleanBlock)
  return { subject, text: asText(blocks), html: asHtml(locale, subject, blocks) }
}

/** What an answer says between its greeting and the ways to complain, for a page that has both of its own. */
export function answerBlocks(facts: ResponseFacts, locale: Locale): Block[] {
  return response({ ...facts, link: null }, tongueOf(locale)).blocks.map(cleanBlock)
}

function opening(facts: FactsByKind[LetterKind], { say }: Tongue): Block[] {
  const name = isToPerson(facts) && facts.name !== null ? oneLine(facts.name) : ''
  const actsAs = isToPerson(facts) ? facts.actsAs : null
  return [
    paragraph(name === '' ? say('frame.greetingUnknown') : say('frame.greeting', { name })),
    ...when(actsAs, relation => paragraph(say(`frame.actsAs.${relation}`)))
  ]
}

function redress(kind: LetterKind, facts: FactsByKind[LetterKind], tongue: Tongue): Block[] {
  if (!WITH_REDRESS.includes(kind)) return []
  if (!hasRedress(facts)) throw incomplete(`A letter of the kind ${kind} has to name the supervisory authority.`)
  return redressBlocks(facts, tongue)
}

function closing(facts: FactsByKind[LetterKind], { say }: Tongue): Block[] {
  const { tenant, reference } = facts
  const signed = isToPerson(facts) || 'controller' in facts
  if (!signed) return [small(say('staff.footer', { tenant: tenant.name }))]
  return [
    lines({ text: say('frame.closing') }, { text: tenant.name }),
    small(say('frame.reference', { reference })),
    small(say('frame.questions', { contact: tenant.contact })),
    small(say('frame.automatic', { tenant: tenant.name }))
  ]
}

function isToPerson(facts: FactsByKind[LetterKind]): facts is FactsByKind[LetterKind] & ToPerson {
  return 'name' in facts
}

function hasRedress(facts: FactsByKind[LetterKind]): facts is FactsByKind[LetterKind] & Redress {
  return 'authority' in facts && facts.authority !== null && facts.authority !== undefined && 'regime' in facts
}
