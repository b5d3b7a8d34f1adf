// The letters that came to a test, and the waiting for one that has not come yet.

import type { ParsedMail } from 'mailparser'

/** So long may the slowest machine take; who waits longer waits for nothing and is told what came instead. */
const PATIENCE_MS = 20_000

export interface Captured {
  /** MAIL FROM; empty for a bounce. */
  readonly from: string
  /** RCPT TO, each one accepted. */
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly parsed: ParsedMail
}

interface Waiting {
  readonly predicate: (mail: Captured) => boolean
  found(mail: Captured): void
  failed(why: string): void
}

export class Letterbox {
  readonly mails: Captured[] = []
  readonly #waiting = new Set<Waiting>()

  add(mail: Captured): void {
    this.mails.push(mail)
    for (const waiting of this.#waiting) if (waiting.predicate(mail)) waiting.found(mail)
  }

  waitFor(predicate: (mail: Captured) => boolean): Promise<Captured> {
    const there = this.mails.find(predicate)
    if (there !== undefined) return Promise.resolve(there)
    const { promise, resolve, reject } = Promise.withResolvers<Captured>()
    const failed = (why: string) => reject(new Error(`${why} Came so far: ${this.#summary()}`))
    const waiting: Waiting = { predicate, found: resolve, failed }
    const patience = setTimeout(() => failed('No such letter came.'), PATIENCE_MS)
    this.#waiting.add(waiting)
    return promise.finally(() => {
      clearTimeout(patience)
      this.#waiting.delete(waiting)
    })
  }

  giveUp(why: string): void {
    for (const waiting of this.#waiting) waiting.failed(why)
  }

  #summary(): string {
    return JSON.stringify(this.mails.map(({ to, parsed }) => ({ to, subject: parsed.subject })))
  }
}
