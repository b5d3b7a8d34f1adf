// What the domain may refuse, as a closed list. http/problems.ts gives each code its status; the compiler refuses a code left out.

export const ERROR_CODES = [
  'already_extended',
  'already_sent',
  'approval_required',
  'cannot_pause',
  'clock_advancing',
  'conflict',
  'details_missing',
  'extension_not_available',
  'extension_too_late',
  'forbidden',
  'ground_not_available',
  'idempotency_key_reused',
  'identity_not_proven',
  'invalid',
  'lease_lost',
  'limit_reached',
  'link_not_valid',
  'move_not_allowed',
  'not_found',
  'not_paused',
  'not_told',
  'outcome_not_possible',
  'personal_data_erased',
  'preview_stale',
  'recipients_open',
  'right_not_confirmed',
  'right_not_offered',
  'sandbox_only',
  'tasks_open',
  'too_large',
  'unauthenticated',
  'unavailable',
  'version_stale',
  'waits_for_other_request',
  'webhook_disabled',
  'weighing_required'
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

/** One fault in what the caller sent: where it is, which rule it breaks and how to mend it. */
export interface Fault {
  /** JSON pointer into the body, `/query/x`, `/path/x` or `/header/x`. */
  readonly pointer: string
  /** The rule, as a stable word: `required`, `type`, `notInFuture`. */
  readonly rule: string
  /** One sentence that says what to send instead. */
  readonly fix: string
}

/**
 * A refusal that the caller can act on. `detail` is one sentence for a person; `facts` are machine-readable.
 * Both are published as they stand: neither may carry personal data.
 */
export class HabeasError extends Error {
  override readonly name = 'HabeasError'
  readonly code: ErrorCode
  readonly facts: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, detail: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(detail)
    this.code = code
    this.facts = facts
  }
}

/** @returns the refusal of a body, query or path with the faults found in it */
export function invalid(detail: string, ...errors: Fault[]): HabeasError {
  return new HabeasError('invalid', detail, { errors })
}
