// Puts load on an address and counts what came back.

import autocannon from 'autocannon'

export interface Load {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  /** Sent one after the other, each connection beginning elsewhere; none for a call without a body. */
  readonly bodies: readonly string[]
  readonly connections: number
  readonly seconds: number
}

export interface LoadFigures {
  readonly answered: number
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

process.once('message', async (load: Load) => {
  process.send?.(await run(load))
  process.disconnect()
})

/** @throws when a single answer was not a good one: figures of failures say nothing */
async function run({ url, method, headers, bodies, connections, seconds }: Load): Promise<LoadFigures> {
  let client = 0
  const result = await autocannon({
    url,
    method,
    headers,
    connections,
    duration: seconds,
    setupClient: made => {
      if (bodies.length === 0) return
      const from = Math.floor((client++ * bodies.length) / connections)
      made.setRequests([...bodies.slice(from), ...bodies.slice(0, from)].map(body => ({ method, headers, body })))
    }
  })
  const answered = result['2xx']
  if (answered === 0 || result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url} answered ${answered} well, ${result.non2xx} otherwise and ${result.errors} not at all.`)
  }
  return { answered, perSecond: answered / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}
