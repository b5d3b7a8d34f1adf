// The environment, read once, where a program begins: typed and frozen settings, or every fault named at once. No secret has a
// default, and no variable says which kind of place this is: production runs the code that the tests ran.

import { readFileSync } from 'node:fs'
import { type Complain, isPublicName, readKey, readMailbox, readSecret, readUrl } from './config-values.ts'
import { type Environment, readEnvironment } from './environment.ts'
import type { StaffTokenSettings } from './http/staff-tokens.ts'
import type { LogLevel } from './log.ts'
import { isNetwork } from './outbound/address-guard.ts'
import type { ServiceSettings } from './service.ts'
import { type Key, keyOf } from './storage/sealing.ts'

export interface Settings extends ServiceSettings {
  readonly logLevel: LogLevel
}

/** What is wrong with the environment, one line a fault. The lines name variables and never their values. */
export class SettingsFaults extends Error {
  override readonly name = 'SettingsFaults'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(
      `The settings have ${faults.length} fault${faults.length === 1 ? '' : 's'}:\n${faults.map(fault => `  ${fault}`).join('\n')}`
    )
    this.faults = faults
  }
}

/** Milliseconds by which the event loop may lag before calls are turned away. */
const EVENT_LOOP_DELAY_MS = 1_000
const JWT_SECRET_STRENGTH = { length: 32, bits: 96 }
const METRICS_TOKEN_STRENGTH = { length: 16, bits: 48 }

/** @throws {SettingsFaults} */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const faults: string[] = []
  const env = readEnvironment(environment, faults)
  const settings = compose(env, (name, what) => faults.push(`${name} ${what}`))
  if (faults.length > 0) throw new SettingsFaults([...new Set(faults)].sort())
  return deepFreeze(settings)
}

function compose(env: Partial<Environment>, complain: Complain): Settings {
  const windowSeconds = env.RATE_LIMIT_WINDOW_SECONDS ?? 0
  return {
    database: { ...loginsIn(env, complain), poolSize: env.POOL_SIZE ?? 0 },
    smtpUrl: readUrl('SMTP_URL', env.SMTP_URL, ['smtp:', 'smtps:'], complain),
    mailFrom: readMailbox('MAIL_FROM', env.MAIL_FROM, complain),
    publicUrl: publicUrlIn(env, complain),
    roots: { current: rootKeyIn(env, complain), retired: keysIn('HABEAS_RETIRED_ROOT_KEYS', env, complain).map(keyOf) },
    signingKey: readKey('HABEAS_SIGNING_KEY', env.HABEAS_SIGNING_KEY, complain),
    retiredSigningKeys: keysIn('HABEAS_RETIRED_SIGNING_KEYS', env, complain),
    staffTokens: staffTokensIn(env, complain),
    webhooks: { allowNetworks: networksIn(env, complain) },
    host: env.HOST ?? '',
    port: env.PORT ?? 0,
    dataFolder: env.DATA_FOLDER ?? '',
    trustProxyHops: env.TRUST_PROXY ?? 0,
    metricsToken:
      env.METRICS_TOKEN === undefined
        ? null
        : readSecret('METRICS_TOKEN', env.METRICS_TOKEN, METRICS_TOKEN_STRENGTH, complain),
    limits: {
      public: { max: env.RATE_LIMIT_PUBLIC ?? 0, windowSeconds },
      failedCredentials: { max: env.RATE_LIMIT_FAILED_CREDENTIALS ?? 0, windowSeconds },
      calls: { max: env.RATE_LIMIT_CALLS ?? 0, windowSeconds },
      eventLoopDelayMs: EVENT_LOOP_DELAY_MS,
      uploadBytes: env.UPLOAD_MAX_BYTES ?? 0,
      requestBytes: env.UPLOAD_MAX_BYTES_PER_REQUEST ?? 0,
      uploadIdleMs: (env.UPLOAD_IDLE_SECONDS ?? 0) * 1000
    },
    lingerMs: (env.SHUTDOWN_LINGER_SECONDS ?? 0) * 1000,
    logLevel: env.LOG_LEVEL ?? 'info'
  }
}

function loginsIn(env: Partial<Environment>, complain: Complain): Omit<ServiceSettings['database'], 'poolSize'> {
  const { DATABASE_URL: owner, APP_DATABASE_URL: app, WORKER_DATABASE_URL: worker } = env
  for (const name of ['DATABASE_URL', 'APP_DATABASE_URL', 'WORKER_DATABASE_URL'] as const) {
    readUrl(name, env[name], ['postgres:', 'postgresql:'], complain)
  }
  if (app !== undefined && worker === undefined)
    complain('WORKER_DATABASE_URL', 'is not set, though APP_DATABASE_URL is: set both or neither')
  if (worker !== undefined && app === undefined)
    complain('APP_DATABASE_URL', 'is not set, though WORKER_DATABASE_URL is: set both or neither')
  if (owner === undefined && app === undefined && worker === undefined) complain('DATABASE_URL', 'is not set')
  const logins = app === undefined || worker === undefined ? null : { appUrl: app, workerUrl: worker }
  return { ownerUrl: owner ?? null, logins }
}

