// What the demo has to remember between two starts: its secrets, made once, and how far it came.

import { randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Remembered {
  /** 32 bytes in base64. */
  readonly rootKey: string
  readonly signingKey: string
  /** Of last time; null before the first. */
  readonly port: number | null
  /** The API key of each tenant, by slug: the database knows only their hashes. Null until everything was seeded. */
  readonly apiKeys: Readonly<Record<string, string>> | null
}

export interface DemoMemory {
  readonly rootKey: Buffer
  readonly signingKey: Buffer
  readonly port: number | null
  readonly apiKeys: Remembered['apiKeys']
  /** Remembers what changed. */
  keep(changes: Partial<Pick<Remembered, 'port' | 'apiKeys'>>): Promise<void>
}

/** Only its owner may read the file. */
export async function openDemoMemory(folder: string): Promise<DemoMemory> {
  const file = join(folder, 'secrets.json')
  let remembered = (await read(file)) ?? { rootKey: newKey(), signingKey: newKey(), port: null, apiKeys: null }
  await write(file, remembered)
  return {
    rootKey: Buffer.from(remembered.rootKey, 'base64'),
    signingKey: Buffer.from(remembered.signingKey, 'base64'),
    get port() {
      return remembered.port
    },
    get apiKeys() {
      return remembered.apiKeys
    },
    async keep(changes) {
      remembered = { ...remembered, ...changes }
      await write(file, remembered)
    }
  }
}

const newKey = () => randomBytes(32).toString('base64')

async function read(file: string): Promise<Remembered | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new Error(`${file} cannot be read: begin anew with \`npm start -- --reset\`.`, { cause: error })
  }
}

/** In one step: a crash leaves the old file or the new one. */
async function write(file: string, remembered: Remembered): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(remembered, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
