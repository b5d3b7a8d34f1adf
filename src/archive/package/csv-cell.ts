// CSV that a spreadsheet opens as text. A cell that begins with `=` runs as a formula there, with the data of whoever
// opens it in reach. JSON is the exact copy; CSV is the one for people, and pays for its safety with an apostrophe.

import { isExactNumber } from '../exact-json.ts'

/** `=`, `+`, `-` and `@` with their full-width, small and mathematical twins, which spreadsheets fold into them. */
const TRIGGER = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]`
/** What a program may drop before it looks at the first letter, tabs and line breaks left out. */
const INVISIBLE = String.raw`[[\p{Cc}\p{Cf}\p{Z}]--[\t\r\n]]`

const RISKY_START = new RegExp(String.raw`^(?:[\t\r\n\0]|${INVISIBLE}*${TRIGGER})`, 'v')
/** A cell begins anew after these when the file is opened with another separator than its own, or its quotes are lost. */
const RISKY_INSIDE = new RegExp(String.raw`(\r\n|[,;\|\t\r\n"])(?=${INVISIBLE}*${TRIGGER})`, 'gv')

/** Puts an apostrophe before everything in the text that could begin a formula. */
export function guardCell(text: string): string {
  const inside = text.replaceAll(RISKY_INSIDE, "$1'")
  return RISKY_START.test(text) ? `'${inside}` : inside
}

/** The text of one value. Numbers and booleans are ours to write and need no guard; lists and objects become JSON. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isExactNumber(value)) return value.rawJSON
  return guardCell(plainText(value))
}

/** A value as a person reads it, unguarded: for pages that escape it themselves. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
