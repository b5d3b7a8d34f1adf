// What the benches use of autocannon, which comes without types.

declare module 'autocannon' {
  interface Request {
    method: string
    headers: Readonly<Record<string, string>>
    body: string
  }
  interface Options {
    url: string
    method: string
    headers: Readonly<Record<string, string>>
    connections: number
    duration: number
    setupClient: (client: { setRequests(requests: Request[]): void }) => void
  }
  interface Result {
    '2xx': number
    non2xx: number
    errors: number
    /** Seconds. */
    duration: number
    /** Milliseconds. */
    latency: { p50: number; p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
