// The corrections that a person proposes, and what staff decided of each (GDPR Art. 16).

import type { DecidedChange, Decision, Details, Outcome, ProposedChange } from './subject-request.ts'

/** Those that nobody has accepted or rejected yet. */
export function undecidedChanges({ changes = [] }: Details, decision: Decision | null): readonly ProposedChange[] {
  const decided = new Set(decision?.changes.map(({ field }) => field))
  return changes.filter(({ field }) => !decided.has(field))
}

/** Those that a system may be asked to make: only what somebody accepted. */
export function acceptedChanges({ changes = [] }: Details, decision: Decision | null): readonly ProposedChange[] {
  const accepted = new Set(decision?.changes.filter(change => change.accepted).map(({ field }) => field))
  return changes.filter(({ field }) => accepted.has(field))
}

/** Whether corrections were proposed and every one of them was rejected: then no system has anything to do. */
export function allRejected({ changes = [] }: Details, decision: Decision | null): boolean {
  const rejected = new Set(decision?.changes.filter(change => !change.accepted).map(({ field }) => field))
  return changes.length > 0 && changes.every(({ field }) => rejected.has(field))
}

/** What was decided already, and everything else accepted. */
export function withTheRestAccepted(details: Details, decision: Decision | null): readonly DecidedChange[] {
  const rest = undecidedChanges(details, decision).map(asProposed)
  return [...(decision?.changes ?? []), ...rest.map(change => ({ ...change, accepted: true }))]
}

/**
 * What stands of decisions once the person is found to ask for something else: a correction that reads otherwise was not
 * decided by anybody.
 */
export function stillProposed(before: Details, after: Details, decided: readonly DecidedChange[]): DecidedChange[] {
  const proposals = ({ changes = [] }: Details, field: string) =>
    changes.filter(change => change.field === field).map(change => change.proposed)
  const isSame = (field: string) => JSON.stringify(proposals(before, field)) === JSON.stringify(proposals(after, field))
  return decided.filter(({ field }) => isSame(field) && proposals(after, field).length > 0)
}

/** A change as it was proposed, in the terms of a decision. */
export function asProposed({ field, current, proposed }: ProposedChange): Omit<DecidedChange, 'accepted'> {
  return { field, before: current ?? null, after: proposed }
}

/**
 * The outcome that rejected corrections leave: never "granted", and a refusal when all were rejected.
 * @param outcome  what the systems' answers or staff say otherwise; null: nobody says
 */
export function outcomeWithRejected(
  outcome: Outcome | null,
  details: Details,
  decided: readonly DecidedChange[]
): Outcome | null {
  if (outcome === 'forwarded' || decided.every(change => change.accepted)) return outcome
  const everyOne = (details.changes ?? []).every(({ field }) =>
    decided.some(change => change.field === field && !change.accepted)
  )
  if (everyOne) return 'refused'
  return outcome === null ? null : 'partly_granted'
}

/** The ground of the first correction that was rejected: what stands for all of them in the row. */
export function groundOfRejected(decided: readonly DecidedChange[]): string | null {
  return decided.find(change => !change.accepted)?.ground ?? null
}
