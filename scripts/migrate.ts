// `node scripts/migrate.ts` migrates DATABASE_URL; `--check` tells whether the tables and the migrations agree.

import { execFile } from 'node:child_process'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { migrate } from '../src/storage/migrate.ts'

export { migrate }

if (import.meta.main) {
  if (process.argv.includes('--check')) await check()
  else await migrateGivenDatabase()
}

async function migrateGivenDatabase(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) {
    console.error('DATABASE_URL is not set: say which database to migrate, as its owner.')
    process.exit(1)
  }
  await migrate(url)
}

/** Lets the generator work on a copy of the migrations: when it finds something to write, one is missing. */
async function check(): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'habeas-drizzle-'))
  try {
    await cp('drizzle', copy, { recursive: true })
    const before = await readdir(copy)
    await promisify(execFile)('drizzle-kit', [
      'generate',
      '--dialect',
      'postgresql',
      '--schema',
      './src/storage/tables/*.ts',
      '--out',
      copy
    ])
    const written = (await readdir(copy)).filter(file => !before.includes(file))
    if (written.length > 0) {
      console.error('The tables changed and no migration says so: run `npm run migrations`.')
      process.exitCode = 1
    }
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
