// The clock of a sandbox: what it shows, and sending it ahead.

import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { advanceTestClock } from '../../actions/tenancy/advance-test-clock.ts'
import type { Clock } from '../../clock.ts'
import { invalid } from '../../domain/errors.ts'
import type { Advance } from '../../domain/test-clock.ts'
import { type Database, inTenant, type Scope, type Who } from '../../storage/database.ts'
import { findTestClock } from '../../storage/test-clocks.ts'
import { NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { ClockAdvance, TestClock } from '../schemas/test-clock.ts'
import { write } from '../writes.ts'

const tags = ['Sandbox']
/** Shorter than a proxy waits, and than a process that is asked to stop. */
const LONGEST_WAIT_SECONDS = 20
const LOOKS_A_SECOND = 20
/** RFC 7240 section 4.3. */
const WAIT = /(?:^|[\s,;])wait=(\d{1,6})(?:$|[\s,;])/i

export const testClockRoutes: FastifyPluginAsyncTypebox<{ db: Database; clock: Clock }> = async (
  app,
  { db, clock }
) => {
  for (const schema of [TestClock, ClockAdvance]) app.addSchema(schema)
  const shown = refer(TestClock)

  app.get(
    '/test-clock',
    {
      schema: {
        operationId: 'getTestClock',
        summary: 'Read the clock of a sandbox',
        description: 'A live tenant has none and is refused.',
        tags,
        querystring: NoQuery,
        response: { 200: shown }
      }
    },
    async request => await inTenant(db, request.who(), render)
  )

  app.post(
    '/test-clock/advance',
    {
      schema: {
        operationId: 'advanceTestClock',
        summary: 'Send the clock of a sandbox ahead',
        description: [
          'Everything that time does to the tenant is played on the way, each thing at its own instant and in order: reminders, expiries,',
          'alerts, closures, and the mails and other work that they promise. The answer is 202; read `GET /v1/test-clock` until its status is',
          `\`ready\`. With \`Prefer: wait=10\` (at most ${LONGEST_WAIT_SECONDS}) the call waits so many seconds for that, and answers 200 if it came.`,
          'A clock never goes back.'
        ].join(' '),
        tags,
        querystring: WriteQuery,
        body: refer(ClockAdvance),
        response: { 200: shown, 202: shown }
      }
    },
    async (request, reply) => {
      const advance = advanceIn(request.body)
      const resource = request.who().tenantId
      const sent = await write(db, request, reply, { status: 202, resource, render }, scope =>
        advanceTestClock(scope, advance)
      )
      const seconds = secondsToWait(request.headers.prefer)
      if (seconds === 0 || request.query.dryRun) return sent
      reply.header('preference-applied', `wait=${seconds}`)
      const { tenantId, actor } = request.who()
      const reached = await waitUntilReady(() => ({ tenantId, actor, now: clock() }), seconds)
      return reply.code(reached.status === 'ready' ? 200 : 202).send(reached)
    }
  )

  async function waitUntilReady(who: () => Who, seconds: number): Promise<TestClock> {
    for (let looks = seconds * LOOKS_A_SECOND; ; looks -= 1) {
      const state = await inTenant(db, who(), render)
      if (state.status === 'ready' || looks === 0) return state
      await pause(1_000 / LOOKS_A_SECOND)
    }
  }
}

async function render(scope: Scope): Promise<TestClock> {
  const { shownAt, runsSince, fromAt, toAt, fired } = await findTestClock(scope)
  return {
    status: runsSince === null ? 'advancing' : 'ready',
    now: (runsSince === null ? shownAt : scope.now).toISOString(),
    advance: fromAt === null || toAt === null ? null : { from: fromAt.toISOString(), to: toAt.toISOString(), fired }
  }
}

function advanceIn({ by, to }: ClockAdvance): Advance {
  if (by !== undefined && to === undefined) return { by }
  if (to !== undefined && by === undefined) return { to: new Date(to) }
  throw invalid('How far is to be said once.', {
    pointer: '',
    rule: 'oneOf',
    fix: 'Send by with a duration such as P3M, or to with an instant, and not both.'
  })
}

function secondsToWait(prefer: string | string[] | undefined): number {
  const asked = WAIT.exec([prefer].flat().join(', '))?.[1] ?? 0
  return Math.min(Number(asked), LONGEST_WAIT_SECONDS)
}
