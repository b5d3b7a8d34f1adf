// What can be kept as it was sent. PostgreSQL has no NUL, half a surrogate pair becomes another character on the way, and
// what is nested without end exhausts the stack of whoever reads it.

const DEEPEST = 32

/** A fault in the form of the validator's own. */
interface Finding {
  readonly keyword: 'unicode' | 'depth'
  readonly instancePath: string
  readonly message: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Whether every text in a JSON value, names of members among them, can be kept. A call may carry thousands, so it is quick. */
export function isKeepable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return isWholeText(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth === DEEPEST) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isKeepable(item, depth + 1)) return false
    return true
  }
  for (const name in value) {
    if (!isWholeText(name)) return false
    if (!isKeepable((value as Readonly<Record<string, unknown>>)[name], depth + 1)) return false
  }
  return true
}

/** What cannot be kept, each with its place. */
export function unkeepableParts(value: unknown, path = '', depth = 0): Finding[] {
  if (typeof value === 'string') return isWholeText(value) ? [] : [finding('unicode', path)]
  if (typeof value !== 'object' || value === null) return []
  if (depth === DEEPEST) return [finding('depth', path)]
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    return isWholeText(name) ? unkeepableParts(inner, at, depth + 1) : [finding('unicode', at)]
  })
}

function isWholeText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function finding(keyword: Finding['keyword'], instancePath: string): Finding {
  return { keyword, instancePath, message: 'cannot be kept as it was sent', params: {} }
}
