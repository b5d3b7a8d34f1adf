// The service as production starts it: a process of its own, which knows its environment alone.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

export type Environment = Readonly<Record<string, string>>

export interface ServiceProcess {
  /** Where it listens. */
  readonly url: string
  /** Calls it, and again while it says that it is too busy: it shares the machine with other tests. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** What it logged, a line each. */
  readonly lines: readonly Record<string, unknown>[]
  /** Waits for a line with this message that it has not logged yet. */
  heard(message: string): Promise<void>
  /** Asks it to stop. @returns status and signal of its end, and everything it wrote to stderr */
  stop(): Promise<{ readonly ended: unknown[]; readonly complaints: string }>
}

/** Runs a program of ours to its end. */
export async function runProgram(args: readonly string[], environment: Environment) {
  const child = spawnProgram(args, environment)
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'exit')])
  return { status: status as number | null, stdout, stderr }
}

/** @returns once it is ready; it is killed in the teardown of `test`, if it still runs */
export async function startServiceProcess(
  test: { teardown(undo: () => void): unknown },
  environment: Environment
): Promise<ServiceProcess> {
  const child = spawnProgram(['src/main.ts'], environment)
  test.teardown(() => void child.kill('SIGKILL'))
  const complaints = text(child.stderr!)
  const lines: Record<string, unknown>[] = []
  const log = createInterface({ input: child.stdout! })
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', status => failed(new Error(`The service ended with ${status}: ${JSON.stringify(lines)}`)))
    log.on('line', line => {
      lines.push(JSON.parse(line))
      if (lines.at(-1)?.message === 'ready') ready(String(lines.at(-1)?.url))
    })
  })
  return {
    url,
    lines,
    ask: async (path, init) => {
      for (;;) {
        const response = await fetch(`${url}${path}`, init)
        if (response.status !== 503) return response
        await response.body?.cancel()
      }
    },
    heard: message =>
      new Promise(heard => {
        log.on('line', line => JSON.parse(line).message === message && heard())
      }),
    stop: async () => {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      return { ended: await ended, complaints: await complaints }
    }
  }
}

function spawnProgram(args: readonly string[], environment: Environment): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, args, { env: { PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
}
