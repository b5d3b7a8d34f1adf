// A program that answers the same questions on any machine: the worked cases of the laws, and a sample of any requests. It tells
// the hour of the machine and a digest of its answers.

import { hash } from 'node:crypto'
import fc from 'fast-check'
import { computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { explainStep } from '../../src/domain/deadline/explain.ts'
import { pausesOf, requests, waits } from './any-request.ts'
import { deadlineCases, questionOf } from './deadline-cases.ts'

const SAMPLE = { numRuns: 1_500, seed: 20_260_302 }

const asked = [
  ...deadlineCases().map(questionOf),
  ...fc.sample(fc.tuple(requests, waits), SAMPLE).map(([request, list]) => {
    return { ...request, events: pausesOf(list, request.receivedAt) }
  })
]
const answers = asked.map(question => {
  const { trace, ...dates } = computeDeadlines(question)
  return { ...dates, sentences: trace.map(step => explainStep(step, 'el')) }
})
const hour = new Date(Date.UTC(2026, 0, 1)).getHours()
console.log(JSON.stringify({ hour, count: answers.length, digest: hash('sha256', JSON.stringify(answers)) }))
