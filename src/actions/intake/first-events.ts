// With what the history of a new request begins.

import { nextState } from '../../domain/lifecycle.ts'
import type { Right } from '../../domain/rights.ts'
import type { Channel } from '../../domain/subject-request.ts'
import type { Who } from '../../storage/database.ts'
import type { NewCase } from '../../storage/new-cases.ts'

/** What was asked, as far as the history tells of it. */
interface Told {
  readonly channel: Channel
  readonly receivedAt: Date
  readonly isReceiptSaid: boolean
  readonly guessed: boolean
  readonly rights: readonly Right[]
}

interface Begun {
  readonly requestId: string
  /** Of who they are, where it came along. */
  readonly proof: { readonly method: string } | null
  /** What enters the register with that. */
  readonly entries: NewCase['entries']
}

/** Opened; received earlier, where staff said so; verified and entered in the register, where the proof came along. */
export function firstEvents(
  { actor, now }: Who,
  { channel, receivedAt, isReceiptSaid, guessed, rights }: Told,
  { requestId, proof, entries }: Begun
): NewCase['events'] {
  const receipt = receivedAt.toISOString()
  const received = { fromState: 'received', toState: 'received' } as const
  const proven = proof === null ? 'received' : nextState('received', 'verify', actor.mover)

  const opened = { kind: 'opened' as const, ...received, data: { channel, receivedAt: receipt, guessed, rights } }
  const said = {
    kind: 'receipt_corrected' as const,
    ...received,
    data: { receivedAt: receipt, handedInAt: now.toISOString() }
  }
  const verified =
    proof === null
      ? []
      : [{ kind: 'verify' as const, fromState: 'received' as const, toState: proven, data: { method: proof.method } }]
  const entered = entries.map(({ id: entryId, kind, purpose, subjectKeys }) => ({
    kind: 'register_entered' as const,
    fromState: proven,
    toState: proven,
    data: { entryId, kind, purpose, names: subjectKeys.length }
  }))
  const common = { requestId, mover: actor.mover, actorId: actor.id, at: now }
  return [opened, ...(isReceiptSaid ? [said] : []), ...verified, ...entered].map((event, index) => {
    return { ...common, ...event, seq: index + 1 }
  })
}
