// The service as it runs in production, the worker left out: one process, with a tenant, a staff member and an API key.

import { createHmac, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'
import { createTenant } from '../../src/actions/tenancy/create-tenant.ts'
import { issueApiKey } from '../../src/actions/tenancy/issue-api-key.ts'
import { buildApp } from '../../src/app.ts'
import { openDiskStore } from '../../src/archive/object-store.ts'
import { systemClock } from '../../src/clock.ts'
import { SCOPES, SYSTEM } from '../../src/domain/actor.ts'
import { POLICY_DEFAULTS, type Policy } from '../../src/domain/policy.ts'
import { openLog } from '../../src/log.ts'
import { inTenant, openDatabase } from '../../src/storage/database.ts'
import { keyOf } from '../../src/storage/sealing.ts'
import { beMeasured, settingsGiven } from './program.ts'

export interface ServiceGiven {
  readonly appUrl: string
  /** Base64, 32 bytes. */
  readonly rootKey: string
  readonly poolSize: number
}

export interface ServiceReady {
  readonly url: string
  readonly tenantId: string
  readonly staffToken: string
  readonly apiKey: string
}

const ISSUER = 'https://id.bench.example/'
const AUDIENCE = 'habeas'
const SLUG = 'bench'
const TOKEN_SECONDS = 3_600
const WIDE = { max: 1_000_000, windowSeconds: 60 }

export const BENCH_POLICY: Policy = {
  ...POLICY_DEFAULTS,
  organisation: {
    name: 'Bench ApS',
    postalAddress: ['Havnegade 1', '7100 Vejle', 'Denmark'],
    email: 'privacy@bench.example'
  },
  alertsTo: 'team@bench.example',
  locales: ['en', 'da'],
  defaultLocale: 'en',
  timeZone: 'Europe/Copenhagen',
  holidays: 'DK',
  authority: 'DK',
  regimes: { default: 'eu-gdpr', byPlace: {} },
  rights: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection']
}

if (import.meta.main) await serve(settingsGiven<ServiceGiven>())

async function serve({ appUrl, rootKey, poolSize }: ServiceGiven): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-bench-'))
  const publicUrl = 'http://bench.localhost'
  const roots = { current: keyOf(Buffer.from(rootKey, 'base64')), retired: [] }
  const db = openDatabase({ url: appUrl, roots, publicUrl, poolSize })
  const secret = randomBytes(32).toString('base64')
  const app = await buildApp({
    db,
    clock: systemClock,
    objects: await openDiskStore(folder),
    publicUrl,
    staffTokens: {
      keys: { secret },
      issuer: ISSUER,
      audience: AUDIENCE,
      tenantClaim: 'tenant',
      rolesClaim: 'roles',
      maxLifetimeSeconds: 86_400
    },
    limits: { public: WIDE, failedCredentials: WIDE, eventLoopDelayMs: 1_000 },
    trustProxyHops: 0,
    signingKey: randomBytes(32),
    checkWebhookUrl: () => null,
    metrics: { token: null, countJobs: null, countAttempts: null, ofProcess: true },
    isDraining: () => false,
    log: openLog('info', createWriteStream(devNull))
  })
  const now = systemClock()
  const { tenantId } = await createTenant(db, { slug: SLUG, name: 'Bench ApS', policy: BENCH_POLICY }, now)
  const asked = { name: 'Bench', scopes: SCOPES, expiresAt: null }
  const { secret: apiKey } = await inTenant(db, { tenantId, actor: SYSTEM, now }, scope =>
    issueApiKey(scope, uuidv7(), asked)
  )
  await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: () => '' })
  const { port } = app.server.address() as AddressInfo

  const ready: ServiceReady = { url: `http://127.0.0.1:${port}`, tenantId, staffToken: staffToken(secret, now), apiKey }
  beMeasured(ready, async () => {
    await app.close()
    await db.close()
    await rm(folder, { recursive: true, force: true })
  })
}

/** HS256, as an issuer would make it. */
function staffToken(secret: string, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1_000)
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: 'anna',
    tenant: SLUG,
    roles: ['agent'],
    iat: issuedAt,
    exp: issuedAt + TOKEN_SECONDS
  }
  const input = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
