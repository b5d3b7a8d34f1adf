// The browser for the browser tests. `npm test` installs it on Debian before tests that import this file, when it may.

import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const NEEDS_CHROMIUM = 'needs chromium: run scripts/debian-packages.sh as root'

interface Test {
  teardown(undo: () => Promise<void>): unknown
  plan(tests: number, why: string): unknown
}

/**
 * Opens the browser of this machine. Where there is none a developer's test is skipped, with the reason; a check that has to be
 * whole (`CI` is set) fails.
 *
 * @returns undefined where the test is skipped
 */
export async function openChromium(test: Test): Promise<Browser | undefined> {
  const executablePath = await findChromium()
  if (executablePath === undefined) {
    if (process.env.CI) throw new Error(`This test ${NEEDS_CHROMIUM}.`)
    test.plan(0, NEEDS_CHROMIUM)
    return undefined
  }
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
  test.teardown(() => browser.close())
  return browser
}

async function findChromium(): Promise<string | undefined> {
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
