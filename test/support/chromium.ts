// The browser for the browser tests. `npm test` installs it on Debian before tests that import this file, when it may.

import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** For `t.plan(0, NEEDS_CHROMIUM)` in a test that finds none. */
export const NEEDS_CHROMIUM = 'needs chromium: run scripts/debian-packages.sh as root'

/** @returns the program, for Playwright's `executablePath`; undefined when this machine has none */
export async function findChromium(): Promise<string | undefined> {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const path of NAMES.flatMap(name => folders.map(folder => join(folder, name)))) {
    const runs = await access(path, constants.X_OK).then(
      () => true,
      () => false
    )
    if (runs) return path
  }
  return undefined
}
