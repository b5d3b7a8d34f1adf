import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import t from 'tap'
import { readSettings, SettingsFaults } from '../src/config.ts'
import { ENVIRONMENT } from '../src/environment.ts'

const key = () => randomBytes(32).toString('base64')
const GOOD = {
  DATABASE_URL: 'postgres://owner:pw@db.example:5432/habeas',
  SMTP_URL: 'smtps://mail.example:465',
  MAIL_FROM: 'privacy@example.com',
  PUBLIC_URL: 'https://privacy.example.com/',
  HABEAS_ROOT_KEY: key(),
  HABEAS_SIGNING_KEY: key(),
  JWT_SECRET: key(),
  JWT_ISSUER: 'https://id.example.com/',
  JWT_AUDIENCE: 'habeas'
}

function faultsOf(changes: Record<string, string | undefined>): readonly string[] {
  try {
    readSettings({ ...GOOD, ...changes })
    return []
  } catch (error) {
    if (error instanceof SettingsFaults) return error.faults
    throw error
  }
}

t.test('Good settings', async t => {
  const settings = readSettings({ ...GOOD, PORT: '8080', METRICS_TOKEN: '', TRUST_PROXY: '1' })
  t.match(settings, {
    port: 8080,
    publicUrl: 'https://privacy.example.com',
    trustProxyHops: 1,
    metricsToken: null,
    host: '127.0.0.1',
    logLevel: 'info'
  })
  t.match(settings.database, { ownerUrl: GOOD.DATABASE_URL, logins: null, poolSize: 10 })
  t.match(settings.limits, { uploadBytes: 2 ** 31, requestBytes: 50 * 2 ** 30, uploadIdleMs: 60_000 })
  t.match(settings.limits, { calls: { max: 1_200, windowSeconds: 60 } })
  t.same(settings.retiredSigningKeys, [])
  t.match(settings.staffTokens, {
    keys: { secret: GOOD.JWT_SECRET },
    tenantClaim: 'tenant',
    maxLifetimeSeconds: 86_400
  })
  t.equal(settings.roots.current.bytes.toString('base64'), GOOD.HABEAS_ROOT_KEY)
  t.throws(() => Object.assign(settings.limits.public, { max: 0 }), TypeError, 'cannot be changed afterwards')
})

t.test('An empty environment names everything that is missing, at once', async t => {
  t.throws(() => readSettings({}), { name: 'SettingsFaults' })
  const missing = Object.fromEntries(Object.keys(GOOD).map(name => [name, undefined]))
  t.same(faultsOf(missing), [
    'DATABASE_URL is not set',
    'HABEAS_ROOT_KEY is not set, nor is HABEAS_ROOT_KEY_FILE',
    'HABEAS_SIGNING_KEY is not set',
    'JWT_AUDIENCE is not set',
    'JWT_ISSUER is not set',
    'JWT_SECRET is not set, nor is JWT_JWKS_URL',
    'MAIL_FROM is not set',
    'PUBLIC_URL is not set',
    'SMTP_URL is not set'
  ])
})

t.test('Many faults of many kinds are all named, and no value is repeated', async t => {
  const faults = faultsOf({
    PORT: 'eighty',
    LOG_LEVEL: 'loud',
    POOL_SIZE: '0',
    MAIL_FROM: 'a@b.example, c@d.example',
    SMTP_URL: 'mail.example',
    PUBLIC_URL: 'http://privacy.example.com',
    JWT_SECRET: 'hunter2',
    HABEAS_ROOT_KEY: 'AAAA',
    DATABASE_URL: 'mysql://root:topsecret@db.example'
  })
  t.equal(faults.length, 9)
  t.same(
    faults.map(fault => fault.split(' ')[0]),
    [
      'DATABASE_URL',
      'HABEAS_ROOT_KEY',
      'JWT_SECRET',
      'LOG_LEVEL',
      'MAIL_FROM',
      'POOL_SIZE',
      'PORT',
      'PUBLIC_URL',
      'SMTP_URL'
    ]
  )
  t.notMatch(faults.join('\n'), /hunter2|topsecret|b\.example|eighty/)
})

t.test('A network that is none', async t => {
  for (const value of ['printer', '10.20.0.0', '10.20.0.0/16,printer', '10.20.0.0/33'])
    t.match(faultsOf({ WEBHOOK_ALLOW_NETWORKS: value })[0], /must be networks such as/, value)
})

