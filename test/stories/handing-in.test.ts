// What systems hand in: of any length, whole or not at all, and whatever it is called, it stays data.

import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { expectData } from '../../src/actions/fulfilment/hand-in.ts'
import type { ObjectStore } from '../../src/archive/object-store.ts'
import { unsealing } from '../../src/archive/seal-stream.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { HabeasError } from '../../src/domain/errors.ts'
import { findCase, openCaseVault } from '../../src/storage/cases.ts'
import { collectedOfTask, contextOfCollected } from '../../src/storage/collected.ts'
import { inTenant } from '../../src/storage/database.ts'
import { findSubjectRequest } from '../../src/storage/subject-requests.ts'
import { asOwner } from '../support/cluster.ts'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { type House, type HouseOptions, openHouse, type TenantInHouse } from '../support/house.ts'

const FILE = { 'content-type': 'application/octet-stream' }

t.test('Records come in three forms, and are kept in one', async t => {
  const { house, tenant, taskId } = await begin(t)
  const kept = '{"id":"1","paid":"7,50"}\n{"id":"2","paid":"9"}\n'
  const rows: [string, string, string][] = [
    ['application/x-ndjson', '{"id":"1","paid":"7,50"}\n\n{"id":"2","paid":"9"}', 'a line each'],
    ['application/json; charset=utf-8', ' [{"id":"1","paid":"7,50"}, {"id":"2","paid":"9"}]\n', 'one array'],
    ['text/csv', 'id;paid\r\n1;7,50\r\n2;9\r\n', 'as half of Europe writes CSV']
  ]
  for (const [contentType, body, why] of rows) {
    const put = await tenant.agent.put(`/v1/tasks/${taskId}/records/orders`, body, { 'content-type': contentType })
    t.match(put.json(), { records: 2, bytes: kept.length, contentType }, why)
    t.equal(await contentOf(house, tenant, taskId), kept)
  }
  const exact = '{"id":900719925474099312,"price":0.10}\n'
  await well(tenant.agent.put(`/v1/tasks/${taskId}/records/orders`, exact, { 'content-type': 'application/x-ndjson' }))
  t.match(
    await contentOf(house, tenant, taskId),
    /900719925474099312/,
    'a number too long for JavaScript keeps its digits'
  )
})

