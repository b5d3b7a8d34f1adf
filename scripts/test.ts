// `npm test`: what is cheap to check first, then every test against a real PostgreSQL.
//
//   npm test                                  everything
//   npm test -- test/domain/lifecycle.test.ts  these files only, and no checks before them
//   npm test -- --tests-only                   all tests and no checks before them
//   npm test -- --database-only                the tests that a database of another version could end otherwise, and no checks
//   npm test -- --coverage                     everything, and at the end which lines no test reached
//
// Other options go to tap. TEST_DATABASE_URL names a PostgreSQL to use instead of the embedded one: as a role that may
// create databases and roles.

import { glob, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTestCluster } from '../test/support/run-cluster.ts'
import { withFileLock } from './file-lock.mjs'
import { Interrupted, runTool } from './run-tool.ts'
import { type Run, readRun, totalsLine } from './test-totals.ts'

/** Fewer than this means that tests got lost, not that the project became smaller. */
const FEWEST_PASSED = 20_000
const FEWEST_WITH_DATABASE = 4_000
/** Where statements are the subject: the walls, and the stories. A simulation says over and over what two stories say once. */
const OF_THE_DATABASE = /^test\/(?:storage|stories)\/(?!.*simulation)/
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TAP_IN_USE = join(ROOT, 'node_modules/@tapjs/test/test-built/dist/esm/index.js')

const CHECKS: readonly (readonly [name: string, tool: string, ...args: string[]])[] = [
  ['types', 'tsc'],
  ['lint and format', 'biome', 'ci', '.'],
  ['import rule', 'depcruise', 'src'],
  ['nothing unused', 'knip', '--no-progress'],
  ['migrations are up to date', 'node', 'scripts/migrate.ts', '--check'],
  ['openapi.json is up to date', 'node', 'scripts/write-openapi.ts', '--check'],
  ['openapi.json is OpenAPI', 'redocly', 'lint', 'openapi/openapi.json'],
  ['README is up to date', 'node', 'scripts/write-readme.ts', '--check'],
  ['calendars are up to date', 'node', 'scripts/write-calendars.ts', '--check']
]

process.chdir(ROOT)
const given = process.argv.slice(2)
const chosen = given.filter(argument => !argument.startsWith('-'))
const OURS = ['--tests-only', '--database-only', '--coverage']
const options = given.filter(argument => argument.startsWith('-') && !OURS.includes(argument))
const databaseOnly = given.includes('--database-only')
const checksWanted = chosen.length === 0 && !databaseOnly && !given.includes('--tests-only')

try {
  const run = checksWanted && !(await runChecks()) ? checkFailed() : await runTests()
  for (const note of [...run.skipped, ...run.faults]) console.log(note)
  console.log(totalsLine(run))
  process.exitCode = run.failed === 0 ? 0 : 1
} catch (error) {
  if (error instanceof Interrupted) console.log('Interrupted.')
  else console.error(error)
  console.log(totalsLine({ passed: 0, failed: 1 }))
  process.exitCode = error instanceof Interrupted ? 130 : 1
}

/** @returns whether all passed; it stops at the first that does not */
async function runChecks(): Promise<boolean> {
  for (const [name, tool, ...args] of CHECKS) {
    const { exitCode, output, seconds } = await runTool(tool, args, { output: 'kept' })
    console.log(`${exitCode === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`)
    if (exitCode !== 0) {
      console.log(output.trim())
      return false
    }
  }
  return true
}

function checkFailed(): Run {
  return { passed: 0, failed: 1, faults: ['The tests did not run: the check above comes first.'], skipped: [] }
}

async function runTests(): Promise<Run> {
  const files = chosen.length > 0 ? chosen : await findTests()
  await prepareTap()
  if (await needBrowser(files)) await prepareBrowser()
  const started = performance.now()
  const cluster = await openTestCluster()
  const results = await mkdtemp(join(tmpdir(), `habeas-test-${process.pid}-results-`))
  try {
    console.log(`ok     database: ${cluster.name} (${((performance.now() - started) / 1_000).toFixed(1)} s)`)
    const run = await runTap(files, join(results, 'results.tap'), {
      HABEAS_TEST_DATABASE_URL: cluster.url,
      HABEAS_TEST_TEMPLATE: cluster.template,
      // Each file is a process that loads the same thousand modules: half of that is compiling them.
      NODE_COMPILE_CACHE: join(ROOT, '.habeas', 'compile-cache')
    })
    return chosen.length > 0 ? run : noFewerThan(databaseOnly ? FEWEST_WITH_DATABASE : FEWEST_PASSED, run)
  } finally {
    await Promise.all([cluster.close(), rm(results, { recursive: true, force: true })])
  }
}

async function findTests(): Promise<string[]> {
  const all = (await Array.fromAsync(glob('test/**/*.test.ts'))).sort()
  return databaseOnly ? all.filter(file => OF_THE_DATABASE.test(file)) : all
}

/**
 * tap is delivered with its own TypeScript loader; .taprc takes it out, since Node reads TypeScript by itself. tap
 * rebuilds itself for that during its first run, and that very run fails: so it is made to do it before.
 */
async function prepareTap(): Promise<void> {
  await withFileLock(join(ROOT, '.habeas', 'tap-build.lock'), async () => {
    if (!(await readFile(TAP_IN_USE, 'utf8')).includes('@tapjs/typescript')) return
    const { exitCode, output } = await runTool('tap', ['build'], { output: 'kept' })
    if (exitCode !== 0) throw new Error(`tap could not be built:\n${output}`)
  })
}

async function needBrowser(files: readonly string[]): Promise<boolean> {
  const sources = await Promise.all(files.map(file => readFile(file, 'utf8').catch(() => '')))
  return sources.some(source => source.includes('/support/chromium.ts'))
}

/** Where it cannot be installed the tests that need it are skipped, with that as their reason, or fail where `CI` is set. */
async function prepareBrowser(): Promise<void> {
  const { exitCode, output, seconds } = await runTool('sh', ['scripts/debian-packages.sh'], { output: 'kept' })
  if (exitCode === 0) console.log(`ok     browser (${seconds.toFixed(1)} s)`)
  else console.log(`none   browser: ${output.trim()}`)
}

async function runTap(files: readonly string[], results: string, env: Record<string, string>): Promise<Run> {
  // The other reporters draw over what they wrote, which fills a log with escape codes.
  const reporter = process.stdout.isTTY ? 'base' : 'min'
  const coverage = given.includes('--coverage') ? [] : ['--disable-coverage']
  const args = ['run', `--reporter=${reporter}`, `--output-file=${results}`, ...coverage, ...options, ...files]
  const { exitCode } = await runTool('tap', args, { output: 'shown', env })
  const output = await readFile(results, 'utf8').catch(() => '')
  // The reporter has been seen to end without a word of them.
  for (const [, file] of output.matchAll(/^not ok \d+ - (\S+)/gm)) console.log(`${file} failed.`)
  return readRun(output, exitCode, files)
}

function noFewerThan(fewest: number, run: Run): Run {
  if (run.passed >= fewest || run.failed > 0) return run
  return { ...run, failed: 1, faults: [`Only ${run.passed} passed, where at least ${fewest} are known.`] }
}
