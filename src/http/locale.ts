// The language of the sentences in an answer.

import { LOCALES, type Locale } from '../domain/subject-request.ts'

const FALLBACK: Locale = 'en'

/** The first language of `Accept-Language` that is spoken here, by its weights (RFC 9110 section 12.5.4); else English. */
export function localeAsked(header: string | undefined): Locale {
  const wanted = (header ?? '').split(',').map((range, place) => {
    const [tag = '', ...parameters] = range.trim().toLowerCase().split(';')
    const weight = parameters.find(parameter => parameter.trim().startsWith('q='))?.split('=')[1] ?? '1'
    return { language: tag.split('-')[0], weight: Number(weight) || 0, place }
  })
  const ranked = wanted.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight || a.place - b.place)
  for (const { language } of ranked) {
    const spoken = LOCALES.find(locale => locale === language)
    if (spoken !== undefined) return spoken
  }
  return FALLBACK
}
