// The least that a Fastify program can do: it says hello.

import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { beMeasured } from './program.ts'

export interface HelloReady {
  readonly url: string
}

const app = Fastify()
app.get('/', async () => ({ hello: 'world' }))
await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: () => '' })

const ready: HelloReady = { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` }
beMeasured(ready, async () => await app.close())
