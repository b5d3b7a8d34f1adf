// What a person sees when something cannot be shown. Nothing of what went wrong is on it.

import type { FastifyReply, FastifyRequest } from 'fastify'
import { HabeasError } from '../domain/errors.ts'
import { LOCALES } from '../domain/subject-request.ts'
import { isConflict, isOutage } from '../storage/failures.ts'
import { renderBarePage } from './layout.ts'
import { LinkKeptElsewhere } from './link-cookie.ts'
import { preferredLocale } from './preferred-locale.ts'
import { show } from './show.ts'
import { sayIn } from './words.ts'

type Failure = 'notFound' | 'elsewhere' | 'forbidden' | 'tooLarge' | 'tooMany' | 'unavailable' | 'broken'

const STATUS: Readonly<Record<Failure, number>> = {
  notFound: 404,
  elsewhere: 404,
  forbidden: 403,
  tooLarge: 413,
  tooMany: 429,
  unavailable: 503,
  broken: 500
}

export function failurePage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const failure = failureOf(error)
  if (failure === 'broken') request.log.error({ err: error }, 'a page failed')
  if (failure === 'unavailable') reply.header('retry-after', 2)
  return showFailure(failure, request, reply)
}

/** There is nothing, or nothing of this tenant's: both look the same. */
export function notFoundPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return showFailure('notFound', request, reply)
}

function showFailure(failure: Failure, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const locale = preferredLocale(undefined, request.headers['accept-language'], {
    locales: LOCALES,
    defaultLocale: 'en'
  })
  const say = sayIn(locale)
  // A download that failed before its first byte is no file to be kept.
  reply.removeHeader('content-disposition')
  return show(reply.code(STATUS[failure]), renderBarePage(locale, say(`${failure}.title`), say(`${failure}.text`)))
}

function failureOf(error: unknown): Failure {
  if (error instanceof LinkKeptElsewhere) return 'elsewhere'
  if (error instanceof HabeasError) return BY_CODE[error.code] ?? 'broken'
  if (isOutage(error) || isConflict(error)) return 'unavailable'
  const { statusCode, code } = error instanceof Error ? (error as { statusCode?: number; code?: string }) : {}
  if (code === 'rate_limited') return 'tooMany'
  return BY_STATUS[statusCode ?? 500] ?? 'broken'
}

const BY_CODE: Readonly<Partial<Record<HabeasError['code'], Failure>>> = {
  not_found: 'notFound',
  link_not_valid: 'notFound',
  personal_data_erased: 'notFound',
  too_large: 'tooLarge',
  unavailable: 'unavailable'
}

const BY_STATUS: Readonly<Record<number, Failure>> = {
  400: 'notFound',
  403: 'forbidden',
  404: 'notFound',
  413: 'tooLarge',
  415: 'forbidden',
  429: 'tooMany',
  503: 'unavailable'
}
