// The answer to an access request: the copy, and everything that GDPR Art. 15(1)(a)-(h) and (2) want told with it.

import type { AutomatedDecision } from '../../domain/data-map.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { type Block, heading, paragraph, rows } from '../blocks.ts'
import type { CategoryInformation, RecipientInformation } from '../done-facts.ts'
import { incomplete } from '../incomplete.ts'
import type { AccessInformation, DoneByRight } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'
import { packageBlocks, systemBlocks } from './done-parts.ts'

export function accessDone(done: DoneByRight['access'], regime: RegimeName, tongue: Tongue): Block[] {
  const { say } = tongue
  const isGdpr = regime === 'eu-gdpr' || regime === 'uk-gdpr'
  return [
    paragraph(say('access.confirmation')),
    ...packageBlocks(done.package, tongue),
    ...systemBlocks(done.systems, tongue),
    ...informationBlocks(done.information, tongue),
    heading(say('access.rights')),
    paragraph(say(isGdpr ? 'access.rightsGdpr' : 'access.rightsOther'))
  ]
}

function informationBlocks(information: AccessInformation, tongue: Tongue): Block[] {
  const { say } = tongue
  const { categories, recipients, automatedDecisions } = information
  if (categories.length === 0)
    throw incomplete('An answer to an access request has to describe the data it hands over: complete the data map.')
  return [
    heading(say('access.categories')),
    rows(categories.flatMap(category => categoryRows(category, tongue))),
    heading(say('access.recipients')),
    recipients.length === 0
      ? paragraph(say('access.noRecipients'))
      : rows(recipients.map(recipient => [recipient.name, whereAndHow(recipient, tongue)])),
    heading(say('access.decisions')),
    automatedDecisions.length === 0
      ? paragraph(say('access.noDecisions'))
      : rows(automatedDecisions.flatMap(decision => decisionRows(decision, tongue)))
  ]
}

/** GDPR Art. 15(1)(h): meaningful information, so none of it may be missing. */
function decisionRows(
  { decision, logic, significance, consequences, categories }: AutomatedDecision,
  { say, join }: Tongue
): [string, string][] {
  if (
    [logic, significance, consequences, ...categories].some(words => words.trim() === '') ||
    categories.length === 0
  ) {
    throw incomplete(
      'An automated decision is answered with its data, logic, significance and consequences: complete the data map.'
    )
  }
  return [
    [say('access.decisionLogic', { decision }), logic],
    [say('access.decisionData', { decision }), join(categories)],
    [say('access.decisionSignificance', { decision }), significance],
    [say('access.decisionConsequences', { decision }), consequences]
  ]
}

function categoryRows(
  { name, purposes, legalBasis, retention, source }: CategoryInformation,
  tongue: Tongue
): [string, string][] {
  const { say, join } = tongue
  if (purposes.length === 0 || retention.trim() === '') {
    throw incomplete('A category of data is answered with its purposes and how long it is kept: complete the data map.')
  }
  return [
    [say('access.purposes', { name }), join(purposes)],
    ...(legalBasis === null ? [] : [[say('access.basis', { name }), say(`basis.${legalBasis}`)] as [string, string]]),
    [say('access.retention', { name }), retention],
    [say('access.source', { name }), source ?? say('access.sourceYou')]
  ]
}

function whereAndHow({ location, safeguard }: RecipientInformation, { say }: Tongue): string {
  if (safeguard === null) return location ?? say('access.recipientUnknownPlace')
  return location === null
    ? say('access.recipientSafeguardOnly', { safeguard })
    : say('access.recipientSafeguarded', { location, safeguard })
}
