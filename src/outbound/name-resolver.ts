// Where a name leads. Asked of DNS directly: the machine's own way would block a thread that the whole process shares, and knows
// names that only this machine knows.

import { Resolver } from 'node:dns/promises'

/** @returns every address, IPv4 and IPv6; none when the name is not known. @param signal  gives up */
export type ResolveName = (name: string, signal: AbortSignal) => Promise<readonly string[]>

const TIMEOUT_MS = 3_000
const TRIES = 2

/** @param servers  `host:port`; left out, those of the machine */
export function openNameResolver(servers?: readonly string[]): ResolveName {
  return async (name, signal) => {
    // RFC 6761 section 6.3: it is never asked for, and always this machine.
    if (name === 'localhost' || name.endsWith('.localhost')) return ['127.0.0.1', '::1']
    const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES })
    if (servers !== undefined) resolver.setServers(servers)
    const giveUp = () => resolver.cancel()
    signal.addEventListener('abort', giveUp, { once: true })
    try {
      const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
      return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
    } finally {
      signal.removeEventListener('abort', giveUp)
    }
  }
}
