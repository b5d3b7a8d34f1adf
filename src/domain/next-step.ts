// What is to be done next, said in one sentence to whoever works on the request.

import {
  CHANGES_DECIDED_IN,
  MOVES_ON_A_GUESS,
  type MoveName,
  type Mover,
  movesOpenTo,
  OPEN_STATES,
  type State
} from './lifecycle.ts'

/** What can be done beside the moves of the lifecycle. */
export type ClockAction = 'extend' | 'pause' | 'resume' | 'confirm_right' | 'set_details' | 'decide'
export type Action = MoveName | ClockAction

export interface Situation {
  readonly state: State
  readonly rightGuessed: boolean
  readonly extendedAt: Date | null
  readonly pausedAt: Date | null
  readonly verifiedAt: Date | null
  readonly outcome: string | null
  readonly canBeExtended: boolean
  readonly canBePaused: boolean
  /** What nobody has said yet and the right cannot do without, in words for staff; null: nothing is missing. */
  readonly lacks: string | null
  /** Whether corrections are proposed that staff accept or reject one by one. */
  readonly proposesChanges: boolean
}

/**
 * What this mover may do now. What the table allows but the situation does not is left out.
 * @param mover  null for one who only reads
 */
export function allowedActions(mover: Mover | null, it: Situation): Action[] {
  if (mover === null) return []
  const moves = movesOpenTo(mover, it.state).filter(move => isPossible(move, it))
  return mover === 'agent' ? [...moves, ...agentsOwn(it)] : moves
}

function isPossible(move: string, it: Situation): boolean {
  if (it.rightGuessed) return (MOVES_ON_A_GUESS as readonly string[]).includes(move)
  if (move === 'respond') return it.outcome !== null
  if ((move === 'start' || move === 'rework') && it.lacks !== null) return false
  if (move === 'rework' || move === 'reopen') return it.verifiedAt !== null
  return true
}

function agentsOwn(it: Situation): ClockAction[] {
  if (!OPEN_STATES.includes(it.state)) return []
  if (it.rightGuessed) return ['confirm_right']
  const own: ClockAction[] = ['set_details']
  if (it.extendedAt === null && it.canBeExtended) own.push('extend')
  if (it.pausedAt !== null) own.push('resume')
  else if (it.canBePaused) own.push('pause')
  const decidesChanges = it.proposesChanges && CHANGES_DECIDED_IN.includes(it.state)
  if (decidesChanges || movesOpenTo('agent', it.state).includes('respond')) own.push('decide')
  return own
}

/** The step that brings the request on, by state. `who` has to take it. */
export interface NextStep {
  readonly action: Action | null
  readonly who: 'staff' | 'subject' | 'systems' | 'nobody'
  readonly sentence: string
}

const NEXT = {
  received: {
    action: 'ask_verification',
    who: 'staff',
    sentence: 'Ask the person to prove who they are, or confirm it in another way.'
  },
  awaiting_verification: {
    action: 'verify',
    who: 'subject',
    sentence: 'The person has to open the link in the mail and type its code.'
  },
  verified: { action: 'start', who: 'staff', sentence: 'Start fulfilment: each system that holds data gets its task.' },
  awaiting_clarification: {
    action: 'clarify',
    who: 'subject',
    sentence: 'The person was asked a question and has not answered yet.'
  },
  in_fulfilment: {
    action: 'finish',
    who: 'systems',
    sentence: 'The systems have tasks to end; the last one brings the request to review.'
  },
  in_review: { action: 'respond', who: 'staff', sentence: 'Read the preview of the answer, then send it.' },
  responded: { action: 'close', who: 'nobody', sentence: 'Answered. It closes by itself unless it is reopened.' },
  closed: { action: null, who: 'nobody', sentence: 'Closed.' },
  expired: { action: null, who: 'nobody', sentence: 'Nobody proved their identity in time.' },
  withdrawn: { action: null, who: 'nobody', sentence: 'Withdrawn.' },
  cancelled: { action: null, who: 'nobody', sentence: 'Cancelled.' }
} as const satisfies Readonly<Record<State, NextStep>>

/** The steps that can come next. */
export type NextAction = NonNullable<(typeof NEXT)[State]['action']> | 'confirm_right' | 'set_details' | 'decide'

/** @param it  without `lacks` and `proposesChanges` where what was asked is not read */
export function nextStepOf(
  it: Pick<Situation, 'state' | 'rightGuessed' | 'outcome'> & Partial<Pick<Situation, 'lacks' | 'proposesChanges'>>
): NextStep & { readonly action: NextAction | null } {
  if (it.rightGuessed && OPEN_STATES.includes(it.state)) {
    return { action: 'confirm_right', who: 'staff', sentence: 'The right was read from a mail: confirm or correct it.' }
  }
  if (NEXT[it.state].action === 'respond' && it.outcome === null) {
    return {
      action: 'decide',
      who: 'staff',
      sentence: 'Decide the outcome, then read the preview of the answer and send it.'
    }
  }
  const next = NEXT[it.state]
  if (next.action === 'start' && it.lacks) {
    return { action: 'set_details', who: 'staff', sentence: `Record ${it.lacks}, or ask the person; then start.` }
  }
  if (next.action === 'start' && it.proposesChanges) {
    return { ...next, sentence: 'Reject what is not to be changed, then start: that accepts every other change.' }
  }
  return next
}
