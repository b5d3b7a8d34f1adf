// Runs one of the project's tools from node_modules, and passes on a Ctrl-C.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const TOOLS = fileURLToPath(new URL('../node_modules/.bin', import.meta.url))
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Somebody stopped us; what was opened is still closed in order. */
export class Interrupted extends Error {}

export interface ToolRun {
  /** Null when the tool was killed. */
  readonly exitCode: number | null
  /** Empty when it was shown. */
  readonly output: string
  readonly seconds: number
}

/**
 * @param options.output `shown` as it comes, or `kept` and returned
 * @throws {Interrupted} when we were told to stop meanwhile, after the tool ended
 */
export async function runTool(
  tool: string,
  args: readonly string[],
  options: { output: 'shown' | 'kept'; env?: Record<string, string> }
): Promise<ToolRun> {
  const started = performance.now()
  const output: string[] = []
  const passOn = options.output === 'shown' && process.stdout.isTTY
  const child = spawn(tool, args, {
    stdio: passOn ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env, PATH: `${TOOLS}${delimiter}${process.env.PATH ?? ''}` },
    shell: process.platform === 'win32'
  })
  // tap ends with an escape code for the cursor, terminal or not: a log stays plain.
  const take = options.output === 'kept' ? (text: string) => output.push(text) : writePlain
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take)

  let interrupted = false
  const stop = (signal: NodeJS.Signals) => {
    interrupted = true
    child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, stop)
  try {
    const [exitCode] = await once(child, 'close')
    if (interrupted) throw new Interrupted()
    return {
      exitCode,
      output: stripVTControlCharacters(output.join('')),
      seconds: (performance.now() - started) / 1_000
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop)
  }
}

function writePlain(text: string): void {
  process.stdout.write(stripVTControlCharacters(text))
}
