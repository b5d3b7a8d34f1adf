// Answers kept for a moment, so that a call in a burst does not ask the database what the one before it asked.

interface Entry<T> {
  readonly value: Promise<T>
  readonly since: number
}

const MAX_ENTRIES = 10_000

/** What `load` answered, for `keptMs` by the service's clock. Failures are not kept. Two who ask at once share one answer. */
export class Kept<T> {
  readonly #keptMs: number
  readonly #entries = new Map<string, Entry<T>>()

  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  get(key: string, now: Date, load: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(key)
    // A clock that was set back must not keep an answer for longer.
    if (known !== undefined && Math.abs(now.getTime() - known.since) < this.#keptMs) return known.value
    const entry = { value: load(), since: now.getTime() }
    this.#keep(key, entry)
    entry.value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
    })
    return entry.value
  }

  #keep(key: string, entry: Entry<T>): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (this.#entries.size <= MAX_ENTRIES) return
    const oldest = this.#entries.keys().next()
    if (!oldest.done) this.#entries.delete(oldest.value)
  }
}
