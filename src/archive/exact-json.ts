// JSON in and out without a change of value. A number that JavaScript would round (an 18-digit id, a long decimal) keeps
// its digits: a copy of somebody's data has to be a faithful one (GDPR Art. 15(3)).

interface ReviverContext {
  /** The text of a primitive value, as it stood. */
  readonly source?: string
}

/** In every Node since 21, not yet in TypeScript's library. */
interface SourceTextJson {
  parse(text: string, reviver: (key: string, value: unknown, context: ReviverContext) => unknown): unknown
  rawJSON(text: string): ExactNumber
  isRawJSON(value: unknown): value is ExactNumber
}

/** A number that no `number` holds. `JSON.stringify` writes its digits. */
export interface ExactNumber {
  readonly rawJSON: string
}

const sourceTextJson = JSON as unknown as SourceTextJson

/** What has at most 15 digits and a two-digit exponent a `number` holds. Found within strings too, which only costs time. */
const MAY_BE_ROUNDED = /[\d.]{16}|\d[eE][+-]?\d{3}/

/** @throws {SyntaxError} with a message that quotes the text: do not pass it on */
export function parseExactly(text: string): unknown {
  return MAY_BE_ROUNDED.test(text) ? sourceTextJson.parse(text, keepDigits) : JSON.parse(text)
}

export function isExactNumber(value: unknown): value is ExactNumber {
  return sourceTextJson.isRawJSON(value)
}

function keepDigits(_key: string, value: unknown, { source }: ReviverContext): unknown {
  if (typeof value !== 'number' || source === undefined) return value
  return sameNumber(source, String(value)) ? value : sourceTextJson.rawJSON(source)
}

/** Whether two decimal notations name one number, compared by their digits and the power of ten of the last one. */
function sameNumber(one: string, other: string): boolean {
  return decimal(one) === decimal(other)
}

function decimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? []
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  const significant = digits.replace(/0+$/, '')
  if (significant === '') return '0'
  const power = Number(exponent) - fraction.length + digits.length - significant.length
  return `${sign}${significant}e${power}`
}
