// Which of two versions of a calendar is the later one: while one release follows another, both are at work.

/** A calendar as it stands beside a date that was computed with it. */
export interface UsedCalendar {
  readonly id: string
  readonly version: string
}

/** Whether the data of a place changed since, in one of the two, and `one` has it as it stands later. */
export function isLater(one: UsedCalendar, other: UsedCalendar): boolean {
  const revisions = revisionsOf(other)
  return [...revisionsOf(one)].some(([place, revision]) => revision > (revisions.get(place) ?? revision))
}

/** By place, how often its data had changed: `2.1f22c553c63b` twice, `0~DK:3.…` three times those of Denmark. */
function revisionsOf({ id, version }: UsedCalendar): Map<string, number> {
  return new Map(
    version.split('~').map(part => {
      const [, place = id, revision = '0'] = /^(?:([A-Z-]+):)?(\d+)/.exec(part) ?? []
      return [place, Number(revision)]
    })
  )
}
