// What each letter is told. Plain data that survives JSON, so that a letter can be queued as facts and rendered when it leaves.
// Letters travel by mail: apart from the name in the greeting they carry no personal data, only references, dates and links.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { State } from '../domain/lifecycle.ts'
import type { MovedDate } from '../domain/moved-dates.ts'
import type { NextAction } from '../domain/next-step.ts'
import type { Right, TaskKind } from '../domain/rights.ts'
import type { Requester } from '../domain/subject-request.ts'
import type { DisabledReason } from '../domain/webhooks.ts'
import type { Sender, ToPerson } from './addressee.ts'
import type { AlsoDue, ExtensionFacts, PauseFacts, ResumptionFacts } from './clock-facts.ts'
import type { CancelledFacts, ForwardingFacts, RestrictionLiftFacts, WithdrawnFacts } from './ending-facts.ts'
import type { DownloadCodeFacts, PackageDownloadedFacts } from './package-facts.ts'
import type { ResponseFacts } from './response-facts.ts'

/** One right of a case with its own clock. */
export interface Period {
  readonly right: Right
  /** The last day for the answer; null where the law says only "without undue delay". */
  readonly dueOn: LocalDate | null
  /** The day the tenant promises or aims for, where it is earlier. */
  readonly targetOn: LocalDate | null
  /** Where two laws apply, the day that each of them sets; else empty. */
  readonly laws: readonly AlsoDue[]
}

export interface VerificationFacts extends ToPerson {
  readonly rights: readonly Right[]
  /** As what somebody else asks; null or missing where the person does. Who it is stands on the page: it is a stranger's word. */
  readonly asks?: Requester['relation'] | null
  readonly receivedOn: LocalDate
  readonly link: string
  /** Eight characters, shown exactly as they have to be typed. */
  readonly code: string
  readonly expiresOn: LocalDate
}

export interface VerificationExpiredFacts extends ToPerson {
  readonly rights: readonly Right[]
  readonly receivedOn: LocalDate
  readonly expiredOn: LocalDate
  /** Where the request can be made again. */
  readonly link: string
}

export interface ReceiptFacts extends ToPerson {
  readonly receivedOn: LocalDate
  readonly periods: readonly Period[]
  /** Where the request can be followed; null when there is no such page for it. */
  readonly link: string | null
}

export interface FreshLinkFacts extends ToPerson {
  readonly link: string
  readonly validUntilOn: LocalDate
}

export interface QuestionFacts extends ToPerson {
  readonly right: Right
  /** Written by staff. */
  readonly question: string
  readonly link: string
  /** Whether the period for the answer stands still until the reply. */
  readonly clockStops: boolean
  /** A law whose period goes on meanwhile. */
  readonly alsoDue: AlsoDue | null
}

export interface MessageFacts extends ToPerson {
  /** Written by staff. */
  readonly text: string
  readonly link: string
}

export interface ReopenedFacts extends ToPerson {
  readonly right: Right
  readonly reopenedOn: LocalDate
  readonly dueOn: LocalDate
  readonly link: string | null
}

/** Staff read no personal data in their mail: they follow the link, where their credentials decide. */
export interface ToStaff {
  readonly tenant: Sender
  readonly reference: string
  /** The API resource. */
  readonly link: string
}

export interface AlertFacts extends ToStaff {
  readonly right: Right
  readonly state: State
  readonly receivedOn: LocalDate
  readonly dueOn: LocalDate | null
}

export interface NewRequestFacts extends AlertFacts {
  /** Whether the work waits for staff to record or decide something first, also where it starts by itself. */
  readonly waitsForStaff?: boolean
}

export interface DueAlertFacts extends AlertFacts {
  readonly dueOn: LocalDate
  /** Days left until `dueOn`, or by which it has passed; never negative. */
  readonly days: number
}

export interface AcknowledgeAlertFacts extends AlertFacts {
  /** The last day for telling the person that their request has arrived. */
  readonly acknowledgeBy: LocalDate
  /** Days left until then; negative when it has passed. */
  readonly days: number
}

/** One line of a digest: a request, and the day that comes near, is here or has passed. */
export interface DigestItem {
  readonly reference: string
  readonly right: Right
  readonly about: 'answer' | 'acknowledgement'
  readonly on: LocalDate
  /** Days left until then; negative when it has passed. */
  readonly days: number
  readonly nextStep: NextAction | null
}

