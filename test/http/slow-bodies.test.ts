// Bodies that take their time: an upload may, as long as it goes on; nothing else may hold a line.

import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import t from 'tap'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

const BODY_MS = 400
/** Longer than any body may take, so that who outlasts that is not given up for this. */
const IDLE_MS = 60_000

t.test('A body on a slow line', async t => {
  const house = await openHouse(t, { limits: { bodyMs: BODY_MS, uploadIdleMs: IDLE_MS } })
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.app.server.address() as AddressInfo

  const call = (method: string, path: string, type: string, bytes: number, token = tenant.agent.token()): Line =>
    openLine(
      port,
      `${method} ${path} HTTP/1.1\r\nhost: house.localhost\r\nauthorization: Bearer ${token}\r\ncontent-type: ${type}\r\ncontent-length: ${bytes}\r\n\r\n`
    )
  const ndjson = 'application/x-ndjson'

  await t.test('is given up when it is not there in time', async t => {
    const line = call('POST', '/v1/requests', 'application/json', 100)
    line.send('{"rights":')
    t.match(await line.ended(), /^HTTP\/1\.1 408 Request Timeout\r\n[\s\S]*"code":"malformed"/)
  })

  await t.test('also after it was answered', async t => {
    const line = call('POST', '/v1/requests', 'application/json', 100, 'nobody')
    line.send('{')
    t.match(await line.ended(), /^HTTP\/1\.1 401 /, 'and the line is closed')
  })

  await t.test('but not when it is an upload that goes on', async t => {
    const records = ['{"order":1}\n', '{"order":2}\n']
    const upload = call('PUT', `/v1/tasks/${id}/records/orders`, ndjson, records.join('').length)
    upload.send(records[0]!)
    // Begun after it, and over: by then the upload has taken longer than any other body may.
    await call('POST', '/v1/requests', 'application/json', 100).ended()
    upload.send(records[1]!)
    t.match(await upload.answered(), /^HTTP\/1\.1 201 /)
    const { data } = await well<{ data: object[] }>(tenant.agent.get(`/v1/tasks/${id}/handed-in`))
    t.match(data, [{ name: 'orders', records: 2 }])
    upload.close()
  })

  await t.test('nor is it an upload because it says so', async t => {
    const path = `/v1/tasks/${id}/files/big`
    const line = call('PUT', path, 'text/plain', 100, 'nobody')
    line.send('x')
    t.match(await line.ended(), /^HTTP\/1\.1 401 /, 'who may hand in nothing has no more time than others')
  })
})

t.test('An upload that stands still', async t => {
  const house = await openHouse(t, { limits: { uploadIdleMs: 300 } })
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.app.server.address() as AddressInfo
  const line = openLine(
    port,
    `PUT /v1/tasks/${id}/records/orders HTTP/1.1\r\nhost: house.localhost\r\nauthorization: Bearer ${tenant.agent.token()}\r\ncontent-type: application/x-ndjson\r\ntransfer-encoding: chunked\r\n\r\n`
  )
  line.send('c\r\n{"order":1}\n\r\n')
  t.match(await line.ended(), /^HTTP\/1\.1 408 /, 'is given up')
  t.same((await tenant.agent.get(`/v1/tasks/${id}/handed-in`)).json(), { data: [] }, 'and nothing of it is kept')
})

interface Line {
  send(text: string): void
  /** What was answered, once something was. */
  answered(): Promise<string>
  /** All that came until the other side closed. */
  ended(): Promise<string>
  close(): void
}

function openLine(port: number, head: string): Line {
  const socket: Socket = connect(port, '127.0.0.1')
  let came = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    came += text
  })
  socket.on('error', () => {})
  socket.write(head)
  return {
    send: text => void socket.write(text),
    answered: async () => {
      while (!came.includes('\r\n\r\n')) await once(socket, 'data')
      return came
    },
    ended: async () => {
      if (!socket.closed) await once(socket, 'close')
      return came
    },
    close: () => void socket.destroy()
  }
}
