// `node scripts/write-openapi.ts` writes openapi/openapi.json from the routes; `--check` says whether it is up to date.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../src/app.ts'
import { openDiskStore } from '../src/archive/object-store.ts'
import { systemClock } from '../src/clock.ts'
import { openDatabase } from '../src/storage/database.ts'
import { newKey } from '../src/storage/sealing.ts'

const PATH = new URL('../openapi/openapi.json', import.meta.url)

if (import.meta.main) {
  const written = await readFile(PATH, 'utf8').catch(() => '')
  const current = await openApiDocument()
  if (!process.argv.includes('--check')) {
    await mkdir(new URL('.', PATH), { recursive: true })
    await writeFile(PATH, current)
  } else if (written !== current) {
    console.error('The routes changed and openapi/openapi.json does not say so: run `npm run openapi`.')
    process.exitCode = 1
  }
}

/** The document as it is committed. Nothing is connected to: the routes are mounted and asked what they take. */
export async function openApiDocument(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-openapi-'))
  const publicUrl = 'http://localhost'
  const db = openDatabase({
    url: 'postgres://nobody@localhost:1/none',
    roots: { current: newKey(), retired: [] },
    publicUrl,
    poolSize: 1
  })
  const never = { max: 1, windowSeconds: 1 }
  const app = await buildApp({
    db,
    clock: systemClock,
    objects: await openDiskStore(folder),
    publicUrl,
    staffTokens: {
      keys: { secret: 'none' },
      issuer: 'none',
      audience: 'none',
      tenantClaim: 'tenant',
      rolesClaim: 'roles',
      maxLifetimeSeconds: 1
    },
    limits: { public: never, failedCredentials: never, eventLoopDelayMs: 0 },
    trustProxyHops: 0,
    signingKey: Buffer.alloc(32),
    checkWebhookUrl: () => null,
    metrics: { token: null, countJobs: null, countAttempts: null, ofProcess: false },
    isDraining: () => false,
    log: null
  })
  try {
    await app.ready()
    return `${JSON.stringify(app.swagger(), null, 2)}\n`
  } finally {
    await app.close()
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
}
