// How figures are taken: one after the other in turns on the same machine, medians, and ratios between them. A figure alone
// says how busy the machine was; a ratio of two taken in turns says which program does more work for the same answer.

import { parseArgs } from 'node:util'

export interface Options {
  readonly rounds: number
  /** Of load in one round of one contender. */
  readonly seconds: number
  readonly connections: number
  /** Rows in the large database. */
  readonly rows: number
}

const LEAST_ROUNDS = 1
const MOST_SECONDS = 60

/** What the command line asks for, within bounds. The first word is the bench's name. */
export function readOptions(defaults: Options): Options {
  const { values } = parseArgs({
    strict: false,
    options: {
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      connections: { type: 'string' },
      rows: { type: 'string' }
    }
  })
  const numberOf = (name: keyof Options, from: number, to: number): number => {
    const given = values[name]
    if (given === undefined) return defaults[name]
    const number = Number(given)
    if (!(number >= from && number <= to)) throw new Error(`--${name} is a number from ${from} to ${to}.`)
    return number
  }
  return {
    rounds: numberOf('rounds', LEAST_ROUNDS, 100),
    seconds: numberOf('seconds', 0.5, MOST_SECONDS),
    connections: numberOf('connections', 1, 1_000),
    rows: numberOf('rows', 1_000, 10_000_000)
  }
}

/** Runs every contender once a round, in the order of the last round turned around, so that none is always first. */
export async function alternate<Name extends string, T>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<T>>>
): Promise<Record<Name, T[]>> {
  const names = Object.keys(contenders) as Name[]
  const taken = Object.fromEntries(names.map(name => [name, [] as T[]])) as Record<Name, T[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) taken[name].push(await contenders[name]())
  }
  return taken
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/**
 * The median of the ratios that each round gave: both figures of a round met the same neighbours, so this moves less than
 * the ratio of the medians.
 */
export function ratioByRound(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)))
}

export const whole = (number: number): string => Math.round(number).toLocaleString('en')
export const twoPlaces = (number: number): string => number.toFixed(2)

/** A table for people; the first row names the columns, and numbers stand to the right. */
export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
  console.log(`\n${title}`)
  for (const [index, row] of rows.entries()) {
    console.log(line(row))
    if (index === 0) console.log(widths.map(width => '-'.repeat(width)).join('   '))
  }
}
