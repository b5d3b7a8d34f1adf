// Links and codes of our letters in what people send back. Whoever answers a mail quotes it, and whoever reads the answer
// could act in the person's name with what stands in the quotation.

/** Characters of a secret: 32 bytes in base64url. */
const SECRET_LENGTH = 43
/** Of a part that is shorter, too much is missing to try the rest. */
const PART_LENGTH = 32
/** In place of what is taken out. */
const CUT = '…'

/** What follows the purpose in a link, as it was or percent-encoded by a mail filter, broken over quoted lines or not. */
const IN_LINK =
  /((?:verify|status|package|forwarded)(?:\/|%(?:25)?2f))((?:\n[ \t>]*)?[\w-]+(?:=?\n[ \t>]*[\w-]+){0,3})/gi
/** A secret whose link was broken before it. Separators are as long, but have no letters. */
const ALONE = /(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g
/**
 * A line that is a code and nothing else. Eight digits are left: they are somebody's telephone more often than a code. What may
 * stand around it is bounded, or a long line of it would be searched from each of its places.
 */
const CODE_LINE = /^([ \t>*_]{0,40})(?=.{0,40}[a-z])(?:[BCDFGHJKMNPQRTVWXYZ2346789][ -]?){8}(?=[ \t*_]{0,40}$)/gim

/**
 * A text without what only the person it was mailed to may hold. A code opens nothing without its link: where no link is quoted,
 * a line that looks like a code is somebody's customer number.
 */
export function withoutProofs(text: string): string {
  const cut = withoutLinks(text)
  return cut === text ? text : cut.replaceAll(CODE_LINE, `$1${CUT}`)
}

export function holdsProofs(text: string): boolean {
  return withoutLinks(text) !== text
}

function withoutLinks(text: string): string {
  return text
    .replaceAll(IN_LINK, (_, purpose: string, rest: string) => purpose + withoutSecret(rest))
    .replaceAll(ALONE, CUT)
}

/** The secret ends after its last character; what stands on the next line is the writer's. */
function withoutSecret(text: string): string {
  let end = 0
  let length = 0
  for (const part of text.matchAll(/[\w-]+|[^\w-]+/g)) {
    if (length >= SECRET_LENGTH) break
    end = part.index + part[0].length
    if (/[\w-]/.test(part[0])) length += part[0].length
  }
  return length < PART_LENGTH ? text : CUT + text.slice(end)
}
