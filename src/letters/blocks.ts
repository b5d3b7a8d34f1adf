// A letter between its facts and its two forms: text and HTML are both made from the same blocks, so they cannot say different things.

export interface Line {
  readonly text: string
  /** Where the line leads, if it is an address on the web. */
  readonly url?: string
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** A person's own words, in their own lines. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Something short to be typed elsewhere. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [term: string, detail: string])[] }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'small'; readonly text: string }

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const heading = (text: string): Block => ({ kind: 'heading', text })
export const quote = (text: string): Block => ({ kind: 'quote', text })
export const code = (text: string): Block => ({ kind: 'code', text })
export const list = (items: readonly string[]): Block => ({ kind: 'list', items })
export const rows = (pairs: readonly (readonly [term: string, detail: string])[]): Block => ({
  kind: 'rows',
  rows: pairs
})
export const lines = (...all: readonly Line[]): Block => ({ kind: 'lines', lines: all })
export const small = (text: string): Block => ({ kind: 'small', text })

/** @throws {Error} when `url` is not an absolute web address: a letter never carries `javascript:` or a relative path */
export function link(label: string, url: string): Block {
  requireWebAddress(url)
  return { kind: 'link', label, url }
}

export function requireWebAddress(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error('A link in a letter has to be an absolute web address.')
}

/** The block, or nothing, for parts that a letter has only when there is something to say. */
export function when<T>(value: T | null | undefined, make: (value: T) => Block | readonly Block[]): readonly Block[] {
  if (value === null || value === undefined) return []
  return [make(value)].flat()
}
