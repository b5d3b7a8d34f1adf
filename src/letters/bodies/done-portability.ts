// The files a person takes along, or the transfer to another controller (GDPR Art. 20(1)-(2)).

import { type Block, heading, paragraph, rows, when } from '../blocks.ts'
import type { DoneByRight } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'
import { packageBlocks, systemBlocks } from './done-parts.ts'

export function portabilityDone(done: DoneByRight['portability'], tongue: Tongue): Block[] {
  const { say, on } = tongue
  const fileRows = done.files.map(
    ({ name, format, contains }) => [name, say('portability.file', { format, contains })] as const
  )
  return [
    ...packageBlocks(done.package, tongue),
    ...(fileRows.length === 0 ? [] : [heading(say('portability.files')), rows(fileRows)]),
    paragraph(say('portability.schema')),
    ...when(done.transfer, ({ receiver, sentOn, receipt }) => [
      paragraph(say('portability.transfer', { receiver, sentOn: on(sentOn) })),
      ...when(receipt, text => paragraph(say('portability.receipt', { receipt: text })))
    ]),
    ...systemBlocks(done.systems, tongue)
  ]
}
