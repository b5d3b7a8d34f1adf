// A gate on the way to a server: while it is shut nobody is reached, and whoever was connected is cut off.

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

export interface Gate {
  /** The address given, by way of the gate. */
  readonly url: string
  /** Cuts every line and refuses new ones, as a server does that is gone. */
  shut(): Promise<void>
  open(): Promise<void>
}

/** Opens a gate before the server of `url`; it is taken down in the teardown of `test`. */
export async function openGate(test: { teardown(undo: () => Promise<void>): unknown }, url: string): Promise<Gate> {
  const { hostname, port } = new URL(url)
  const lines = new Set<Socket>()
  const pass = (from: Socket) => {
    const to = connect(Number(port), hostname)
    for (const [near, far] of [
      [from, to],
      [to, from]
    ] as const) {
      lines.add(near)
      near.on('error', () => far.destroy()).on('close', () => lines.delete(near) && far.destroy())
      near.pipe(far)
    }
  }
  const listen = async (at: number): Promise<Server> => {
    const server = createServer(pass)
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
    return server
  }

  let server: Server | null = await listen(0)
  const place = (server.address() as AddressInfo).port
  const shut = async () => {
    const closing = server
    server = null
    if (closing === null) return
    const closed = once(closing, 'close')
    closing.close()
    for (const line of lines) line.destroy()
    await closed
  }
  test.teardown(shut)

  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(place)
  return {
    url: through.href,
    shut,
    open: async () => {
      server ??= await listen(place)
    }
  }
}
