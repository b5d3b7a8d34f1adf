// What a caller changes is what they saw: `If-Match`, as storage asks for it.

import { HabeasError } from '../domain/errors.ts'
import type { Who } from './database.ts'

/**
 * To be called once the row is locked.
 * @param what  names the thing in a sentence: `request`, `system`
 * @throws {HabeasError} `version_stale` when the caller saw another version
 */
export function refuseStale({ ifMatch }: Pick<Who, 'ifMatch'>, what: string, version: number): void {
  if (ifMatch == null || ifMatch === version) return
  throw new HabeasError('version_stale', `The ${what} has changed since you read it.`, { version })
}
