import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { freshDatabase } from '../support/database.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'
import { testLogins } from '../support/test-logins.ts'

const key = () => randomBytes(32).toString('base64')

t.test('A tenant is made by a command', async t => {
  const { ownerUrl } = await freshDatabase(t)
  const { appUrl, workerUrl } = await testLogins(ownerUrl)
  const { PATH = '' } = process.env
  const env = {
    PATH,
    DATABASE_URL: ownerUrl,
    APP_DATABASE_URL: appUrl,
    WORKER_DATABASE_URL: workerUrl,
    HABEAS_ROOT_KEY: key(),
    HABEAS_SIGNING_KEY: key(),
    JWT_SECRET: key(),
    JWT_ISSUER: 'https://id.example.com/',
    JWT_AUDIENCE: 'habeas',
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'privacy@example.com',
    PUBLIC_URL: 'https://privacy.example.com'
  }
  const folder = t.testdir({
    'good.json': JSON.stringify(HOUSE_POLICY),
    'empty.json': '{}',
    'odd.json': JSON.stringify({ ...HOUSE_POLICY, timeZone: 'Mars/Olympus', holidays: 'XX' }),
    'unknown.json': JSON.stringify({ ...HOUSE_POLICY, colour: 'red' })
  })
  const run = async (slug: string, policy: string) => {
    const args = ['--slug', slug, '--name', 'Acme ApS', '--policy', join(folder, policy)]
    const child = spawn(process.execPath, ['scripts/create-tenant.ts', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
    return { status, stdout, stderr }
  }

  const made = await run('acme', 'good.json')
  t.match([made.status, made.stderr], [0, ''])
  t.match(JSON.parse(made.stdout), { slug: 'acme', portalUrl: 'https://privacy.example.com/privacy/acme' })

  const refused = [
    ['acme', 'good.json', 'There is a tenant with this slug.'],
    ['Not A Slug', 'good.json', 'A slug has 3 to 40'],
    ['other', 'empty.json', 'organisation'],
    ['other', 'unknown.json', 'colour'],
    ['other', 'odd.json', '"pointer": "/timeZone"'],
    ['other', 'missing.json', 'no such file']
  ] as const
  for (const [slug, policy, why] of refused) {
    const { status, stdout, stderr } = await run(slug, policy)
    t.match([status, stdout], [1, ''], `${slug} with ${policy} is refused`)
    t.match(stderr, why, 'with the reason')
    t.notMatch(stderr, /^\s+at |insert into/m, 'and neither stack nor statement')
  }
})
