// Which processes use a database folder, so that the last one to leave stops the server: one file each, named by its
// process id. What a killed process left behind counts for nothing.

import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRunning } from './file-lock.mjs'

/** Our own entries; a file with our pid that is not here was left by a predecessor that had the same one. */
const ours = new Set<string>()
let entries = 0

/** @returns what takes this process off the list again */
export async function joinUsers(home: string): Promise<() => Promise<void>> {
  const folder = join(home, 'users')
  await mkdir(folder, { recursive: true })
  entries += 1
  const file = join(folder, `${process.pid}-${entries}`)
  ours.add(file)
  await writeFile(file, '')
  return async () => {
    ours.delete(file)
    await rm(file, { force: true })
  }
}

/** @returns the process id of each live entry; entries of the dead are removed on the way */
export async function otherUsers(home: string): Promise<number[]> {
  const folder = join(home, 'users')
  const alive: number[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name)
    const pid = Number.parseInt(name, 10)
    if (pid === process.pid ? ours.has(file) : isRunning(pid)) alive.push(pid)
    else await rm(file, { force: true })
  }
  return alive
}
