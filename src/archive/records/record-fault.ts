// Refusals of collected data. They say where and which rule, and never quote the data: it is somebody's.

import { HabeasError, invalid } from '../../domain/errors.ts'

/** Where a record stood in what was sent: as a pointer for programs, in words for people. */
export interface RecordPlace {
  readonly pointer: string
  readonly place: string
}

/** @returns an `invalid` that reads "Line 7 is not valid JSON." */
export function faultyRecord({ pointer, place }: RecordPlace, rule: string, what: string, fix: string): HabeasError {
  return invalid(`${place} ${what}.`, { pointer, rule, fix })
}

/** @returns a `too_large` for one record; `maxBytes` as it comes in */
export function oversizedRecord({ pointer, place }: RecordPlace, maxBytes: number): HabeasError {
  const fix = `Send records of at most ${maxBytes} bytes each; put large content into a file of its own.`
  return new HabeasError('too_large', `${place} is larger than ${maxBytes} bytes.`, {
    errors: [{ pointer, rule: 'maxBytes', fix }]
  })
}

export function notUtf8(): HabeasError {
  return invalid('The records are not UTF-8 text.', { pointer: '', rule: 'utf8', fix: 'Write the records in UTF-8.' })
}
