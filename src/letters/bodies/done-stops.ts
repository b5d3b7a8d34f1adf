// Processing that ended because the person said so.

import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { type Block, heading, list, paragraph } from '../blocks.ts'
import type { DoneByRight } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'
import { recipientBlocks, systemBlocks } from './done-parts.ts'

export function objectionDone(done: DoneByRight['objection'], tongue: Tongue): Block[] {
  const { say, on } = tongue
  const stoppedOn = on(done.stoppedOn)
  return [
    paragraph(say(done.directMarketing ? 'objection.marketing' : 'objection.stopped', { stoppedOn })),
    ...purposeBlocks(done.purposes, tongue),
    ...systemBlocks(done.systems, tongue)
  ]
}

export function withdrawConsentDone(done: DoneByRight['withdraw_consent'], tongue: Tongue): Block[] {
  const { say, on } = tongue
  return [
    paragraph(say('withdraw_consent.stopped', { stoppedOn: on(done.stoppedOn) })),
    ...purposeBlocks(done.purposes, tongue),
    ...systemBlocks(done.systems, tongue)
  ]
}

export function optOutDone(done: DoneByRight['opt_out'], regime: RegimeName, tongue: Tongue): Block[] {
  const { say, on } = tongue
  // Cal. Civ. Code 1798.135(c)(4)
  const waits = regime === 'us-ca' ? [paragraph(say('opt_out.twelveMonths'))] : []
  return [
    paragraph(say('opt_out.stopped', { stoppedOn: on(done.stoppedOn) })),
    ...waits,
    ...systemBlocks(done.systems, tongue),
    ...recipientBlocks(done.recipients, tongue)
  ]
}

export function limitUseDone(done: DoneByRight['limit_use'], tongue: Tongue): Block[] {
  const { say, on } = tongue
  return [
    paragraph(say('limit_use.stopped', { stoppedOn: on(done.stoppedOn) })),
    ...systemBlocks(done.systems, tongue),
    ...recipientBlocks(done.recipients, tongue)
  ]
}

function purposeBlocks(purposes: readonly string[], { say }: Tongue): Block[] {
  return purposes.length === 0 ? [] : [heading(say('objection.purposes')), list(purposes)]
}
