// What the door refuses before the domain hears of it.

import type { Fault } from '../domain/errors.ts'
import type { DoorCode } from './problem-codes.ts'

/** `detail` and `facts` are published as they stand, as those of a `HabeasError` are. */
export class DoorRefusal extends Error {
  override readonly name = 'DoorRefusal'
  readonly code: DoorCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: DoorCode, detail: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.code = code
    this.facts = facts
  }
}

/** @returns the refusal of a call that is not written as HTTP asks, with the places at fault */
export function malformed(detail: string, ...errors: Fault[]): DoorRefusal {
  return new DoorRefusal('malformed', detail, errors.length > 0 ? { errors } : {})
}