t.test('A secret that is none', async t => {
  const weak: [string, string, RegExp][] = [
    ['JWT_SECRET', 'short', /too short/],
    ['JWT_SECRET', 'change-me-change-me-change-me-change-me', /placeholder/],
    ['JWT_SECRET', 'super-secret-jwt-token-with-at-least-32-characters-long', /placeholder/],
    ['JWT_SECRET', 'a'.repeat(64), /too regular/],
    ['JWT_SECRET', 'abcabcabcabcabcabcabcabcabcabcabcabc', /too regular/],
    ['JWT_SECRET', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', /too regular/],
    ['JWT_SECRET', `-----BEGIN PUBLIC KEY-----\n${key()}`, /key pair or certificate/],
    ['HABEAS_ROOT_KEY', Buffer.alloc(32).toString('base64'), /too regular/],
    ['HABEAS_ROOT_KEY', Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64'), /too regular/],
    ['HABEAS_ROOT_KEY', randomBytes(31).toString('base64'), /32 bytes/],
    ['HABEAS_ROOT_KEY', `${key()}!`, /32 bytes/],
    ['HABEAS_SIGNING_KEY', randomBytes(64).toString('base64'), /32 bytes/],
    ['HABEAS_RETIRED_ROOT_KEYS', `${key()},nothing`, /32 bytes/],
    ['HABEAS_RETIRED_SIGNING_KEYS', `${key()},nothing`, /32 bytes/],
    ['METRICS_TOKEN', 'metrics', /too short/]
  ]
  for (const [name, value, why] of weak) t.match(faultsOf({ [name]: value })[0], why, `${name}: ${why}`)
  for (let i = 0; i < 200; i += 1) {
    const hex = randomBytes(16).toString('hex')
    t.same(
      faultsOf({ JWT_SECRET: hex, HABEAS_ROOT_KEY: key(), METRICS_TOKEN: hex }).filter(fault =>
        /regular|short/.test(fault)
      ),
      []
    )
  }
})

t.test('Settings that contradict each other', async t => {
  t.match(faultsOf({ JWT_JWKS_URL: 'https://id.example.com/jwks.json' }), [/both set/])
  t.match(faultsOf({ JWT_SECRET: undefined, JWT_JWKS_URL: 'http://id.example.com/jwks.json' }), [/https/])
  t.match(faultsOf({ HABEAS_ROOT_KEY_FILE: '/run/secrets/root' }), [/both set/, /cannot be read/])
  t.match(faultsOf({ APP_DATABASE_URL: 'postgres://app@db.example/habeas' }), [/WORKER_DATABASE_URL is not set/])
})

t.test('Settings for other houses', async t => {
  const file = t.testdir({ 'root.key': `${key()}\n` })
  const logins = {
    APP_DATABASE_URL: 'postgres://app@db.example/habeas',
    WORKER_DATABASE_URL: 'postgres://worker@db.example/habeas'
  }
  const settings = readSettings({
    ...GOOD,
    ...logins,
    DATABASE_URL: '',
    HABEAS_ROOT_KEY: '',
    HABEAS_ROOT_KEY_FILE: `${file}/root.key`,
    HABEAS_RETIRED_ROOT_KEYS: `${key()}, ${key()}`,
    HABEAS_RETIRED_SIGNING_KEYS: `${key()},`,
    UPLOAD_MAX_BYTES: '1048576',
    UPLOAD_IDLE_SECONDS: '5',
    RATE_LIMIT_CALLS: '50',
    RATE_LIMIT_WINDOW_SECONDS: '10',
    JWT_SECRET: '',
    JWT_JWKS_URL: 'https://id.example.com/jwks.json',
    PUBLIC_URL: 'http://localhost:3000',
    WEBHOOK_ALLOW_NETWORKS: '10.20.0.0/16, ::1/128'
  })
  t.same(settings.webhooks.allowNetworks, ['10.20.0.0/16', '::1/128'])
  t.match(settings.database, { ownerUrl: null, logins: { appUrl: logins.APP_DATABASE_URL } })
  t.equal(settings.roots.retired.length, 2)
  t.equal(settings.retiredSigningKeys?.length, 1)
  t.match(settings.limits, { uploadBytes: 1_048_576, uploadIdleMs: 5_000, calls: { max: 50, windowSeconds: 10 } })
  t.match(settings.staffTokens.keys, { jwksUrl: 'https://id.example.com/jwks.json' })
})

t.test('The example file lists every variable, and its defaults are the real ones', async t => {
  const lines = (await readFile('.env.example', 'utf8')).split('\n').filter(line => /^[A-Z]/.test(line))
  const example = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
  )
  t.same(Object.keys(example).sort(), Object.keys(ENVIRONMENT.properties).sort())
  for (const [name, schema] of Object.entries(ENVIRONMENT.properties)) {
    const { default: standard } = schema as { default?: unknown }
    if (standard !== undefined) t.equal(example[name], String(standard), name)
  }
  for (const name of Object.keys(example).filter(name => /KEY|SECRET|TOKEN$/.test(name)))
    t.equal(example[name], '', `${name} is for the operator to make`)
})
