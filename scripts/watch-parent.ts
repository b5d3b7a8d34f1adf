const LOOK_MS = 500

/**
 * Whoever stops npm stops the shell between it and us, which passes nothing on: then nobody else could stop us any more.
 * @returns undefined where npm did not start us
 */
export function watchParent(onGone: () => void): NodeJS.Timeout | undefined {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const { ppid } = process
  const watch = setInterval(() => {
    if (process.ppid === ppid) return
    clearInterval(watch)
    onGone()
  }, LOOK_MS)
  return watch.unref()
}
