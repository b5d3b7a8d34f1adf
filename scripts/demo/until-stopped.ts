// Waits for Ctrl-C and closes in order, whether or not everything had been opened.

import { watchParent } from '../watch-parent.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** npm passes on the Ctrl-C that the terminal sends to both: so long two signals are one. */
const SAME_SIGNAL_MS = 1_000
/** Whatever still hangs then is left: the next start recovers it. */
const GRACE_MS = 20_000

/**
 * Does `open`, waits until somebody stops the process, and closes what `open` left to close, last opened first.
 *
 * @param open  its signal is aborted when it is to stop before it has finished
 */
export async function untilStopped(
  open: (closers: AsyncDisposableStack, signal: AbortSignal) => Promise<void>
): Promise<void> {
  const stopping = new AbortController()
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  let firstAt: number | undefined
  const onSignal = () => {
    if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
    firstAt ??= performance.now()
    setTimeout(() => process.exit(1), GRACE_MS).unref()
    stopping.abort(new Stopped())
    stop()
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  const parent = watchParent(onSignal)
  // The terminal went away: there is nobody left to tell.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

  const closers = new AsyncDisposableStack()
  try {
    await open(closers, stopping.signal)
    await stopped
  } catch (error) {
    if (!(error instanceof Stopped)) fail(error)
  }
  await closers.disposeAsync().catch(fail)
  for (const name of SIGNALS) process.off(name, onSignal)
  clearInterval(parent)
}

class Stopped extends Error {}

function fail(error: unknown): void {
  process.exitCode = 1
  process.stderr.write(`${error instanceof Error ? describe(error) : error}\n`)
}

/** A failed query carries all its values in its message: only the first line says what happened. */
function describe({ name, message, stack = '', cause }: Error): string {
  const places = stack.split('\n').filter(line => /^\s+at /.test(line))
  const because = cause instanceof Error ? [`because: ${cause.message}`] : []
  return [`${name}: ${message.split('\n')[0]}`, ...because, ...places].join('\n')
}
