// What is no secret though it stands where one belongs.

const PLACEHOLDER =
  /change[-_ ]?me|example|secret|password|placeholder|replace|default|insecure|your[-_ ]|x{6,}|1234567|<.*>/i

/**
 * Why a text can be guessed.
 * @param minLength  in characters
 * @param minBits    of entropy, estimated from how its characters and the steps between them are spread
 * @returns null when no reason is seen, which does not mean that there is none
 */
export function weaknessOf(text: string, minLength: number, minBits: number): string | null {
  if (text.length < minLength) return `is too short: at least ${minLength} characters`
  if (PLACEHOLDER.test(text)) return 'looks like a placeholder'
  return weaknessOfBytes(Buffer.from(text), minBits)
}

/** The same for bytes that were written in base64. */
export function weaknessOfBytes(bytes: Buffer, minBits: number): string | null {
  const steps = bytes.subarray(1).map((byte, i) => byte - bytes[i]!)
  const bitsPerByte = Math.min(spreadOf(bytes), spreadOf(steps))
  return bitsPerByte * bytes.length < minBits ? 'is too regular to be random' : null
}

/** Shannon entropy of the values seen, in bits a value. */
function spreadOf(values: Uint8Array): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / values.length) * Math.log2(count / values.length)
  return bits
}
