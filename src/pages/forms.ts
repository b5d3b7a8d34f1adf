// Reading what a form of ours was sent: texts only, bounded, the rest ignored.

/** As the form parser leaves it: texts, and lists of them where a name came twice. */
type Body = unknown

/** The text of a field; empty where there is none. A name that came twice has no text. Nobody types a NUL. */
export function textOf(body: Body, name: string): string {
  const value = fieldOf(body, name)
  return typeof value === 'string' ? value.replaceAll('\0', '').trim() : ''
}

/** Every text of a name: ticked boxes. */
export function textsOf(body: Body, name: string): string[] {
  return [fieldOf(body, name)].flat().filter(value => typeof value === 'string')
}

/** A code has eight characters; people put spaces and dashes into it. What cannot be one is no try. */
export function codeOf(body: Body): string | null {
  const typed = textOf(body, 'code').replace(/[\s-]/g, '')
  return /^[A-Za-z0-9]{8}$/.test(typed) ? typed : null
}

/** The word that a person types and a machine that presses buttons does not. */
export function isWordTyped(body: Body): boolean {
  return TYPED_WORDS.includes(textOf(body, 'word').normalize('NFC').toUpperCase())
}

/** On an English or Danish keyboard, and on a Greek one. */
export const TYPED_WORD = { en: 'STOP', da: 'STOP', el: 'ΣΤΟΠ' } as const
const TYPED_WORDS: readonly string[] = Object.values(TYPED_WORD)

function fieldOf(body: Body, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined
  return (body as Readonly<Record<string, unknown>>)[name]
}
