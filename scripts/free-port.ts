import { createServer } from 'node:net'

/** @returns a loopback port that nobody has at the moment: `wanted` when it can be, any other when not or 0 */
export function freePort(wanted: number): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer()
    server.on('error', error => (wanted === 0 ? failed(error) : found(freePort(0))))
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      server.close(() => found(port))
    })
  })
}
