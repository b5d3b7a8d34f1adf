// `npm start` as a newcomer meets it: one demo in a folder of its own, started, used, stopped and started again.

import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import type { Demo } from '../../scripts/demo/say-ready.ts'
import { resetFolder } from '../../scripts/embedded-postgres.ts'
import { callerOf, linkIn, mailTo, startDemo, submit } from '../support/demo-process.ts'
import { unzip } from '../support/unzip.ts'
import { codeIn } from '../support/visitor.ts'

const folder = await mkdtemp(join(tmpdir(), 'habeas-start-'))
// Root's PostgreSQL runs under another account.
await chmod(folder, 0o755)
t.teardown(async () => {
  await resetFolder(folder)
  await rm(folder, { recursive: true, force: true })
})

t.test('Ctrl-C ends a first start that is still filling its database', async t => {
  const run = startDemo(t, folder, ['--json'])
  await run.says('stderr', 'Filling the demo')
  t.equal(await run.interrupt(), 0)
  t.equal(run.said.stdout, '', 'and nothing was promised on stdout')
})

interface PlannedTask {
  readonly id: string
  readonly system: { readonly slug: string }
}

let first: Demo | undefined
let requestId = ''

t.test('A start is ready with one line of JSON', async t => {
  const run = startDemo(t, folder, ['--json'])
  await run.says('stdout', '\n')
  const demo: Demo = JSON.parse(run.said.stdout)
  first = demo
  t.match(demo, { docsUrl: `${demo.apiUrl}/docs`, mailboxUrl: /^http:\/\/127\.0\.0\.1:\d+$/ })
  t.same(
    demo.tenants.map(({ slug }) => slug),
    ['opifexhq', 'neexo', 'mirrorworks']
  )

  const call = callerOf(demo.apiUrl)

  await t.test('with tokens and keys that work, and requests of every tenant in different states', async t => {
    for (const { slug, portalUrl, staffToken, approverToken, adminToken, apiKey } of demo.tenants) {
      for (const token of [staffToken, approverToken, adminToken, apiKey]) {
        const { data } = await call<{ data: { state: string }[] }>('GET', '/v1/requests?limit=100', token)
        t.ok(new Set(data.map(({ state }) => state)).size >= 4, `${slug} has requests in different states`)
      }
      t.equal((await fetch(portalUrl)).status, 200, `${slug} has a page for people`)
      const audit = await call<{ verified: boolean }>('GET', '/v1/audit/verification', staffToken)
      t.equal(audit.verified, true, `the history of ${slug} is whole`)
    }
    t.equal((await fetch(demo.docsUrl)).status, 200)
  })

  await t.test('and a sandbox, in which a month passes at once', async t => {
    const { apiKey, staffToken } = demo.sandbox
    t.match(apiKey, /^hab_test_/)
    const asked = { rights: ['access'], subject: { name: 'Bo Lund', email: 'bo@example.com' } }
    const { requests } = await call<{ requests: [{ id: string }] }>('POST', '/v1/requests', apiKey, asked)
    await call('POST', '/v1/test-clock/advance', apiKey, { by: 'P1M' }, { prefer: 'wait=20' })
    t.match(await call('GET', '/v1/test-clock', apiKey), { status: 'ready' })
    t.match(await call('GET', `/v1/requests/${requests[0].id}`, staffToken), { state: 'expired' })
    await mailTo(demo, 'bo@example.com', 'This is a trial.')
  })

  await t.test('and one access request goes from intake to a downloaded package', async t => {
    const [{ staffToken, apiKey }] = demo.tenants as [Demo['tenants'][number]]
    const opened = await call<{ requests: [{ id: string }] }>('POST', '/v1/requests', apiKey, {
      rights: ['access'],
      subject: { name: 'Ada Lund', email: 'ada@example.com' }
    })
    requestId = opened.requests[0].id
    const path = `/v1/requests/${requestId}`

    const asking = await mailTo(demo, 'ada@example.com', '/verify/')
    await submit(linkIn(asking, '/verify/'), '/confirmation', { code: codeIn(asking.text) })
    t.match(await call('GET', path, staffToken), { state: 'verified' })

    await call('POST', `${path}/fulfilment`, staffToken)
    const { data: tasks } = await call<{ data: PlannedTask[] }>('GET', `/v1/tasks?requestId=${requestId}`, apiKey)
    for (const task of tasks) {
      await call('POST', `/v1/tasks/${task.id}/claim`, apiKey)
      const holdsData = task.system.slug === 'app-database'
      if (holdsData)
        await call('PUT', `/v1/tasks/${task.id}/records/accounts`, apiKey, [{ id: 'u-7', name: 'Ada Lund' }])
      await call('POST', `/v1/tasks/${task.id}/completion`, apiKey, { result: holdsData ? 'done' : 'nothing_found' })
    }
    const { previewHash } = await call<{ previewHash: string }>('GET', `${path}/response`, staffToken)
    await call('POST', `${path}/response`, staffToken, { previewHash })

    const answer = await mailTo(demo, 'ada@example.com', '/package/')
    t.match(
      answer.text.replace(/\s+/g, ' '),
      'They are never uploaded to us, so we did not search them.',
      'it says that CAD files were not searched'
    )
    const link = linkIn(answer, '/package/')
    await submit(link, '/code')
    const { text } = await mailTo(demo, 'ada@example.com', 'code', answer.id)
    const download = await submit(link, '/download', { code: codeIn(text) })
    const entries = await unzip(Buffer.from(await download.arrayBuffer()))
    const names = [...entries.keys()]
    t.ok(names.includes('index.html'))
    t.match([...entries.values()].map(String).join('\n'), 'Ada Lund')
  })

  t.equal(await run.interrupt(), 0, 'Ctrl-C ends it')
  t.equal(run.said.stdout.split('\n').length, 2, 'and stdout had that one line')
  await t.rejects(fetch(demo.apiUrl), 'nobody listens any more')
  await t.rejects(fetch(demo.mailboxUrl))
})

