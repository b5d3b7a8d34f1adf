// Who is calling. Everything under `/v1` comes with a staff token or an API key, and leaves here as `request.who()`.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import { type ErrorCode, HabeasError } from '../domain/errors.ts'
import { type Database, tenantClock, type Who } from '../storage/database.ts'
import { type Caller, findCallers } from './callers.ts'
import { versionAsked } from './etags.ts'
import { mountStaffTokens, type StaffTokenSettings } from './staff-tokens.ts'

const BEARER = /^Bearer +(\S+) *$/i
const API_KEY_PREFIX = 'hab_'

export interface CredentialParts {
  readonly db: Database
  readonly clock: Clock
  readonly staffTokens: StaffTokenSettings
  /** Told of every failed try; rejects once there were too many from one place. */
  readonly countFailure: (request: FastifyRequest) => Promise<void>
}

/** Lets nobody past who does not say who they are, before the body is read. */
export async function requireCredentials(app: FastifyInstance, parts: CredentialParts): Promise<void> {
  const { db, clock } = parts
  const callers = findCallers(db, clock)
  const readStaffToken = await mountStaffTokens(app, parts.staffTokens, clock)

  const identify = async (request: FastifyRequest): Promise<Caller> => {
    const feedToken = feedTokenOf(request)
    if (feedToken !== undefined) return await callers.feed(feedToken)
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined)
      throw new HabeasError('unauthenticated', 'Send a staff token or an API key as Authorization: Bearer.')
    return token.startsWith(API_KEY_PREFIX)
      ? await callers.apiKey(token)
      : await callers.staff(await readStaffToken(request))
  }

  app.decorateRequest('caller', null)
  app.decorateRequest('clock', null)
  app.decorateRequest('who', function (this: FastifyRequest): Who {
    if (this.caller === null || this.clock === null)
      throw new Error('who() is asked for where nobody had to say who they are.')
    const times = { now: this.clock(), serviceNow: clock() }
    return { ...this.caller, ...times, ifMatch: versionAsked(this.headers['if-match']) }
  })
  app.addHook('onRequest', async (request, reply) => {
    try {
      const caller = await identify(request)
      request.caller = caller
      request.clock = await tenantClock(db, { ...caller, now: clock() }, clock)
    } catch (error) {
      if (!(error instanceof HabeasError) || !FAILED.includes(error.code)) throw error
      if (error.code === 'unauthenticated') challenge(request, reply)
      await parts.countFailure(request)
      throw error
    }
  })
}

/** No credentials that are good, or the link of a calendar that is not. */
const FAILED: readonly ErrorCode[] = ['unauthenticated', 'not_found']

/** The token of a calendar's link, where the operation takes one. It goes before whatever else the call carries. */
function feedTokenOf({ routeOptions, query }: FastifyRequest): string | undefined {
  if (routeOptions.config.access?.feed !== true) return undefined
  const { token } = query as { token?: unknown }
  return token === undefined ? undefined : String(token)
}

/** RFC 6750 section 3: no error is named where no credential was sent. */
function challenge(request: FastifyRequest, reply: FastifyReply): void {
  const error = request.headers.authorization === undefined ? '' : ', error="invalid_token"'
  reply.header('www-authenticate', `Bearer realm="habeas"${error}`)
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the credentials were read, and outside `/v1`. */
    caller: Caller | null
    /** By which time passes for the caller's tenant; null as above. */
    clock: Clock | null
    /** For whom, by whom and when, as the doors of storage want to know it. */
    who(): Who
  }
}
