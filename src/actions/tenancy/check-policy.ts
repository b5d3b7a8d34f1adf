// A tenant's policy, read strictly: a zone, a calendar or an authority that does not exist would only show in a wrong due date.

import { CALENDAR_IDS } from '../../calendars/calendar.ts'
import { authorityFor } from '../../domain/authorities.ts'
import { NO_HOLIDAYS } from '../../domain/deadline/holidays.ts'
import { isLocalDate, isTimeZone } from '../../domain/deadline/local-date.ts'
import type { Regime } from '../../domain/deadline/regime.ts'
import { REGIME_NAMES, REGIMES } from '../../domain/deadline/regimes.ts'
import { type Fault, invalid } from '../../domain/errors.ts'
import { findMailbox } from '../../domain/mailbox-address.ts'
import { POLICY_DEFAULTS, type Policy } from '../../domain/policy.ts'

/** A policy in which what the defaults say may be left out, and whose days nobody has read yet. */
export type PolicyDraft = Omit<Policy, keyof typeof POLICY_DEFAULTS> &
  Partial<Omit<Pick<Policy, keyof typeof POLICY_DEFAULTS>, 'ownHolidays'>> & {
    readonly ownHolidays?: readonly { readonly on: string; readonly name: string }[]
  }

/** The years for which there are calendars. */
const FIRST_DAY = '2017-01-01'
const LAST_DAY = '2041-12-31'
const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/

/**
 * The whole policy that a draft amounts to.
 * @throws {HabeasError} `invalid` with every fault at once
 */
export function checkPolicy(draft: PolicyDraft): Policy {
  const policy = { ...POLICY_DEFAULTS, ...draft } as Policy
  const faults = [
    ...faultsOfPlace(policy),
    ...faultsOfLaws(policy),
    ...faultsOfOwnHolidays(policy),
    ...faultsOfWords(policy),
    ...faultsOfPromises(policy)
  ]
  if (faults.length > 0) throw invalid('The policy does not hold together.', ...faults)
  return policy
}

function faultsOfPlace({ timeZone, holidays, authority }: Policy): Fault[] {
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
  return faults
}

function faultsOfLaws({ regimes, controllerKind }: Policy): Fault[] {
  const faults: Fault[] = []
  for (const place of Object.keys(regimes.byPlace).filter(place => !PLACE.test(place))) {
    faults.push({
      pointer: `/regimes/byPlace/${place}`,
      rule: 'place',
      fix: 'Name places as an ISO country, or country and region: CA, US-CA.'
    })
  }
  const named = [
    ['default', regimes.default],
    ...(regimes.baseline === undefined ? [] : [['baseline', regimes.baseline] as const]),
    ...Object.entries(regimes.byPlace).map(([place, name]) => [`byPlace/${place}`, name] as const)
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
  for (const [name, calendar] of Object.entries(regimes.holidays ?? {})) {
    if (calendar === NO_HOLIDAYS.id || CALENDAR_IDS.includes(calendar)) continue
    const fix = `Send one of ${CALENDAR_IDS.join(', ')}, or ${NO_HOLIDAYS.id}.`
    faults.push({ pointer: `/regimes/holidays/${name}`, rule: 'enum', fix })
  }
  const kinds = [...new Set(REGIME_NAMES.flatMap(name => Object.keys((REGIMES[name] as Regime).controllerKinds)))]
  if (controllerKind !== undefined && !kinds.includes(controllerKind)) {
    faults.push({ pointer: '/controllerKind', rule: 'enum', fix: `Send one of ${kinds.join(', ')}, or leave it out.` })
  }
  return faults
}

/** A day that does not exist, or lies where nothing is reckoned, is a slip of the pen; so is one that is there twice. */
function faultsOfOwnHolidays({ ownHolidays }: Policy): Fault[] {
  return ownHolidays.flatMap(({ on }, index) => {
    const pointer = `/ownHolidays/${index}/on`
    if (!isLocalDate(on) || on < FIRST_DAY || on > LAST_DAY) {
      return [
        { pointer, rule: 'range', fix: `Send a day that exists, from ${FIRST_DAY} to ${LAST_DAY}, as YYYY-MM-DD.` }
      ]
    }
    const isRepeated = ownHolidays.findIndex(other => other.on === on) < index
    return isRepeated ? [{ pointer, rule: 'unique', fix: 'Name each day once.' }] : []
  })
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
