// Every way in which a call may be refused: its status, what it means and how it is mended. The only code → status map,
// and the text of the pages that the `type` of a problem leads to. The compiler refuses a code left out.

import type { ErrorCode } from '../domain/errors.ts'

/** What only the door itself refuses: the domain never hears of these calls. */
export const DOOR_CODES = [
  'internal',
  'malformed',
  'method_not_allowed',
  'rate_limited',
  'unsupported_media_type'
] as const
export type DoorCode = (typeof DOOR_CODES)[number]
export type ProblemCode = ErrorCode | DoorCode

interface ProblemKind {
  readonly status: number
  readonly title: string
  readonly means: string
  readonly mend: string
}

export const PROBLEMS: Readonly<Record<ProblemCode, ProblemKind>> = {
  already_extended: {
    status: 409,
    title: 'The deadline was already extended',
    means: 'The law gives one extension for a request, and it has been taken.',
    mend: 'Answer by the due date shown. A partial answer that says what is still to come is better than none.'
  },
  already_sent: {
    status: 409,
    title: 'This was already sent',
    means: 'The letter or answer has left; it cannot be sent a second time.',
    mend: 'Read the request again to see what was sent and when. Reopen it to send another answer.'
  },
  approval_required: {
    status: 409,
    title: 'A second person has to approve',
    means: 'The tenant asks for four eyes here, and whoever prepared the answer cannot be the one who sends it.',
    mend: 'Let another staff member with the role approver or admin make the same call.'
  },
  cannot_pause: {
    status: 409,
    title: 'The clock cannot be paused',
    means: 'The law does not stop the clock in this state or for this reason.',
    mend: 'Look at the clock of the request for what the law offers, or extend the deadline while its first one still stands.'
  },
  clock_advancing: {
    status: 409,
    title: 'The clock is on its way',
    means: 'The clock of the sandbox was sent ahead and has not arrived: what happens meanwhile is still being played.',
    mend: 'Read GET /v1/test-clock until its status is ready, then advance it further.'
  },
  conflict: {
    status: 409,
    title: 'Another change came first',
    means: 'Somebody changed the same thing at the same moment, or it exists already.',
    mend: 'Read it again and repeat the call if it still makes sense.'
  },
  details_missing: {
    status: 409,
    title: 'The request does not say enough yet',
    means: 'The right cannot be fulfilled before one of the details in `anyOf` is known.',
    mend: 'Record what the person says with PUT /v1/requests/{id}/details, or ask them with POST /v1/requests/{id}/clarification. Then repeat the call.'
  },
  extension_not_available: {
    status: 409,
    title: 'The law gives no extension here',
    means: 'The regime of this request knows no extension for this right.',
    mend: 'Answer by the due date shown.'
  },
  extension_too_late: {
    status: 409,
    title: 'The time to extend has passed',
    means: 'An extension has to be taken and told to the person while the first deadline still stands.',
    mend: 'Answer as soon as you can, and say in the answer why it is late.'
  },
  forbidden: {
    status: 403,
    title: 'Not allowed with these credentials',
    means: 'The credentials are good, but their role or scope does not cover this operation.',
    mend: 'Use credentials with one of the roles or the scope named in the problem, or ask an admin of the tenant for them.'
  },
  ground_not_available: {
    status: 422,
    title: 'The law offers no such ground here',
    means: 'The ground is not on the list for this right and regime.',
    mend: 'Choose one of the codes in `allowed`.'
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The Idempotency-Key was used for another call',
    means: 'The same key came before with another path or body. Nothing was done.',
    mend: 'Send the first call unchanged to get its answer again, or choose a new key for the new call.'
  },
  identity_not_proven: {
    status: 409,
    title: 'Identity is not proven',
    means: 'Nothing is collected, changed or sent for a person who has not proven who they are.',
    mend: 'Let the person confirm through their link, or confirm it yourself with a method and a note.'
  },
  invalid: {
    status: 422,
    title: 'Something in the call is not valid',
    means: 'A field, parameter or header is missing, unknown or of the wrong kind. Nothing was done.',
    mend: 'Each entry of `errors` names the place, the rule and the fix.'
  },
  lease_lost: {
    status: 409,
    title: 'The claim on the task was lost',
    means: 'A claim is a lease. It ran out or was released, and somebody else may hold the task now.',
    mend: 'Claim the task again before you complete it.'
  },
  limit_reached: {
    status: 409,
    title: 'There are as many as there may be',
    means: 'A tenant has so many of these and no more.',
    mend: 'Change or remove one that is there. The problem says how many there may be.'
  },
  link_not_valid: {
    status: 404,
    title: 'The link is not valid',
    means: 'The link was never made, has ended, or was replaced by a newer one.',
    mend: 'Use the link in the newest mail, or ask for a new one.'
  },
  move_not_allowed: {
    status: 409,
    title: 'Not possible in this state',
    means: 'The life of a request has no such step from the state it is in, or not for you.',
    mend: 'Choose one of `allowedActions`, or read the request again: somebody may have moved it.'
  },
  not_found: {
    status: 404,
    title: 'There is no such thing',
    means: 'Nothing of yours is at this address. What belongs to another tenant looks the same as what does not exist.',
    mend: 'Check the path and the id.'
  },
  not_paused: {
    status: 409,
    title: 'The clock is running',
    means: 'Only a paused clock can be resumed.',
    mend: 'Read the clock of the request.'
  },
  not_told: {
    status: 409,
    title: 'The person has not been told yet',
    means:
      'A restriction ends only after the person was told of it, and not before the day the letter named (GDPR Art. 18(3)).',
    mend: 'Give notice first; once that letter has been sent and its day has come, lift the entry.'
  },
  outcome_not_possible: {
    status: 409,
    title: 'This outcome is not possible',
    means: 'What the systems reported does not allow this outcome.',
    mend: 'Compare the outcome with the results of the tasks, and correct whichever is wrong.'
  },
  personal_data_erased: {
    status: 410,
    title: 'The personal data was erased',
    means: 'The key of this case was destroyed: nobody can read or add to what was said in it. Its history stays.',
    mend: 'There is nothing to mend. For something new, open a new request.'
  },
  preview_stale: {
    status: 409,
    title: 'The preview is out of date',
    means: 'The answer would no longer read as it did in the preview you approved.',
    mend: 'Read the preview again and send its `previewHash`.'
  },
  recipients_open: {
    status: 409,
    title: 'A recipient of the data is still to be told',
    means:
      'Data that was corrected, erased, restricted or stopped had been passed on, and nobody has said whether the recipients in `recipients` were told.',
    mend: 'Tell each of them, and record it in the decision: the day, or why it is impossible, would take disproportionate effort or does not concern them.'
  },
  right_not_confirmed: {
    status: 409,
    title: 'The right was guessed',
    means: 'The right was read from the words of a mail. Nothing happens before a person confirms or corrects it.',
    mend: 'Confirm or correct the right, then repeat the call.'
  },
  right_not_offered: {
    status: 422,
    title: 'This right is not offered',
    means: 'The tenant or the law of this request does not know the right.',
    mend: 'Choose one of the rights in `offered`.'
  },
  sandbox_only: {
    status: 403,
    title: 'Only for a sandbox',
    means: "This tenant is live. Its time is everybody's, and nothing can move it.",
    mend: 'Use the credentials of a sandbox: its API keys begin with hab_test_. npm run create-tenant -- --sandbox makes one.'
  },
  tasks_open: {
    status: 409,
    title: 'A system has not answered',
    means: 'A task of the request has not ended. "Nothing found" and "not searched" are never the same.',
    mend: 'End every open task with its result, then repeat the call.'
  },
  too_large: {
    status: 413,
    title: 'Too large',
    means: 'The body, or a part of it, is larger than is taken here.',
    mend: 'Send less at once.'
  },
  unauthenticated: {
    status: 401,
    title: 'Credentials are missing or not good',
    means: 'There is no token or API key, or it is malformed, expired, revoked or made by somebody else.',
    mend: 'Send `Authorization: Bearer` with a staff token of your issuer or an API key of your tenant.'
  },
  unavailable: {
    status: 503,
    title: 'Not available at the moment',
    means: 'The database or another part of the service cannot be reached or is too busy. Nothing was half done.',
    mend: 'Repeat the same call after the seconds in `Retry-After`, with the same Idempotency-Key.'
  },
  version_stale: {
    status: 412,
    title: 'It has changed since you read it',
    means: 'The version in `If-Match` is no longer the current one.',
    mend: 'Read it again, look at what changed, and repeat the call with the new `ETag`.'
  },
  waits_for_other_request: {
    status: 409,
    title: 'Another request comes first',
    means: 'An erasure waits while the same person has an open access or portability request: their copy comes first.',
    mend: 'Answer the other request, then repeat the call.'
  },
  webhook_disabled: {
    status: 409,
    title: 'The webhook is switched off',
    means: 'Staff switched it off, its receiver said that it is gone, or it took nothing for five days.',
    mend: 'Mend the receiver, switch the webhook on again with `enabled: true`, and repeat the call.'
  },
  weighing_required: {
    status: 409,
    title: 'The weighing is missing',
    means: 'An objection that is not to direct marketing needs the recorded weighing of GDPR Art. 21(1).',
    mend: 'Record the decision with its `weighing`, then repeat the call.'
  },
  internal: {
    status: 500,
    title: 'Something broke on our side',
    means: 'The service met an error it did not expect. Nothing was half done.',
    mend: 'Repeat the call later. If it fails again, tell the operator the `requestId`.'
  },
  malformed: {
    status: 400,
    title: 'The call could not be read',
    means: 'The body is not JSON, or a header or the address is not written as HTTP asks.',
    mend: 'The `detail` says which part could not be read.'
  },
  method_not_allowed: {
    status: 405,
    title: 'Not with this method',
    means: 'There is something at this path, but not for this method.',
    mend: 'Use one of the methods in the `Allow` header.'
  },
  rate_limited: {
    status: 429,
    title: 'Too many calls',
    means: 'More calls came from here than are taken in this time.',
    mend: 'Wait for the seconds in `Retry-After`.'
  },
  unsupported_media_type: {
    status: 415,
    title: 'Not in this format',
    means: 'The `Content-Type` of the body is not one that is taken here.',
    mend: 'Send JSON as `Content-Type: application/json`, or the type that the operation names.'
  }
}

export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[]

/** The address of a code's page: what a problem's `type` says. */
export function problemType(publicUrl: string, code: ProblemCode): string {
  return `${publicUrl}/problems/${slugOf(code)}`
}

export const slugOf = (code: ProblemCode): string => code.replaceAll('_', '-')
