import { randomBytes } from 'node:crypto'
import t from 'tap'
import { freshDatabase } from './support/database.ts'
import { runProgram, startServiceProcess } from './support/service-process.ts'
import { openSmtpSink } from './support/smtp-sink.ts'
import { testLogins } from './support/test-logins.ts'

const key = () => randomBytes(32).toString('base64')
const SECRETS = { HABEAS_ROOT_KEY: key(), HABEAS_SIGNING_KEY: key(), JWT_SECRET: key() }

t.test('A start without settings', async t => {
  const { status, stderr: words } = await runProgram(['src/main.ts'], {})
  t.equal(status, 1, 'fails')
  t.match(words, /^The settings have 9 faults:\n {2}DATABASE_URL is not set\n/, 'naming each of them')
  t.notMatch(words, /at .*src\//, 'without a stack')
})

t.test('A service in production', async t => {
  const { ownerUrl } = await freshDatabase(t)
  const { appUrl, workerUrl } = await testLogins(ownerUrl)
  const { url: smtp } = await openSmtpSink(t)
  const service = await startServiceProcess(t, {
    ...SECRETS,
    DATABASE_URL: ownerUrl,
    APP_DATABASE_URL: appUrl,
    WORKER_DATABASE_URL: workerUrl,
    SMTP_URL: smtp,
    MAIL_FROM: 'privacy@example.com',
    PUBLIC_URL: 'https://privacy.example.com',
    JWT_ISSUER: 'https://id.example.com/',
    JWT_AUDIENCE: 'habeas',
    DATA_FOLDER: t.testdir({}),
    PORT: '0',
    SHUTDOWN_LINGER_SECONDS: '1'
  })
  const { url } = service

  t.equal((await fetch(`${url}/health/ready`)).status, 200, 'says where it listens once it is ready')
  t.equal((await service.ask('/v1/policy')).status, 401)
  const figures = await (await fetch(`${url}/metrics`)).text()
  t.match(figures, /^habeas_jobs\{state="waiting"\} 0$/m, 'knows its queue')
  t.match(figures, /^process_cpu_seconds_total/m, 'and itself')

  const draining = service.heard('stopping')
  const stopped = service.stop()
  await draining
  const ready = await fetch(`${url}/health/ready`)
  t.match([ready.status, await ready.json()], [503, { reason: 'draining' }], 'asked to stop it wants no more calls')
  t.equal((await fetch(`${url}/health/live`)).status, 200, 'but answers those that come')
  const { ended, complaints } = await stopped
  t.same(ended, [0, null], 'and ends by itself')
  t.equal(complaints, '', 'having complained of nothing')
  t.ok(
    service.lines.every(line => typeof line.level === 'string' && typeof line.time === 'string'),
    'every line of its log is an object'
  )
})
