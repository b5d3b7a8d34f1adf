import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { freshDatabase } from './support/database.ts'
import { openSmtpSink } from './support/smtp-sink.ts'
import { testLogins } from './support/test-logins.ts'

const key = () => randomBytes(32).toString('base64')
const SECRETS = { HABEAS_ROOT_KEY: key(), HABEAS_SIGNING_KEY: key(), JWT_SECRET: key() }

function start(environment: Record<string, string>): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, ['src/main.ts'], { env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
}

t.test('A start without settings', async t => {
  const child = start({})
  const [words, [status]] = await Promise.all([text(child.stderr!), once(child, 'exit')])
  t.equal(status, 1, 'fails')
  t.match(words, /^The settings have 9 faults:\n {2}DATABASE_URL is not set\n/, 'naming each of them')
  t.notMatch(words, /at .*src\//, 'without a stack')
})

t.test('A service in production', async t => {
  const { ownerUrl } = await freshDatabase(t)
  const { appUrl, workerUrl } = await testLogins(ownerUrl)
  const { url: smtp } = await openSmtpSink(t)
  const child = start({
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
  t.teardown(() => void child.kill('SIGKILL'))
  const complaints = text(child.stderr!)
  const lines: Record<string, unknown>[] = []
  const log = createInterface({ input: child.stdout! })
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', status => failed(new Error(`The service ended with ${status}: ${JSON.stringify(lines)}`)))
    log.on('line', line => {
      lines.push(JSON.parse(line))
      if (lines.at(-1)?.message === 'ready') ready(String(lines.at(-1)?.url))
    })
  })

  t.equal((await fetch(`${url}/health/ready`)).status, 200, 'says where it listens once it is ready')
  t.equal((await fetch(`${url}/v1/policy`)).status, 401)
  const figures = await (await fetch(`${url}/metrics`)).text()
  t.match(figures, /^habeas_jobs\{state="waiting"\} 0$/m, 'knows its queue')
  t.match(figures, /^process_cpu_seconds_total/m, 'and itself')

  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await new Promise<void>(draining => {
    log.on('line', line => line.includes('"stopping"') && draining())
  })
  const ready = await fetch(`${url}/health/ready`)
  t.match([ready.status, await ready.json()], [503, { reason: 'draining' }], 'asked to stop it wants no more calls')
  t.equal((await fetch(`${url}/health/live`)).status, 200, 'but answers those that come')
  t.same(await ended, [0, null], 'and ends by itself')
  t.equal(await complaints, '', 'having complained of nothing')
  t.ok(
    lines.every(line => typeof line.level === 'string' && typeof line.time === 'string'),
    'every line of its log is an object'
  )
})
