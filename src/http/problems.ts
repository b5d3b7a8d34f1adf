// Every failure leaves as an RFC 9457 problem document. What the caller can mend is said; what broke on our side is logged.

import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { type Fault, HabeasError, invalid } from '../domain/errors.ts'
import { isConflict, isOutage } from '../storage/failures.ts'
import { DoorRefusal, malformed } from './door-refusal.ts'
import { faultsOf } from './faults.ts'
import { PROBLEMS, type ProblemCode, problemType } from './problem-codes.ts'

export interface Problem extends Readonly<Record<string, unknown>> {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ProblemCode
  readonly requestId: string
  readonly errors?: readonly Fault[]
}

/** Seconds after which a call that found the service unavailable is worth repeating. */
const RETRY_AFTER_SECONDS = 2

/** Answers every failure under `app` with a problem document. */
export function answerWithProblems(app: FastifyInstance, publicUrl: string): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, publicUrl))
}

/** The same for failures that never reach a route: an address that cannot be read. */
export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string
): FastifyReply {
  const refusal = refusalOf(error)
  const { status, title } = PROBLEMS[refusal.code]
  if (refusal.code === 'internal') request.log.error({ err: error }, 'a call failed')
  if (status === 503 && !(error instanceof HabeasError))
    request.log.warn({ err: error }, 'a call found the service unavailable')
  if (status === 401 && !reply.hasHeader('www-authenticate')) reply.header('www-authenticate', 'Bearer realm="habeas"')
  if ((status === 503 || status === 429) && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', Number(refusal.facts.retryAfterSeconds ?? RETRY_AFTER_SECONDS))
  }

  const problem: Problem = {
    type: problemType(publicUrl, refusal.code),
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    requestId: request.id
  }
  // The facts stand after what every problem has, and none of them can take its place.
  const answer = { ...problem, ...refusal.facts, ...problem }
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(answer)
}

function refusalOf(error: unknown): HabeasError | DoorRefusal {
  if (error instanceof HabeasError || error instanceof DoorRefusal) return error
  if (isOutage(error) || isConflict(error)) {
    return new HabeasError('unavailable', 'The database cannot take this call at the moment.')
  }
  const { code, statusCode, validation, validationContext } = asFastifyError(error)
  if (validation !== undefined) {
    return invalid(
      'The call is not valid; each entry of errors says how to mend it.',
      ...faultsOf(validation, validationContext ?? 'body')
    )
  }
  if (code !== undefined && code in FASTIFY_REFUSALS) return FASTIFY_REFUSALS[code]!()
  return (
    (statusCode !== undefined && BY_STATUS[statusCode]?.()) ||
    new DoorRefusal('internal', 'The service met an error it did not expect.')
  )
}

/** What Fastify refuses by itself, by its code. Its own words may quote the call, so ours are said instead. */
const FASTIFY_REFUSALS: Readonly<Record<string, () => HabeasError | DoorRefusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_EMPTY_JSON_BODY: () => malformed('The body is empty. Send a JSON document, or no Content-Type.'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => malformed('The body does not have the length that Content-Length says.'),
  FST_ERR_CTP_INVALID_JSON_BODY: () => malformed('The body is not a JSON document.'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: wrongMediaType,
  FST_ERR_BAD_URL: () =>
    malformed('The address cannot be read: a percent sign is followed by something else than two hexadecimal digits.'),
  FST_ERR_MAX_PARAM_LENGTH: () => new HabeasError('not_found', 'There is nothing at this address.'),
  FST_ERR_HANDLER_TIMEOUT: () => unavailable()
}

const BY_STATUS: Readonly<Record<number, () => HabeasError | DoorRefusal>> = {
  400: () => malformed('The body is not a JSON document that is taken here.'),
  404: () => new HabeasError('not_found', 'There is nothing at this address.'),
  413: tooLarge,
  414: () => malformed('The address is too long.'),
  415: wrongMediaType,
  503: () => unavailable()
}

function tooLarge(): HabeasError {
  return new HabeasError('too_large', 'The body is larger than is taken here.')
}

function wrongMediaType(): DoorRefusal {
  return new DoorRefusal('unsupported_media_type', 'The Content-Type of the body is not one that is taken here.')
}

function unavailable(): HabeasError {
  return new HabeasError('unavailable', 'The service is too busy to take this call.')
}

interface FastifyFault {
  readonly code?: string
  readonly statusCode?: number
  readonly validation?: FastifySchemaValidationError[]
  readonly validationContext?: string
}

function asFastifyError(error: unknown): FastifyFault {
  return error instanceof Error ? (error as FastifyFault) : {}
}
