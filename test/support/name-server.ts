// A DNS server on this machine that says what the test wants said (RFC 1035).

import { createSocket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

interface Test {
  teardown(undo: () => Promise<void>): unknown
}

const A = 1
const AAAA = 28

export interface NameServer {
  /** `host:port`, as `openNameResolver` takes it. */
  readonly address: string
  /** Names that were asked for, once for each kind of address. */
  readonly asked: string[]
}

/** @param addressesOf  IPv4 or IPv6 addresses of a name, anew for each question; null lets the question wait for ever */
export async function openNameServer(
  test: Test,
  addressesOf: (name: string, kind: 'A' | 'AAAA') => readonly string[] | null
): Promise<NameServer> {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { port, address }) => {
    const { name, type, question } = readQuestion(query)
    asked.push(name)
    const found = addressesOf(name, type === A ? 'A' : 'AAAA')
    if (found === null) return
    const data = found.map(bytesOf).filter(bytes => bytes.length === (type === AAAA ? 16 : 4))
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    // An answer, recursion available; "no such name" where there is nothing.
    header.writeUInt16BE(data.length > 0 ? 0x8180 : 0x8183, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(data.length, 6)
    socket.send(Buffer.concat([header, question, ...data.map(bytes => record(type, bytes))]), port, address)
  })
  await new Promise<void>(resolve => {
    socket.bind(0, '127.0.0.1', resolve)
  })
  test.teardown(async () => {
    await new Promise<void>(resolve => {
      socket.close(resolve)
    })
  })
  return { address: `127.0.0.1:${(socket.address() as AddressInfo).port}`, asked }
}

function readQuestion(query: Buffer): { name: string; type: number; question: Buffer } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString())
    at += 1 + length
  }
  return { name: labels.join('.'), type: query.readUInt16BE(at + 1), question: query.subarray(12, at + 5) }
}

/** Of the name in the question, good for no time at all. */
function record(type: number, data: Buffer): Buffer {
  const head = Buffer.from('c00c0000000100000000', 'hex')
  head.writeUInt16BE(type, 2)
  const size = Buffer.alloc(2)
  size.writeUInt16BE(data.length)
  return Buffer.concat([head, size, data])
}

function bytesOf(address: string): Buffer {
  if (!address.includes(':')) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const groups = (text: string) => text.split(':').filter(Boolean)
  const [front, back] = [groups(head), groups(tail ?? '')]
  const middle = Array.from({ length: 8 - front.length - back.length }, () => '0')
  return Buffer.from([...front, ...middle, ...back].map(group => group.padStart(4, '0')).join(''), 'hex')
}
