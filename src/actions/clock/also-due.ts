// What a letter says of the law that did not move with the other one.

import { groundsFor } from '../../domain/grounds.ts'
import type { AlsoDue } from '../../letters/clock-facts.ts'
import { type LawDates, lawsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'

/** The one of two laws of which this is true, with its day; null where one law applies, or neither is it. */
export function alsoDue(row: SubjectRequestRow, isTrue: (law: LawDates) => boolean): AlsoDue | null {
  const laws = lawsOf(row)
  const law = laws.length === 1 ? undefined : laws.find(isTrue)
  return law === undefined || law.dueOn === null ? null : { regime: law.regime, dueOn: law.dueOn }
}

/** The law whose period goes on while that of the other stands still for this reason. */
export function runningOn(row: SubjectRequestRow, ground: string): AlsoDue | null {
  return alsoDue(row, ({ regime, dueOn }) => {
    const stops = groundsFor({ use: 'pause', right: row.right, regime }).some(({ code }) => code === ground)
    return dueOn !== null && !stops
  })
}
