// Holds the API's port while the demo is being set up, so that two clones that start together do not both count on it.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { freePort } from '../free-port.ts'

export interface Door {
  readonly port: number
  /** Lets the port go. Calling it again does nothing. */
  open(): Promise<void>
}

/**
 * @param wanted  0 for any
 * @param before  the port of last time: where the wanted one is not to be had the links in old letters go on working
 */
export async function reserveDoor(wanted: number, before: number | null): Promise<Door> {
  for (const port of [wanted, before ?? 0]) if (port !== 0 && (await freePort(port)) === port) return await hold(port)
  return await hold(await freePort(0))
}

async function hold(port: number): Promise<Door> {
  const server = createServer((_request, response) => {
    response.writeHead(503, { 'retry-after': '5', connection: 'close' }).end('The demo is being set up.\n')
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    port,
    async open() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
