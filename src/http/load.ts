// Turning calls away before the process drowns in them: a quick 503 can be repeated, a timeout cannot be told from a deed.

import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { HabeasError } from '../domain/errors.ts'

/** Starting up blocks the event loop for longer than any call; what was measured then says nothing about the load. */
const SETTLING_SECONDS = 10

/** @param eventLoopDelayMs  milliseconds by which the event loop may lag, on average over a second; 0 turns nobody away */
export async function refuseUnderLoad(app: FastifyInstance, eventLoopDelayMs: number): Promise<void> {
  await app.register(underPressure, {
    maxEventLoopDelay: eventLoopDelayMs,
    pressureHandler: async () => {
      if (process.uptime() < SETTLING_SECONDS) return
      throw new HabeasError('unavailable', 'The service is too busy to take this call.')
    }
  })
}
