// Runs before `npm start` and `npm test`: installs what is missing, and says nothing when nothing is. Plain JavaScript
// for the machine's own Node, because the project's Node is among the things to install.

import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { namesDatabase } from './deployment.mjs'
import { withFileLock } from './file-lock.mjs'
import { readPackagesToInstall } from './installed-packages.mjs'
import { completeLibraries, findPostgresPackage } from './postgres-package.mjs'

const OLDEST_INSTALLER = 20
/** Runs TypeScript as it is. */
const OLDEST_NODE = [22, 18]
const ROOT = fileURLToPath(new URL('..', import.meta.url))

try {
  await install()
} catch (error) {
  say(error.message)
  process.exitCode = 1
}

async function install() {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_INSTALLER) {
    throw new Error(
      `This is Node ${process.versions.node}. Node ${OLDEST_INSTALLER} or newer is needed to install Habeas.`
    )
  }
  if (await isComplete()) return
  await withFileLock(
    join(ROOT, '.habeas', 'install.lock'),
    async () => {
      if ((await missingPackages()).length > 0) await installPackages()
      await installNode()
      const postgres = findPostgresPackage()
      if (postgres !== undefined) await completeLibraries(postgres)
      else if (needsEmbeddedPostgres()) throw noPostgres()
    },
    { onWait: pid => say(`Process ${pid} is installing here; waiting for it.`) }
  )
}

/** Asked at every start, so it only reads: production may run from a folder that it cannot write to. */
async function isComplete() {
  if ((await missingPackages()).length > 0 || !(await nodeRuns())) return false
  const postgres = findPostgresPackage()
  if (postgres === undefined) return !needsEmbeddedPostgres()
  await completeLibraries(postgres)
  return true
}

function missingPackages() {
  return readPackagesToInstall(ROOT, !isProduction())
}

/** With a database of its own the service needs none of the tools, and the image may have been built without them. */
function isProduction() {
  return process.env.npm_lifecycle_event === 'prestart' && namesDatabase(process.env)
}

function needsEmbeddedPostgres() {
  const { npm_lifecycle_event: event, TEST_DATABASE_URL } = process.env
  return event === 'pretest' ? !TEST_DATABASE_URL : !namesDatabase(process.env)
}

async function installPackages() {
  say('Installing what package-lock.json names: once, about a minute.')
  const started = performance.now()
  // NODE_ENV=production would leave the tools out, and the project's Node with them.
  await npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error')
  say(`Installed in ${Math.round((performance.now() - started) / 1_000)} s.`)
}

/** npm may have been told to run no install scripts; this one package is nothing without its own. */
async function installNode() {
  if (await nodeRuns()) return
  if (!isProduction()) await npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error')
  if (await nodeRuns()) return
  throw new Error(
    `The project's own Node could not be installed, and this one (${process.versions.node}) is older than ` +
      `${OLDEST_NODE.join('.')}. Install Node 24, or see why \`npm rebuild node --foreground-scripts\` fails.`
  )
}

async function nodeRuns() {
  const own = join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  try {
    await promisify(execFile)(own, ['--version'], { shell: process.platform === 'win32' })
    return true
  } catch {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    return isProduction() && (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]))
  }
}

function noPostgres() {
  const variable = process.env.npm_lifecycle_event === 'pretest' ? 'TEST_DATABASE_URL' : 'DATABASE_URL'
  return new Error(
    `npm has no PostgreSQL for this machine (${process.platform} ${process.arch}; on Linux it needs glibc). ` +
      `Set ${variable} to a PostgreSQL of your own, 15 or newer.`
  )
}

/** Everything goes to stderr: `npm start -- --json` promises a machine what it finds on stdout. */
function npm(...args) {
  const { npm_execpath: cli, npm_node_execpath: node = process.execPath } = process.env
  const [command, first] = cli?.endsWith('npm-cli.js') ? [node, [cli]] : ['npm', []]
  return new Promise((done, failed) => {
    const child = spawn(command, [...first, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && command === 'npm'
    })
    child.on('error', failed)
    child.on('close', code => {
      if (code === 0) done()
      else
        failed(new Error(`\`npm ${args.join(' ')}\` failed (${code}). What npm said is above; it needs its registry.`))
    })
  })
}

function say(sentence) {
  process.stderr.write(`habeas: ${sentence}\n`)
}
