// The log: one JSON object a line, and in it only what is on this list. What is not on it cannot leak through it.

import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino'
import { HabeasError } from './domain/errors.ts'

const ALLOWED = new Set([
  'attempt',
  'component',
  'count',
  'err',
  'failure',
  'job',
  'jobId',
  'kind',
  'method',
  'ms',
  'requestId',
  'route',
  'signal',
  'status',
  'tenantId',
  'url'
])

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'

export function openLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    messageKey: 'message',
    formatters: {
      level: (label: string) => ({ level: label }),
      bindings: onlyAllowed,
      log: onlyAllowed
    },
    serializers: { err: describe }
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => ALLOWED.has(name)))
}

interface Description {
  readonly type: string
  readonly code?: string
  readonly constraint?: string
  readonly message?: string
  readonly at?: string[]
  readonly cause?: Description
}

/**
 * What may be said of an error: its kind, code and place. Not its words, for those of drivers, parsers and mail servers quote
 * the data they stumbled over; ours alone are known not to.
 */
function describe(error: unknown): Description {
  if (!(error instanceof Error)) return { type: nameOf(error) }
  const { code, constraint } = error as { code?: unknown; constraint?: unknown }
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(error instanceof HabeasError ? { message: error.message } : {}),
    at: placesOf(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describe(error.cause) })
  }
}

function nameOf(thrown: unknown): string {
  const isNamed = typeof thrown === 'object' && thrown !== null && 'name' in thrown && typeof thrown.name === 'string'
  return isNamed ? String(thrown.name) : typeof thrown
}

const PLACES_SHOWN = 8

function placesOf(stack: string): string[] {
  const lines = stack.split('\n').filter(line => /^\s+at /.test(line))
  return lines.slice(0, PLACES_SHOWN).map(line => line.trim().replace(/^at /, ''))
}
