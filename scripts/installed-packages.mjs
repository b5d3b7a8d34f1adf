// Whether node_modules holds what package-lock.json asks for. npm itself writes down what it installed, also when
// somebody else ran it; a note of our own would go stale with the first `npm prune`.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * @typedef {{ version?: string, integrity?: string, dev?: boolean, devOptional?: boolean, optional?: boolean, peer?: boolean }} Package
 * @typedef {Record<string, Package>} Packages by path, such as `node_modules/pg`
 */

/**
 * Names what is missing or differs. What only some platforms need may be missing.
 *
 * @param {Packages} wanted from package-lock.json
 * @param {Packages} installed from node_modules/.package-lock.json
 * @param {boolean} withTools whether the packages of development are needed as well
 * @returns {string[]} paths
 */
export function packagesToInstall(wanted, installed, withTools) {
  return Object.entries(wanted)
    .filter(([path, { version, integrity, optional, dev, devOptional }]) => {
      if (path === '') return false
      const there = installed[path]
      if (there !== undefined) return there.version !== version || there.integrity !== integrity
      return !(optional || devOptional || (dev && !withTools))
    })
    .map(([path]) => path)
}

/**
 * @param {string} root folder of the checkout
 * @param {boolean} withTools
 * @returns {Promise<string[]>} paths; all of them when nothing was ever installed
 */
export async function readPackagesToInstall(root, withTools) {
  const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  return packagesToInstall(packages, await readInstalled(root), withTools)
}

/** npm writes its list last: an interrupted install leaves none, or half of one. */
async function readInstalled(root) {
  try {
    return JSON.parse(await readFile(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages ?? {}
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return {}
    throw error
  }
}
