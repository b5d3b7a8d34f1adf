// In which form an answer is wanted that can be given in several.

import type { FastifyReply } from 'fastify'

export const FORMATS = ['json', 'csv', 'html'] as const
export type Format = (typeof FORMATS)[number]

const BY_MEDIA_TYPE: Readonly<Record<string, Format>> = {
  'application/json': 'json',
  'text/csv': 'csv',
  'text/html': 'html'
}

/**
 * What `format` asks for, else the first of `Accept` that there is, else JSON. Weights are not looked at: whoever accepts
 * several lists first what they like best, in every program there is.
 */
export function formatAsked(format: Format | undefined, accept: string | undefined): Format {
  if (format !== undefined) return format
  const accepted = (accept ?? '').split(',').map(range => range.split(';')[0]!.trim().toLowerCase())
  return accepted.map(range => BY_MEDIA_TYPE[range]).find(known => known !== undefined) ?? 'json'
}

/** A table to be saved under this name, without its ending. */
export function asCsv(reply: FastifyReply, name: string): FastifyReply {
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', `attachment; filename="${name}.csv"`)
}