t.test('A second start finds everything again, and says so in a table', async t => {
  const [tenant] = first?.tenants ?? []
  if (first === undefined || tenant === undefined) throw new Error('The first start was not ready.')
  const occupied = createServer().listen(0, '127.0.0.1')
  await once(occupied, 'listening')
  t.teardown(() => occupied.close())
  const address = occupied.address()
  const port = typeof address === 'object' ? `${address?.port}` : ''

  const run = startDemo(t, folder, [], { PORT: port })
  await run.says('stdout', 'Ctrl-C stops it.')
  t.match(run.said.stdout, `Port ${port} is taken`)
  t.match(run.said.stdout, ' DEMO ')
  for (const text of [first.apiUrl, first.mailboxUrl, tenant.portalUrl, tenant.apiKey]) t.match(run.said.stdout, text)

  const call = callerOf(first.apiUrl)
  t.match(await call('GET', `/v1/requests/${requestId}`, tenant.staffToken), { state: 'responded', outcome: 'granted' })
  const asked = { rights: ['erasure'], subject: { name: 'Bo Lund', email: 'bo@example.com' } }
  await call('POST', '/v1/requests', tenant.apiKey, asked)
  await run.says('stdout', `${tenant.portalUrl}/verify/`)
  t.match(run.said.stdout, /^mail {2}bo@example\.com: .*$/m, 'a mail that comes is told with its link')
  t.equal(await run.interrupt(), 0)
})

t.test('With --reset it begins anew', async t => {
  const secrets = () => readFile(join(folder, 'secrets.json'), 'utf8').then(text => JSON.parse(text))
  const before = await secrets()
  const run = startDemo(t, folder, ['--reset', '--json'])
  await run.says('stderr', 'Filling the demo')
  const after = await secrets()
  t.not(after.rootKey, before.rootKey)
  t.equal(after.apiKeys, null)
  t.equal(await run.interrupt(), 0)
})

t.test('What makes no sense is refused with the usage', async t => {
  const odd = startDemo(t, folder, ['--rest'])
  t.equal(await odd.ended, 2)
  t.match(odd.said.stderr, 'npm start -- --reset')
  const port = startDemo(t, folder, [], { PORT: '70000' })
  t.equal(await port.ended, 2)
  t.match(port.said.stderr, 'PORT is no port: 70000')
  const production = startDemo(t, folder, ['--reset'], { DATABASE_URL: 'postgres://127.0.0.1/nowhere' })
  t.equal(await production.ended, 2)
  t.match(production.said.stderr, 'DATABASE_URL is set')
})
