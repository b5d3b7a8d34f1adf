// A tenant's policy, read strictly: a zone, a calendar or an authority that does not exist would only show in a wrong due date.

import { CALENDAR_IDS } from '../../calendars/calendar.ts'
import { authorityFor } from '../../domain/authorities.ts'
import { isTimeZone } from '../../domain/deadline/local-date.ts'
import { REGIME_NAMES } from '../../domain/deadline/regimes.ts'
import { type Fault, invalid } from '../../domain/errors.ts'
import { findMailbox } from '../../domain/mailbox-address.ts'
import { POLICY_DEFAULTS, type Policy } from '../../domain/policy.ts'

/** A policy in which what the defaults say may be left out. */
export type PolicyDraft = Omit<Policy, keyof typeof POLICY_DEFAULTS> &
  Partial<Pick<Policy, keyof typeof POLICY_DEFAULTS>>

const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/

/**
 * The whole policy that a draft amounts to.
 * @throws {HabeasError} `invalid` with every fault at once
 */
export function checkPolicy(draft: PolicyDraft): Policy {
  const policy: Policy = { ...POLICY_DEFAULTS, ...draft }
  const faults = [...faultsOfPlace(policy), ...faultsOfWords(policy), ...faultsOfPromises(policy)]
  if (faults.length > 0) throw invalid('The policy does not hold together.', ...faults)
  return policy
}

function faultsOfPlace({ timeZone, holidays, authority, regimes }: Policy): Fault[] {
  const faults: Fault[] = []
  if (!isTimeZone(timeZone)) {
    faults.push({ pointer: '/timeZone', rule: 'timeZone', fix: 'Send an IANA name such as Europe/Copenhagen.' })
  }
  if (!CALENDAR_IDS.includes(holidays)) {
    faults.push({ pointer: '/holidays', rule: 'enum', fix: `Send one of ${CALENDAR_IDS.join(', ')}.` })
  }
  if (authorityFor({ iso: authority }) === undefined) {
    faults.push({
      pointer: '/authority',
      rule: 'authority',
      fix: 'Send the country, or country and region, of an authority that is known: DK, DE-HH, US-CA.'
    })
  }
  for (const place of Object.keys(regimes.byPlace).filter(place => !PLACE.test(place))) {
    faults.push({
      pointer: `/regimes/byPlace/${place}`,
      rule: 'place',
      fix: 'Name places as an ISO country, or country and region: CA, US-CA.'
    })
  }
  const named = [
    ['default', regimes.default],
    ...Object.entries(regimes.byPlace).map(([place, name]) => [`byPlace/${place}`, name])
  ] as const
  for (const [at, name] of named.filter(
    ([, name]) => !(REGIME_NAMES as readonly (string | undefined)[]).includes(name)
  )) {
    faults.push({
      pointer: `/regimes/${at}`,
      rule: 'enum',
      fix: `Send one of ${REGIME_NAMES.join(', ')} instead of ${name}.`
    })
  }
  return faults
}

function faultsOfWords({ organisation, alertsTo, locales, defaultLocale }: Policy): Fault[] {
  const faults: Fault[] = []
  for (const [pointer, address] of [
    ['/organisation/email', organisation.email],
    ['/alertsTo', alertsTo]
  ] as const) {
    if (findMailbox(address) === null)
      faults.push({ pointer, rule: 'mailbox', fix: 'Send one plain address such as privacy@example.com.' })
  }
  for (const name of ['website', 'privacyPolicyUrl'] as const) {
    const url = organisation[name]
    if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
      faults.push({ pointer: `/organisation/${name}`, rule: 'url', fix: 'Send an absolute https address.' })
    }
  }
  if (!locales.includes(defaultLocale)) {
    faults.push({ pointer: '/defaultLocale', rule: 'oneOfLocales', fix: `Send one of ${locales.join(', ')}.` })
  }
  return faults
}

function faultsOfPromises({ rights, promiseDays, fourEyes }: Policy): Fault[] {
  const faults: Fault[] = []
  const offered: readonly string[] = ['all', ...rights]
  for (const right of Object.keys(promiseDays).filter(right => !offered.includes(right))) {
    faults.push({
      pointer: `/promiseDays/${right}`,
      rule: 'offered',
      fix: 'Promise days for rights that are in rights, or for all.'
    })
  }
  for (const [index] of fourEyes.rights.entries().filter(([, right]) => !rights.includes(right))) {
    faults.push({ pointer: `/fourEyes/rights/${index}`, rule: 'offered', fix: 'Name rights that are in rights.' })
  }
  return faults
}
