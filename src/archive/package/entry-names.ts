// Names of what lies in a package. They are ours: a number and plain ASCII, so that no unpacking program, file system or
// desktop can be led astray by a name that somebody else chose.

/** Letters that do not decompose, and Greek as ELOT 743 writes it. */
const IN_ASCII: Readonly<Record<string, string>> = {
  æ: 'ae',
  ø: 'oe',
  å: 'aa',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  œ: 'oe',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o'
} // prettier-ignore

const SLUG_MAX = 40

/** A lower-case ASCII reminder of a name, `[a-z0-9-]{1,40}`; `fallback` where nothing of it is left. */
export function slugOf(name: string, fallback: string): string {
  const ascii = [...name.slice(0, 200).toLowerCase().normalize('NFC')]
    .map(letter => IN_ASCII[letter] ?? letter.normalize('NFKD').replaceAll(/./gu, part => IN_ASCII[part] ?? part))
    .join('')
    .replaceAll(/\p{M}/gu, '')
  const slug = ascii
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replaceAll(/^-+|-+$/g, '')
  return slug === '' ? fallback : slug
}

/** `data/001-profile`, to which the format is added. */
export function datasetEntry(number: number, name: string): string {
  return `data/${numbered(number)}-${slugOf(name, 'data')}`
}

/** `files/001-invoice.pdf`. The ending is kept, because a desktop opens by it, where it is short and plain. */
export function fileEntry(number: number, originalName: string): string {
  const dot = originalName.lastIndexOf('.')
  const ending = dot > 0 ? originalName.slice(dot + 1).toLowerCase() : ''
  const isPlain = /^[a-z0-9]{1,8}$/.test(ending)
  const stem = slugOf(isPlain ? originalName.slice(0, dot) : originalName, 'file')
  return `files/${numbered(number)}-${stem}${isPlain ? `.${ending}` : ''}`
}

function numbered(number: number): string {
  return String(number).padStart(3, '0')
}