t.test('A fault in records ends it, and says where', async t => {
  const { house, tenant, taskId } = await begin(t)
  const rows: [string, string | Buffer, number, string, string][] = [
    ['application/x-ndjson', '{"a":1}\n{"a":\n', 422, '/line/2', 'a line that is no JSON'],
    ['application/x-ndjson', '{"a":1}\n[1,2]\n', 422, '/line/2', 'a line that is no record'],
    [
      'application/x-ndjson',
      '{"a":1}\n\n{"__proto__":{"admin":true}}\n',
      422,
      '/line/3',
      'a key that poisons careless programs'
    ],
    [
      'application/x-ndjson',
      `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
      422,
      '/line/1',
      'nesting that exhausts a stack'
    ],
    ['application/x-ndjson', `{"a":"${'x'.repeat(1_100_000)}"}`, 413, '/line/1', 'a record without end'],
    ['application/json', '[{"a":1},{"a":}]', 422, '/1', 'the second of an array'],
    ['application/json', '[{"a":1}', 422, '', 'an array that breaks off'],
    ['text/csv', 'id,name\n1,Mia\n2\n', 422, '/line/3', 'a row that is too short'],
    ['text/csv', 'id,id\n1,2\n', 422, '/line/1', 'two columns of one name'],
    ['text/csv', 'id,name\n1,"Mia\n', 422, '/line/', 'a quote that is never closed'],
    ['text/csv', `${'column '.repeat(40_000)},b\n${'1,2\n'.repeat(2)}`, 201, '', 'a long header'],
    ['text/csv', Buffer.from('id,name\n1,M\xe9a\n', 'latin1'), 422, '', 'another alphabet'],
    ['image/png', '{"a":1}', 422, '/header/content-type', 'no form of records at all']
  ]
  for (const [contentType, body, status, pointer, why] of rows) {
    const put = await tenant.agent.put(`/v1/tasks/${taskId}/records/orders`, body, { 'content-type': contentType })
    t.equal(put.statusCode, status, why)
    if (status === 201) continue
    t.ok(put.json().errors[0].pointer.startsWith(pointer), `${why}: ${put.json().errors[0].pointer}`)
    t.notMatch(put.body, /Mia|xxxx/, 'and quotes nothing of it')
  }
  t.equal((await rowsOf(house)).length, 1, 'nothing is kept but the one that was well')
})

t.test('A name is data, whatever it is', async t => {
  const { house, tenant, taskId } = await begin(t)
  const names = [
    '../../../etc/passwd',
    '/absolute',
    'C:\\Windows\\win.ini',
    'nul\0byte.txt',
    'line\r\nbreak',
    'gpj.\u202eexe',
    "'; drop table collected; --",
    '<img src=x onerror=alert(1)>',
    '=cmd|calc',
    '{{7*7}} <%= 7*7 %>',
    'Ærø 2024 – ποίημα 🐚.pdf',
    'e\u0301t\u00e9',
    ' ',
    'x'.repeat(255)
  ]
  for (const kind of ['files', 'records']) {
    for (const name of names) {
      const headers = kind === 'files' ? FILE : { 'content-type': 'application/x-ndjson' }
      const put = await tenant.agent.put(`/v1/tasks/${taskId}/${kind}/${encode(name)}`, '{"a":1}', headers)
      t.equal(put.statusCode, 201, `${JSON.stringify(name).slice(0, 40)} is taken`)
      t.equal(put.json().name, name, 'and handed back as it came')
    }
  }
  const { data } = await well<{ data: { name: string }[] }>(tenant.agent.get(`/v1/tasks/${taskId}/handed-in`))
  t.same(new Set(data.map(item => item.name)), new Set(names))
  const rows = await rowsOf(house)
  t.ok(
    rows.every(row => /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(row.objectKey)),
    'where it lies says nothing of it'
  )
  t.notMatch(JSON.stringify(rows), /passwd|poem|ποίημα/, 'and neither does its row')

  const again = await tenant.agent.put(`/v1/tasks/${taskId}/files/${encode('\u00e9te\u0301')}`, 'b', FILE)
  t.equal(again.statusCode, 200, 'two spellings of one name are one name')
  for (const tooLong of ['x'.repeat(256), 'y'.repeat(4096)]) {
    const put = await tenant.agent.put(`/v1/tasks/${taskId}/files/${tooLong}`, 'a', FILE)
    t.ok([404, 422].includes(put.statusCode), `${tooLong.length} characters are refused`)
  }
})

t.test('A second upload replaces the first', async t => {
  const { house, tenant, taskId } = await begin(t)
  await well(tenant.agent.put(`/v1/tasks/${taskId}/files/a`, 'first', FILE))
  const [first] = await rowsOf(house)
  const put = await tenant.agent.put(`/v1/tasks/${taskId}/files/a`, 'second', FILE)
  t.equal(put.statusCode, 200)
  const rows = await rowsOf(house)
  t.equal(rows.length, 1)
  await house.doPromisedWork()
  await t.rejects(
    house.objects.size(first!.objectKey),
    { code: 'not_found' },
    'what it replaced is gone from the store'
  )
  t.ok(await house.objects.size(rows[0]!.objectKey), 'what replaced it is there')
  house.pass({ days: 2 })
  await house.doPromisedWork()
  t.ok(await house.objects.size(rows[0]!.objectKey), 'and stays')
})

t.test('A category is one of the task’s', async t => {
  const { tenant, taskId } = await begin(t)
  const put = (category: string) => tenant.agent.put(`/v1/tasks/${taskId}/files/a?category=${category}`, 'a', FILE)
  t.match((await put('photos')).json(), { status: 422, errors: [{ pointer: '/query/category', rule: 'oneOf' }] })
  t.match((await put('orders')).json(), { category: 'orders' })
})

t.test('Only a task that collects takes data', async t => {
  const { house, tenant } = await begin(t)
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'erasure', { email: 'bo@example.com' }))
  const put = await tenant.agent.put(`/v1/tasks/${id}/files/proof.pdf`, 'a', FILE)
  t.match(put.json(), { status: 409, code: 'outcome_not_possible' })
  t.same(await rowsOf(house), [])
})

t.test('A rehearsal reads and checks everything, and keeps nothing', async t => {
  const { house, tenant, taskId } = await begin(t)
  const put = (body: string) =>
    tenant.agent.put(`/v1/tasks/${taskId}/records/orders?dryRun=true`, body, { 'content-type': 'application/x-ndjson' })
  const good = await put('{"a":1}\n')
  t.match(good.json(), { records: 1 })
  t.equal(good.headers['dry-run'], 'true')
  t.match((await put('{"a":1}\n{')).json(), { errors: [{ pointer: '/line/2' }] })
  t.same(await rowsOf(house), [])
  t.match(await well(tenant.agent.get(`/v1/tasks/${taskId}`)), { state: 'open', version: 1 })
})

t.test('An upload has its bounds', async t => {
  const { house, tenant, taskId } = await begin(t, { limits: { uploadBytes: 1_000 } })
  const rows: [string, Record<string, string>, string | Buffer, number, string][] = [
    ['files/a', FILE, Buffer.alloc(1_000), 201, 'as large as is taken'],
    ['files/b', FILE, Buffer.alloc(1_001), 413, 'one byte larger'],
    [
      'records/c',
      { 'content-type': 'text/csv' },
      `${'long name '.repeat(20)},b\n${'1,2\n'.repeat(10)}`,
      413,
      'short rows that grow long'
    ],
    ['files/d', { ...FILE, 'content-encoding': 'gzip' }, 'x', 415, 'what may be a thousand times its size']
  ]
  for (const [path, headers, body, status, why] of rows) {
    t.equal((await tenant.agent.put(`/v1/tasks/${taskId}/${path}`, body, headers)).statusCode, status, why)
  }
  t.equal((await rowsOf(house)).length, 1)
})

t.test('What is handed in for one request has its bounds together', async t => {
  const { house, tenant, taskId } = await begin(t, { limits: { uploadBytes: 1_000, requestBytes: 2_500 } })
  const put = (name: string, bytes: number, path = taskId) =>
    tenant.agent.put(`/v1/tasks/${path}/files/${name}`, Buffer.alloc(bytes), FILE)
  for (const name of ['a', 'b']) t.equal((await put(name, 1_000)).statusCode, 201, name)
  t.match((await put('c', 501)).json(), { status: 413, code: 'too_large' }, 'one byte more than is left')
  t.equal((await put('c', 500)).statusCode, 201, 'what is left')
  t.match((await put('d', 1)).json(), { status: 413, code: 'too_large', limit: 2_500 }, 'and then nothing more')
  t.equal((await put('a', 1_000)).statusCode, 200, 'but in the place of what is there')
  await tenant.agent.delete(`/v1/tasks/${taskId}/files/b`)
  t.equal((await put('d', 400)).statusCode, 201, 'or of what was taken back')

  const both = await Promise.all([put('e', 400), put('f', 400)])
  t.same(both.map(({ statusCode }) => statusCode).sort(), [201, 413], 'whatever is under way at the same moment')
  t.equal((await rowsOf(house)).length, 4)
  const other = await askAndStart(tenant, 'access', { email: 'noa@example.com' })
  t.equal(
    (await put('a', 1_000, (await onlyTaskOf(tenant.agent, other)).id)).statusCode,
    201,
    'each request for itself'
  )
})

t.test('Over a real line', async t => {
  const { house, tenant, taskId } = await begin(t, { limits: { uploadBytes: 5_000_000 } })
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.app.server.address() as AddressInfo
  const upload = (path: string, headers: object = {}) =>
    httpRequest({
      port,
      host: '127.0.0.1',
      method: 'PUT',
      path: `/v1/tasks/${taskId}/${path}`,
      headers: { ...FILE, authorization: `Bearer ${tenant.agent.token()}`, ...headers }
    })

  await t.test('a client that hangs up in the middle leaves nothing', async t => {
    const { begun, ended } = watchStore(house.objects)
    const client = upload('files/a')
    client.on('error', () => {})
    client.write(Buffer.alloc(100_000))
    const objectKey = await begun
    client.destroy()
    await t.rejects(ended, 'storing it fails')
    t.same(await rowsOf(house), [], 'no row')
    await t.rejects(house.objects.size(objectKey), { code: 'not_found' }, 'and no object')
    t.equal(await house.objects.removeAbandoned(new Date('2100-01-01')), 0, 'nor half of one')
    t.notMatch(house.log.join('\n'), /a call failed/, 'which is no failure of ours')
  })

  await t.test('a name that climbs out of its folder is a name', async t => {
    const client = upload('files/%2E%2E')
    client.end('a')
    const [answer] = await once(client, 'response')
    t.match(JSON.parse(await text(answer)), { name: '..', bytes: 1 })
  })

  await t.test('a body that is refused in the middle is answered, and the line stays good', async t => {
    const client = upload('records/a', { 'content-type': 'application/x-ndjson' })
    client.write('{"a":1}\n{"a":nope}\n')
    client.end(Buffer.alloc(2_000_000, '{"a":1}\n'))
    const [answer] = await once(client, 'response')
    t.equal(answer.statusCode, 422)
    t.match(JSON.parse(await text(answer)), { errors: [{ pointer: '/line/2' }] })
  })

  await t.test('one that says beforehand that it is too large is not read', async t => {
    const client = upload('files/a', { 'content-length': 5_000_001 })
    client.on('error', () => {})
    client.flushHeaders()
    const [answer] = await once(client, 'response')
    t.equal(answer.statusCode, 413)
    client.destroy()
  })

  await t.test('an empty file is a file', async t => {
    const client = upload('files/empty')
    client.end()
    const [answer] = await once(client, 'response')
    t.match(JSON.parse(await text(answer)), { bytes: 0, records: null })
  })
})

t.test('A store that is full takes nothing, and says so', async t => {
  const { house, tenant, taskId } = await begin(t)
  const put = house.objects.put
  house.objects.put = async (_key, source) => {
    await once(source, 'readable')
    source.destroy()
    throw new HabeasError('unavailable', 'The store takes no more data at the moment.')
  }
  const refused = await tenant.agent.put(`/v1/tasks/${taskId}/files/a`, Buffer.alloc(1_000_000), FILE)
  t.match(refused.json(), { status: 503, code: 'unavailable' })
  t.ok(refused.headers['retry-after'])
  t.same(await rowsOf(house), [])
  house.objects.put = put
  t.equal(
    (await tenant.agent.put(`/v1/tasks/${taskId}/files/a`, 'a', FILE)).statusCode,
    201,
    'until there is room again'
  )
})

t.test('What nobody came back for is removed', async t => {
  // The queue goes by the database's clock, so here the house does too.
  const { house, tenant, taskId } = await begin(t, { at: new Date().toISOString() })
  const who = { tenantId: tenant.id, actor: { ...SYSTEM, mover: 'agent' as const, id: 'agent' }, now: house.now() }
  const offered = { kind: 'file', name: 'a', contentType: 'text/plain', category: null } as const
  const { objectKey } = await inTenant(house.db, who, scope => expectData(scope, taskId, offered))
  await house.objects.put(objectKey, Readable.from([Buffer.from('sealed')]))
  await house.doPromisedWork()
  t.equal(await house.objects.size(objectKey), 6, 'a process that is still at it is left alone')
  const job = `upload:${objectKey}`
  await asOwner(house.ownerUrl, async sql => {
    const [late] =
      await sql`select from graphile_worker._private_jobs where key = ${job} and run_at > now() + interval '23 hours'`
    t.ok(late, 'for a day')
    await sql`update graphile_worker._private_jobs set run_at = now() where key = ${job}`
  })
  await house.doPromisedWork()
  await t.rejects(house.objects.size(objectKey), { code: 'not_found' }, 'and one that died leaves nothing')
})

/** A house with one system and one task that collects. */
async function begin(test: Parameters<typeof openHouse>[0], options: HouseOptions = {}) {
  const house = await openHouse(test, options)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const requestId = await askAndStart(tenant, 'access')
  const { id: taskId } = await onlyTaskOf(tenant.agent, requestId)
  return { house, tenant, requestId, taskId }
}

const encode = (name: string) => (/^\.+$/.test(name) ? name.replaceAll('.', '%2E') : encodeURIComponent(name))

/** What the database knows of what was handed in. */
async function rowsOf(house: House): Promise<{ objectKey: string; sealed: Buffer }[]> {
  return await asOwner(house.ownerUrl, async sql => [
    ...(await sql<
      { objectKey: string; sealed: Buffer }[]
    >`select object_key as "objectKey", sealed, name_hash from collected order by id`)
  ])
}

/** The content of the one thing handed in, as the package builder reads it. */
async function contentOf(house: House, tenant: TenantInHouse, taskId: string): Promise<string> {
  const who = { tenantId: tenant.id, actor: SYSTEM, now: house.now() }
  const { row, key } = await inTenant(house.db, who, async scope => {
    const [row] = await collectedOfTask(scope, taskId)
    const { caseId } = await findSubjectRequest(scope, row!.requestId)
    return { row: row!, key: openCaseVault(scope, await findCase(scope, caseId)).objectKey() }
  })
  return await text((await house.objects.get(row.objectKey)).pipe(unsealing(key, contextOfCollected(row))))
}

/** When the next object begins to be stored, under which key, and how that ends. */
function watchStore(store: ObjectStore): { begun: Promise<string>; ended: Promise<unknown> } {
  const put = store.put
  const begun = Promise.withResolvers<string>()
  const ended = new Promise<unknown>((resolve, reject) => {
    store.put = (key, source) => {
      store.put = put
      const storing = put(key, source)
      storing.then(resolve, reject)
      begun.resolve(key)
      return storing
    }
  })
  return { begun: begun.promise, ended }
}
