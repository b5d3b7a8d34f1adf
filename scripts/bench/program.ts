// The side of a measured program that speaks with whoever measures it.

/** What it was started with. */
export function settingsGiven<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T
}

/** Says that the program is ready, tells its processor time when asked, and ends it when the other side is gone. */
export function beMeasured(ready: object, close: () => Promise<void>): void {
  process.on('message', message => {
    if (message !== 'cpu') return
    const { user, system } = process.cpuUsage()
    process.send?.((user + system) / 1_000)
  })
  process.on('disconnect', () => {
    void close().finally(() => process.exit(0))
  })
  // A Ctrl-C reaches the whole group; whoever started this program ends it in order.
  process.on('SIGINT', () => {})
  process.send?.(ready)
}
