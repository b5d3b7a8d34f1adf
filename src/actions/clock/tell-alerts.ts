// Tells staff of the alerts that were raised: what is urgent in a mail of its own, the rest in one digest for each mailbox.

import { dayOfAlert, type Thresholds, thresholdOf } from '../../domain/alerts.ts'
import { dateIn, daysBetween, type LocalDate } from '../../domain/deadline/local-date.ts'
import { requestLink, requestListLink } from '../../domain/links.ts'
import { nextStepOf } from '../../domain/next-step.ts'
import type { Policy } from '../../domain/policy.ts'
import { inMinutes } from '../../domain/timers.ts'
import type { DigestItem } from '../../letters/facts.ts'
import { takeUntoldAlerts, type UntoldAlert } from '../../storage/alerts.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { findTimer, isAnyDue, takeTimer } from '../../storage/timers.ts'
import { type StaffMailbox, tellMailbox } from '../requests/tell.ts'
import { byMailbox, listed } from '../requests/tell-by-mailbox.ts'
import { thresholdsOf } from './plan-alerts.ts'

/** The digest waits for alerts that are still to be raised, but not for one that cannot be. */
const PATIENCE_MINUTES = 15
/** With more than these in a morning, mails of their own are no longer read: they lead the digest instead. */
const SINGLE_MAILS_AT_MOST = 5
const URGENT_DAYS_LEFT = 1

/** An alert as it is to be told: what it is about, and whether the day of its threshold is today. */
interface News {
  readonly alert: UntoldAlert
  readonly item: DigestItem
  readonly isUrgent: boolean
}

/**
 * Takes the timer of a digest and queues what is to be told, once: to whoever a request is assigned to, and to the tenant's
 * mailbox. What comes late, because nobody worked for a while, comes in the digest however urgent: one mail, not fifty.
 * @returns whether it did, or left the digest for later because alerts of this moment are still to be raised
 */
export async function tellAlerts(scope: Scope, timerId: string): Promise<boolean> {
  const digest = await findTimer(scope, timerId)
  if (digest === undefined) return false
  if (inMinutes(digest.dueAt, PATIENCE_MINUTES) > scope.now && (await isAnyDue(scope, 'alert:%'))) return false
  if ((await takeTimer(scope, timerId)) === undefined) return false

  const { body: policy } = await currentPolicy(scope)
  const news = newest(await takeUntoldAlerts(scope)).map(alert => asNews(alert, thresholdsOf(policy), scope.now))
  for (const { mailbox, theirs } of await byMailbox(scope, policy, news, ({ alert }) => alert.assignee)) {
    const urgent = theirs.filter(({ isUrgent }) => isUrgent)
    const single = urgent.length <= SINGLE_MAILS_AT_MOST ? urgent : []
    for (const one of single) await tellOfOne(scope, policy, mailbox, one)
    await tellTogether(
      scope,
      policy,
      mailbox,
      theirs.filter(one => !single.includes(one)).map(({ item }) => item)
    )
  }
  return true
}

/** After an outage a request may have passed several thresholds: it is told of as it stands now, once for each concern. */
function newest(alerts: readonly UntoldAlert[]): UntoldAlert[] {
  const last = new Map<string, UntoldAlert>()
  for (const alert of alerts) {
    const { about, days } = thresholdOf(alert.kind)
    const key = `${alert.requestId} ${about}`
    const known = last.get(key)
    if (known === undefined || thresholdOf(known.kind).days < days) last.set(key, alert)
  }
  return [...last.values()]
}

function asNews(alert: UntoldAlert, thresholds: Thresholds, now: Date): News {
  const { reference, right, aboutOn, kind } = alert
  const { timeZone } = thresholds.policy
  const threshold = thresholdOf(kind)
  const days = daysBetween(dateIn(timeZone, now), aboutOn)
  const isFresh = dateIn(timeZone, alert.raisedAt) === dayOfAlert(thresholds, aboutOn, threshold)
  return {
    alert,
    item: { reference, right, about: threshold.about, on: aboutOn, days, nextStep: nextStepOf(alert).action },
    isUrgent: isFresh && days <= URGENT_DAYS_LEFT
  }
}

async function tellOfOne(scope: Scope, policy: Policy, to: StaffMailbox, { alert, item }: News): Promise<void> {
  const { reference, right, state, receivedOn, dueOn, requestId } = alert
  const about = { reference, link: requestLink(scope.publicUrl, requestId), right, state, receivedOn, dueOn }
  if (item.about === 'acknowledgement') {
    const facts = { ...about, acknowledgeBy: item.on, days: item.days }
    await tellMailbox(scope, policy, to, 'alert_acknowledge', facts)
    return
  }
  const kind = item.days > 0 ? 'alert_due_soon' : item.days === 0 ? 'alert_due' : 'alert_overdue'
  await tellMailbox(scope, policy, to, kind, { ...about, dueOn: item.on, days: Math.abs(item.days) })
}

async function tellTogether(
  scope: Scope,
  policy: Policy,
  to: StaffMailbox,
  items: readonly DigestItem[]
): Promise<void> {
  const sorted = items.toSorted((a, b) => compare(a.on, b.on))
  const [first] = sorted
  if (first === undefined) return
  await tellMailbox(scope, policy, to, 'alert_digest', {
    reference: first.reference,
    link: requestListLink(scope.publicUrl),
    ...listed(sorted)
  })
}

const compare = (a: LocalDate, b: LocalDate): number => (a < b ? -1 : a > b ? 1 : 0)
