// Which known name somebody meant who typed another.

const LONGEST = 64

/**
 * The known name that takes the fewest typing mistakes to reach.
 * @returns undefined when none is closer than a third of its letters
 */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  if (typed.length > LONGEST) return undefined
  let best: { name: string; mistakes: number } | undefined
  for (const name of known) {
    const mistakes = distance(typed.toLowerCase(), name.toLowerCase())
    if (mistakes <= Math.max(1, name.length / 3) && (best === undefined || mistakes < best.mistakes))
      best = { name, mistakes }
  }
  return best?.name
}

/** Letters added, dropped, replaced or swapped with their neighbour (optimal string alignment). */
function distance(from: string, to: string): number {
  let above: number[] = []
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      const swapped = isSwapped ? above[j - 2]! + 1 : replaced
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, replaced, swapped))
    }
    above = row
    row = next
  }
  return row[to.length]!
}
