// The variables of the environment, with their types and defaults. Only config.ts reads their values.

import { envSchema } from 'env-schema'
import { type Static, Type } from 'typebox'

const text = () => Type.Optional(Type.String({ minLength: 1 }))

/** Every variable there is. `.env.example` lists the same, and a test compares the two. */
export const ENVIRONMENT = Type.Object({
  DATABASE_URL: text(),
  APP_DATABASE_URL: text(),
  WORKER_DATABASE_URL: text(),
  POOL_SIZE: Type.Integer({ minimum: 1, maximum: 200, default: 10 }),
  SMTP_URL: Type.String({ minLength: 1 }),
  MAIL_FROM: Type.String({ minLength: 1 }),
  PUBLIC_URL: Type.String({ minLength: 1 }),
  HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000 }),
  WEBHOOK_ALLOW_NETWORKS: text(),
  TRUST_PROXY: Type.Integer({ minimum: 0, maximum: 10, default: 0 }),
  DATA_FOLDER: Type.String({ minLength: 1, default: '.habeas/objects' }),
  HABEAS_ROOT_KEY: text(),
  HABEAS_ROOT_KEY_FILE: text(),
  HABEAS_RETIRED_ROOT_KEYS: text(),
  HABEAS_SIGNING_KEY: Type.String({ minLength: 1 }),
  HABEAS_RETIRED_SIGNING_KEYS: text(),
  JWT_SECRET: text(),
  JWT_JWKS_URL: text(),
  JWT_ISSUER: Type.String({ minLength: 1 }),
  JWT_AUDIENCE: Type.String({ minLength: 1 }),
  JWT_TENANT_CLAIM: Type.String({ minLength: 1, default: 'tenant' }),
  JWT_ROLES_CLAIM: Type.String({ minLength: 1, default: 'roles' }),
  JWT_MAX_LIFETIME_SECONDS: Type.Integer({ minimum: 60, maximum: 2_592_000, default: 86_400 }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], { default: 'info' }),
  METRICS_TOKEN: text(),
  RATE_LIMIT_PUBLIC: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 60 }),
  RATE_LIMIT_FAILED_CREDENTIALS: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 30 }),
  RATE_LIMIT_CALLS: Type.Integer({ minimum: 1, maximum: 100_000_000, default: 1_200 }),
  RATE_LIMIT_WINDOW_SECONDS: Type.Integer({ minimum: 1, maximum: 86_400, default: 60 }),
  UPLOAD_MAX_BYTES: Type.Integer({ minimum: 1_048_576, maximum: 1_099_511_627_776, default: 2_147_483_648 }),
  UPLOAD_MAX_BYTES_PER_REQUEST: Type.Integer({
    minimum: 1_048_576,
    maximum: 1_099_511_627_776,
    default: 53_687_091_200
  }),
  UPLOAD_IDLE_SECONDS: Type.Integer({ minimum: 5, maximum: 3_600, default: 60 }),
  SHUTDOWN_LINGER_SECONDS: Type.Integer({ minimum: 0, maximum: 20, default: 3 })
})

export type Environment = Static<typeof ENVIRONMENT>

/**
 * The variables as they are typed; what is wrong with them is added to `faults`, and the rest is read all the same, so that
 * one start names every fault. An empty variable is one that was not set: that is how container files leave things out.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv, faults: string[]): Partial<Environment> {
  const named = Object.keys(ENVIRONMENT.properties).filter(name => environment[name]?.trim())
  const data = Object.fromEntries(named.map(name => [name, environment[name]!.trim()]))
  try {
    return envSchema<Environment>({ schema: structuredClone(ENVIRONMENT), data, env: false })
  } catch (error) {
    const findings = (error as { errors?: EnvFinding[] }).errors
    if (findings === undefined) throw error
    const wrong = new Set(findings.map(({ instancePath }) => instancePath.slice(1)))
    faults.push(...findings.map(inWords))
    const readable = Object.fromEntries(Object.entries(data).filter(([name]) => !wrong.has(name)))
    const loose = { ...structuredClone(ENVIRONMENT), required: [] }
    return envSchema<Partial<Environment>>({ schema: loose, data: readable, env: false })
  }
}

interface EnvFinding {
  readonly instancePath: string
  readonly keyword: string
  readonly message?: string
  readonly params: { readonly missingProperty?: string; readonly allowedValues?: string[] }
}

function inWords({ instancePath, keyword, message, params }: EnvFinding): string {
  if (keyword === 'required') return `${params.missingProperty} is not set`
  const rule = params.allowedValues === undefined ? message : `must be one of ${params.allowedValues.join(', ')}`
  return `${instancePath.slice(1)} ${rule}`
}
