// In which language a page speaks to somebody who has not said.

import type { Policy } from '../domain/policy.ts'
import { LOCALES, type Locale } from '../domain/subject-request.ts'

/** A header longer than this says nothing that a person chose. */
const HEADER_MAX = 500

/**
 * The language chosen on the page, else the browser's first that the tenant writes, else the tenant's own.
 * @param asked     `da`, from the address
 * @param accepted  `Accept-Language`; its order is taken, its weights follow it in every browser
 */
export function preferredLocale(
  asked: unknown,
  accepted: string | undefined,
  policy: Pick<Policy, 'locales' | 'defaultLocale'>
): Locale {
  const offered = LOCALES.filter(locale => policy.locales.includes(locale))
  const wanted = (accepted ?? '')
    .slice(0, HEADER_MAX)
    .split(',')
    .map(tag => tag.trim().slice(0, 2).toLowerCase())
  return (
    [asked, ...wanted].map(tag => offered.find(locale => locale === tag)).find(locale => locale !== undefined) ??
    policy.defaultLocale
  )
}