function publicUrlIn({ PUBLIC_URL: value }: Partial<Environment>, complain: Complain): string {
  const address = readUrl('PUBLIC_URL', value, ['https:', 'http:'], complain)
  const url = URL.parse(address)
  if (url === null) return address
  if (url.search !== '' || url.hash !== '' || url.username !== '')
    complain('PUBLIC_URL', 'must be a plain address, without user, query or fragment')
  requireEncrypted('PUBLIC_URL', url, complain)
  return address.replace(/\/+$/, '')
}

function rootKeyIn(
  { HABEAS_ROOT_KEY: value, HABEAS_ROOT_KEY_FILE: path }: Partial<Environment>,
  complain: Complain
): Key {
  if (value !== undefined && path !== undefined)
    complain('HABEAS_ROOT_KEY', 'and HABEAS_ROOT_KEY_FILE are both set: set one')
  if (value === undefined && path === undefined) complain('HABEAS_ROOT_KEY', 'is not set, nor is HABEAS_ROOT_KEY_FILE')
  if (path === undefined) return keyOf(readKey('HABEAS_ROOT_KEY', value, complain))
  return keyOf(readKey('HABEAS_ROOT_KEY_FILE', contentOf(path, complain), complain))
}

function contentOf(path: string, complain: Complain): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    complain('HABEAS_ROOT_KEY_FILE', 'names a file that cannot be read')
    return undefined
  }
}

/** A list with commas between. */
function keysIn(
  name: 'HABEAS_RETIRED_ROOT_KEYS' | 'HABEAS_RETIRED_SIGNING_KEYS',
  env: Partial<Environment>,
  complain: Complain
): Buffer[] {
  const keys = env[name]?.split(',').map(key => key.trim()) ?? []
  return keys.filter(key => key !== '').map(key => readKey(name, key, complain))
}

function networksIn({ WEBHOOK_ALLOW_NETWORKS: value }: Partial<Environment>, complain: Complain): string[] {
  const networks = (value?.split(',') ?? []).map(network => network.trim()).filter(network => network !== '')
  if (!networks.every(isNetwork))
    complain('WEBHOOK_ALLOW_NETWORKS', 'must be networks such as 10.20.0.0/16 or fd00::/8, separated by commas')
  return networks
}

function staffTokensIn(env: Partial<Environment>, complain: Complain): StaffTokenSettings {
  return {
    keys: staffKeysIn(env, complain),
    issuer: env.JWT_ISSUER ?? '',
    audience: env.JWT_AUDIENCE ?? '',
    tenantClaim: env.JWT_TENANT_CLAIM ?? '',
    rolesClaim: env.JWT_ROLES_CLAIM ?? '',
    maxLifetimeSeconds: env.JWT_MAX_LIFETIME_SECONDS ?? 0
  }
}

function staffKeysIn(
  { JWT_SECRET: secret, JWT_JWKS_URL: address }: Partial<Environment>,
  complain: Complain
): StaffTokenSettings['keys'] {
  if (secret !== undefined && address !== undefined) {
    complain('JWT_SECRET', 'and JWT_JWKS_URL are both set: set one, or a token of either kind would do')
  }
  if (secret === undefined && address === undefined) complain('JWT_SECRET', 'is not set, nor is JWT_JWKS_URL')
  if (secret?.includes('-----BEGIN'))
    complain('JWT_SECRET', 'is a key pair or certificate: publish it as JWKS and set JWT_JWKS_URL')
  if (address === undefined)
    return { secret: secret === undefined ? '' : readSecret('JWT_SECRET', secret, JWT_SECRET_STRENGTH, complain) }
  const url = URL.parse(readUrl('JWT_JWKS_URL', address, ['https:', 'http:'], complain))
  if (url !== null) requireEncrypted('JWT_JWKS_URL', url, complain)
  if (secret !== undefined) readSecret('JWT_SECRET', secret, JWT_SECRET_STRENGTH, complain)
  return { jwksUrl: address }
}

function requireEncrypted(name: keyof Environment, url: URL, complain: Complain): void {
  if (url.protocol === 'http:' && isPublicName(url.hostname))
    complain(name, 'must begin with https://, unless it is on this machine')
}

/** Buffers cannot be frozen, and hold the keys. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}
