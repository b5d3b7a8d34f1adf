// Who prepared an answer: the second pair of eyes has to be another's.

import type { Scope } from '../../storage/database.ts'

/** The staff member who moves a request by hand, or ends a task with less than was asked, prepares its answer. Habeas itself and integrations prepare none. */
export function preparedByHand({ actor }: Pick<Scope, 'actor'>): { preparedBy?: string | null } {
  return actor.mover === 'agent' ? { preparedBy: actor.id } : {}
}