export interface DigestFacts extends ToStaff {
  /** The most urgent first. */
  readonly items: readonly DigestItem[]
  /** How many further ones there are. */
  readonly more: number
}

/** A request with a date that is no longer what it was, because public holidays changed. */
export interface MovedItem extends MovedDate {
  readonly reference: string
  readonly right: Right
}

export interface MovedDatesFacts extends ToStaff {
  readonly items: readonly MovedItem[]
  /** How many further ones there are. */
  readonly more: number
}

export interface UndeliverableFacts extends AlertFacts {
  readonly letter: LetterKind
  readonly failedOn: LocalDate
}

export interface LookAgainFacts extends AlertFacts {
  /** The last day on which the answer kept something back. */
  readonly until: LocalDate
}

export interface MailToSortFacts extends ToStaff {
  readonly receivedOn: LocalDate
}

export interface WebhookDisabledFacts extends ToStaff {
  readonly reason: Exclude<DisabledReason, 'staff'>
  readonly failingSinceOn: LocalDate
}

export interface TaskAssignedFacts extends AlertFacts {
  readonly task: TaskKind
  readonly system: string
}

export interface TaskFailedFacts extends TaskAssignedFacts {
  /** How often in a row it was tried. */
  readonly failures: number
}

export interface FactsByKind {
  readonly verification: VerificationFacts
  readonly verification_reminder: VerificationFacts
  readonly verification_expired: VerificationExpiredFacts
  readonly verified: ReceiptFacts
  readonly acknowledgement: ReceiptFacts
  readonly fresh_link: FreshLinkFacts
  readonly clarification_question: QuestionFacts
  readonly message: MessageFacts
  readonly extension: ExtensionFacts
  readonly pause_notice: PauseFacts
  readonly resumption_notice: ResumptionFacts
  readonly forwarding: ForwardingFacts
  readonly withdrawn: WithdrawnFacts
  readonly cancelled_notice: CancelledFacts
  readonly reopened: ReopenedFacts
  readonly response: ResponseFacts
  readonly restriction_lift_notice: RestrictionLiftFacts
  readonly package_downloaded: PackageDownloadedFacts
  readonly download_code: DownloadCodeFacts
  readonly alert_new_request: NewRequestFacts
  readonly alert_due_soon: DueAlertFacts
  readonly alert_due: DueAlertFacts
  readonly alert_overdue: DueAlertFacts
  readonly alert_acknowledge: AcknowledgeAlertFacts
  readonly alert_digest: DigestFacts
  readonly alert_dates_moved: MovedDatesFacts
  readonly alert_message_received: AlertFacts
  readonly alert_task_failed: TaskFailedFacts
  readonly alert_not_requested: AlertFacts
  readonly alert_undeliverable: UndeliverableFacts
  readonly alert_package_failed: AlertFacts
  readonly alert_can_go_on: AlertFacts
  readonly alert_look_again: LookAgainFacts
  readonly alert_mail_to_sort: MailToSortFacts
  readonly alert_webhook_disabled: WebhookDisabledFacts
  readonly task_assigned: TaskAssignedFacts
}

export const LETTER_KINDS = [
  'verification',
  'verification_reminder',
  'verification_expired',
  'verified',
  'acknowledgement',
  'fresh_link',
  'clarification_question',
  'message',
  'extension',
  'pause_notice',
  'resumption_notice',
  'forwarding',
  'withdrawn',
  'cancelled_notice',
  'reopened',
  'response',
  'restriction_lift_notice',
  'package_downloaded',
  'download_code',
  'alert_new_request',
  'alert_due_soon',
  'alert_due',
  'alert_overdue',
  'alert_acknowledge',
  'alert_digest',
  'alert_dates_moved',
  'alert_message_received',
  'alert_task_failed',
  'alert_not_requested',
  'alert_undeliverable',
  'alert_package_failed',
  'alert_can_go_on',
  'alert_look_again',
  'alert_mail_to_sort',
  'alert_webhook_disabled',
  'task_assigned'
] as const satisfies readonly (keyof FactsByKind)[]

export type LetterKind = (typeof LETTER_KINDS)[number]

/** With a code in it that proves who the person is: nobody else may read it, staff not either. */
export const KINDS_WITH_CODE: readonly LetterKind[] = ['verification', 'verification_reminder', 'download_code']
