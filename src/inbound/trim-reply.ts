// What somebody wrote now, apart from the mail they answered and the signature below. It cuts only where the mark is
// beyond doubt; the whole text is always kept beside it.

/** "On Monday Anna wrote:", in one line or broken into two, in the forms that the usual programs write. */
const ATTRIBUTION = [
  /^On\s.{6,300}\swrote:$/i,
  /^(?:Den|Man|Tirs?|Ons|Tors?|Fre|Lør|Søn)\b.{6,300}\sskrev(?:\s.{1,200})?:$/i,
  /^(?:Στις|Την|Τη|Το)\s.{6,300}\sέγραψε:$/iu,
  /^.{3,200}<[^<>\s@]+@[^<>\s]+>\s(?:wrote|skrev|έγραψε):$/iu
]
const ORIGINAL_MESSAGE = /^[-_ ]{2,40}(?:Original Message|Oprindelig (?:meddelelse|besked)|Αρχικό μήνυμα)[-_ ]{2,40}$/iu
const FROM_LINE = /^\*?(?:From|Fra|Από):\*?\s/iu
const SENT_LINE = /^\*?(?:Sent|Date|Sendt|Dato|Στάλθηκε|Ημερομηνία):\*?\s/iu
const DEVICE_SIGNATURE =
  /^(?:Sent from my |Get Outlook for |Sent from Outlook|Sendt fra min |Hent Outlook til |Στάλθηκε από (?:το|τη) )/iu
/** A forwarded mail is the message, not its history. */
const FORWARD_SUBJECT = /^\s*(?:fwd?|vs|wg|πρθ)\s*:/iu
const FORWARD_MARK = /^[-_ ]{2,40}(?:Forwarded message|Videresendt (?:besked|meddelelse)|Προωθημένο μήνυμα)/imu

/** Characters. A longer line is prose, and patterns are not let loose on it. */
const ATTRIBUTION_MAX = 600

/** Lines below `-- ` that still make a signature, and not a text after a dash. */
const SIGNATURE_LINES_MAX = 15

/** @returns the text without quoted history and signature; the whole of it where little would be left or doubt remains */
export function trimReply(text: string, subject: string): string {
  if (FORWARD_SUBJECT.test(subject) || FORWARD_MARK.test(text)) return text.trim()
  const lines = text.split('\n').map(line => line.trimEnd())
  const written = withoutSignature(withoutHistory(lines)).join('\n').trim()
  return written === '' ? text.trim() : written
}

function withoutHistory(lines: readonly string[]): readonly string[] {
  // From here on everything is quotation: an answer between quoted lines belongs to the person.
  const quoteStart = lines.findLastIndex(line => line.trim() !== '' && !line.trimStart().startsWith('>')) + 1
  const start = lines.findIndex((_, i) => startsHistory(lines, i, quoteStart))
  return start === -1 ? lines : lines.slice(0, start)
}

function startsHistory(lines: readonly string[], i: number, quoteStart: number): boolean {
  const line = lines[i]?.trim() ?? ''
  if (ORIGINAL_MESSAGE.test(line)) return true
  // Outlook: From, Sent and To directly below each other.
  if (FROM_LINE.test(line)) return lines.slice(i + 1, i + 4).some(next => SENT_LINE.test(next.trim()))
  if (i >= quoteStart) return line.startsWith('>')
  if (quoteStart === lines.length) return false
  if (i + 1 >= quoteStart && isAttribution(line)) return true
  return i + 2 >= quoteStart && isAttribution(`${line} ${lines[i + 1]?.trim() ?? ''}`)
}

function isAttribution(line: string): boolean {
  return line.length <= ATTRIBUTION_MAX && ATTRIBUTION.some(pattern => pattern.test(line))
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const dashes = lines.indexOf('--')
  const cut = dashes > 0 && lines.length - dashes <= SIGNATURE_LINES_MAX ? lines.slice(0, dashes) : lines
  const last = cut.findLastIndex(line => line.trim() !== '')
  return DEVICE_SIGNATURE.test(cut[last]?.trim() ?? '') ? cut.slice(0, last) : cut
}
