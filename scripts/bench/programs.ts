// The programs that are measured, and the load on them: each a process of its own, so that none of them pays for another.

import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Load, LoadFigures } from './load.ts'

export interface Program<Ready> {
  readonly ready: Ready
  /** Milliseconds of processor time it has used so far. */
  cpu(): Promise<number>
  stop(): Promise<void>
}

const STOP_MS = 5_000

/** Starts a program of this folder, and waits until it says that it is ready. It ends with this process, whatever happens. */
export async function startProgram<Ready>(
  file: string,
  settings: object,
  execArgv: readonly string[] = []
): Promise<Program<Ready>> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(settings)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...execArgv]
  })
  const ready = await nextMessage<Ready>(child, file)
  return {
    ready,
    cpu: async () => {
      const answer = nextMessage<number>(child, file)
      child.send('cpu')
      return await answer
    },
    stop: async () => await stop(child)
  }
}

/** Puts load on an address from a process of its own. */
export async function putLoad(load: Load): Promise<LoadFigures> {
  const child = fork(fileURLToPath(new URL('load.ts', import.meta.url)), {
    stdio: ['pipe', 'inherit', 'inherit', 'ipc']
  })
  child.send(load)
  try {
    return await nextMessage<LoadFigures>(child, 'load.ts')
  } finally {
    await stop(child)
  }
}

async function nextMessage<T>(child: ChildProcess, file: string): Promise<T> {
  const ending = new AbortController()
  try {
    const ended = once(child, 'exit', { signal: ending.signal }).then(([code, signal]) => {
      throw new Error(`${file} ended early (${signal ?? code}).`)
    })
    const [message] = await Promise.race([once(child, 'message', { signal: ending.signal }), ended])
    return message
  } finally {
    ending.abort()
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  if (child.connected) child.disconnect()
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await ended
  clearTimeout(late)
}
