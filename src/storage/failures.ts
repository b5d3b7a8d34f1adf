// What went wrong with the database, told apart by SQLSTATE or the driver's code, never by words.

import { setTimeout } from 'node:timers/promises'
import { DrizzleQueryError } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { causeOf } from './walls.ts'

/** Gone, going, coming, full or read-only: nothing the caller did, and worth a retry later. */
const OUTAGES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '25006', // read-only: a standby that was not promoted yet
  '25P03', // idle in transaction for too long
  '53100', // disk full
  '53200', // out of memory
  '53300', // too many connections
  '53400',
  '55P03', // a lock was not to be had
  '57014', // the statement took too long
  '57P01', // shut down by an administrator
  '57P02', // crashed
  '57P03', // starting up or shutting down
  '57P05',
  '58030' // the disk failed
])
/** Class 08: connection exceptions. */
const CONNECTION_EXCEPTION = /^08/

const CONFLICTS = new Set(['40001', '40P01'])
const ATTEMPTS = 5
/** Milliseconds before the second attempt, at most; doubled before each further one. */
const FIRST_PAUSE_MS = 10

/** Whether the database, and not the call, is the reason. A query that failed without any code lost its connection. */
export function isOutage(error: unknown): boolean {
  const { code } = causeOf(error)
  if (code === undefined) return error instanceof DrizzleQueryError
  return OUTAGES.has(code) || CONNECTION_EXCEPTION.test(code)
}

/** A serialization failure or a deadlock: the same work may well succeed a moment later. */
export function isConflict(error: unknown): boolean {
  return CONFLICTS.has(causeOf(error).code ?? '')
}

/**
 * Does the whole of `attempt` again, at most five times, when the database gave it up for another's sake.
 * @throws {HabeasError} `unavailable` when the fifth time fails too
 */
export async function retryConflicts<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!isConflict(error)) throw error
      if (left === 0) throw new HabeasError('unavailable', 'Too many calls changed the same thing at once.')
      await setTimeout(Math.random() * FIRST_PAUSE_MS * 2 ** (ATTEMPTS - left))
    }
  }
}
