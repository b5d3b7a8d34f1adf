// What may be promised for later: the kinds of work and the ids they carry, never personal data.

interface ForTenant {
  readonly tenantId: string
}

export interface Jobs {
  /** Asks the person of a case to prove who they are. */
  readonly ask_verification: ForTenant & { readonly caseId: string }
  /** Tells the person of a case that was proven when it came in what happens now. */
  readonly begin_work: ForTenant & { readonly caseId: string }
  /** Confirms to the person of a case that it has arrived, where nothing else does. */
  readonly confirm_receipt: ForTenant & { readonly caseId: string }
  readonly send_letter: ForTenant & { readonly letterId: string }
  readonly start_fulfilment: ForTenant & { readonly requestId: string }
  /** Looks at an erasure that may have waited for a copy which is answered now. */
  readonly resume_waiting: ForTenant & { readonly requestId: string }
  readonly build_package: ForTenant & { readonly packageId: string }
  /** Reads what the public form was sent. */
  readonly open_submission: ForTenant & { readonly inboundId: string }
  /** Lets the clock of a sandbox go where it was sent. */
  readonly advance_clock: ForTenant
  /** Sets the next alerts of all open requests by the thresholds of a new policy. */
  readonly plan_alerts: ForTenant
  /** Brings the dates of open requests up to date with public holidays that have changed. */
  readonly follow_calendar: ForTenant
  /** Sends what is due of a webhook. */
  readonly deliver_webhooks: ForTenant & { readonly webhookId: string }
  /** Removes what lies in the object store and that nothing points at any more. */
  readonly remove_objects: ForTenant & { readonly keys: readonly string[] }
}

export type JobKind = keyof Jobs
