// Cases that come in at the same moment are written at the same moment: a transaction costs more than the case in it.

import type { Database } from './database.ts'
import { isConflict, isOutage, retryConflicts } from './failures.ts'
import { insertCases, type NewCase, type Opened } from './new-cases.ts'

/** @throws {HabeasError} what this case is refused for, whoever was written along with it */
export type InsertCase = (made: NewCase) => Promise<Opened>

interface Waiting {
  readonly made: NewCase
  readonly resolve: (opened: Opened) => void
  readonly reject: (error: unknown) => void
}

interface Queue {
  readonly waiting: Waiting[]
  underWay: number
}

/** While these are under way whoever comes gathers, so that the busier it is the more are written together. */
const TRANSACTIONS_AT_ONCE = 1
/** Keeps a transaction within some tens of milliseconds. */
const CASES_AT_MOST = 50

/**
 * A way to write cases, for one process. Cases of a tenant that come in the same turn of the event loop, or while its
 * transactions are under way, share the next one. Nobody answers for another: when they cannot be written together, each is
 * written by itself and meets its own refusal.
 */
export function gatherCases(db: Database): InsertCase {
  const queues = new Map<string, Queue>()

  function begin(queue: Queue): void {
    while (queue.waiting.length > 0 && queue.underWay < TRANSACTIONS_AT_ONCE) {
      const [first, ...others] = queue.waiting.splice(0, CASES_AT_MOST)
      if (first === undefined) return
      queue.underWay += 1
      void writeTogether(db, [first, ...others], queue).finally(() => {
        queue.underWay -= 1
        begin(queue)
      })
    }
  }

  return made =>
    new Promise((resolve, reject) => {
      const { tenantId } = made
      const queue = queues.get(tenantId) ?? { waiting: [], underWay: 0 }
      queues.set(tenantId, queue)
      if (queue.waiting.push({ made, resolve, reject }) === 1) setImmediate(begin, queue)
    })
}

/** Settles all of them, and never rejects itself. */
async function writeTogether(db: Database, together: [Waiting, ...Waiting[]], { waiting }: Queue): Promise<void> {
  const [first, ...others] = together
  try {
    const all = await insertCases(db, [first.made, ...others.map(each => each.made)])
    for (const [index, each] of together.entries()) each.resolve(all[index]!)
  } catch (error) {
    if (isOutage(error)) {
      // Whoever waits would meet the same, one timeout after the other.
      for (const each of [...together, ...waiting.splice(0)]) each.reject(error)
    } else if (others.length === 0 && !isConflict(error)) first.reject(error)
    else await Promise.all(together.map(each => writeAlone(db, each)))
  }
}

async function writeAlone(db: Database, { made, resolve, reject }: Waiting): Promise<void> {
  try {
    const [opened] = await retryConflicts(() => insertCases(db, [made]))
    resolve(opened!)
  } catch (error) {
    reject(error)
  }
}
