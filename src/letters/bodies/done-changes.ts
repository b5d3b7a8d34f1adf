// What was corrected, erased or restricted, and who was told of it.

import { type Block, heading, list, paragraph, rows } from '../blocks.ts'
import type { FieldChange } from '../done-facts.ts'
import type { DoneByRight } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'
import { recipientBlocks, systemBlocks } from './done-parts.ts'

export function rectificationDone(done: DoneByRight['rectification'], tongue: Tongue): Block[] {
  const { say } = tongue
  const hidesValues = done.changes.some(change => change.before === null && change.after === null)
  return [
    ...(done.changes.length === 0
      ? []
      : [
          heading(say('rectification.changes')),
          rows(done.changes.map(change => [change.field, changeText(change, tongue)]))
        ]),
    ...(hidesValues ? [paragraph(say('rectification.values'))] : []),
    ...systemBlocks(done.systems, tongue),
    ...recipientBlocks(done.recipients, tongue)
  ]
}

export function erasureDone(done: DoneByRight['erasure'], tongue: Tongue): Block[] {
  const { say } = tongue
  return [
    ...systemBlocks(done.systems, tongue),
    paragraph(say('erasure.suppressed')),
    paragraph(say('erasure.record')),
    ...recipientBlocks(done.recipients, tongue)
  ]
}

export function restrictionDone(done: DoneByRight['restriction'], tongue: Tongue): Block[] {
  const { say, on } = tongue
  return [
    paragraph(say('restriction.started', { startedOn: on(done.startedOn) })),
    paragraph(say(`restriction.ground.${done.ground}`)),
    ...(done.scope.length === 0 ? [] : [heading(say('restriction.scope')), list(done.scope)]),
    paragraph(say('restriction.promise')),
    ...systemBlocks(done.systems, tongue),
    ...recipientBlocks(done.recipients, tongue)
  ]
}

function changeText({ before, after }: FieldChange, { say }: Tongue): string {
  const word = say('did.corrected')
  if (before === null && after === null) return word
  const empty = say('rectification.empty')
  return say('rectification.didWithValues', { did: word, before: before ?? empty, after: after ?? empty })
}
