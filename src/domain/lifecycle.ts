// The life of a subject request, as data. The OpenAPI text, the diagram in the README and the tests are made from
// this one table; the database's walls are compared with it.

import { HabeasError } from './errors.ts'

/** Who moves a request. A staff member with the role `approver` or `admin` acts as an agent. */
export type Mover = 'subject' | 'agent' | 'integration' | 'system'
export const MOVERS = ['subject', 'agent', 'integration', 'system'] as const

interface Move {
  readonly to: string
  readonly by: readonly Mover[]
}

/** Withdrawn by the person or on their word; cancelled as a duplicate, spam or a mistake. Open until the answer is out. */
const untilResponded = {
  withdraw: { to: 'withdrawn', by: ['subject', 'agent'] },
  cancel: { to: 'cancelled', by: ['agent'] }
} as const

/** Before anybody has proven who they are, whoever reads the mailbox may say "I did not ask for this". */
const untilVerified = { ...untilResponded, cancel: { to: 'cancelled', by: ['agent', 'subject'] } } as const

const refuse = { to: 'in_review', by: ['agent'] } as const
const verify = { to: 'verified', by: ['subject', 'agent', 'integration'] } as const
const askVerification = { to: 'awaiting_verification', by: ['agent', 'integration', 'system'] } as const
const askClarification = { to: 'awaiting_clarification', by: ['agent'] } as const

/** From a state, what may happen, where it leads, and who may do it. A state without moves is final. */
export const LIFECYCLE = {
  received: { ask_verification: askVerification, verify, refuse, ...untilVerified },
  awaiting_verification: {
    ask_verification: askVerification,
    verify,
    expire: { to: 'expired', by: ['system'] },
    refuse,
    ...untilVerified
  },
  verified: {
    start: { to: 'in_fulfilment', by: ['agent', 'system'] },
    ask_clarification: askClarification,
    forward: { to: 'in_review', by: ['agent'] },
    refuse,
    ...untilResponded
  },
  awaiting_clarification: { clarify: { to: 'verified', by: ['subject', 'agent'] }, refuse, ...untilResponded },
  in_fulfilment: {
    finish: { to: 'in_review', by: ['system', 'agent'] },
    ask_clarification: askClarification,
    refuse,
    ...untilResponded
  },
  in_review: {
    respond: { to: 'responded', by: ['agent'] },
    rework: { to: 'in_fulfilment', by: ['agent'] },
    ...untilResponded
  },
  responded: {
    close: { to: 'closed', by: ['system', 'agent'] },
    reopen: { to: 'verified', by: ['subject', 'agent'] }
  },
  closed: {},
  expired: {},
  withdrawn: {},
  cancelled: {}
} as const satisfies Record<string, Readonly<Record<string, Move>>>

export type State = keyof typeof LIFECYCLE
type MovesOf<S extends State> = keyof (typeof LIFECYCLE)[S]
export type MoveName = { [S in State]: MovesOf<S> }[State] & string

export const STATES = Object.keys(LIFECYCLE) as State[]
export const MOVE_NAMES = [...new Set(STATES.flatMap(state => Object.keys(LIFECYCLE[state])))] as MoveName[]

/** The three stretches of the road, and its end, as a person would name them. */
export type Phase = 'verification' | 'fulfilment' | 'response' | 'ended'
export const PHASE_OF: Readonly<Record<State, Phase>> = {
  received: 'verification',
  awaiting_verification: 'verification',
  verified: 'fulfilment',
  awaiting_clarification: 'fulfilment',
  in_fulfilment: 'fulfilment',
  in_review: 'response',
  responded: 'response',
  closed: 'ended',
  expired: 'ended',
  withdrawn: 'ended',
  cancelled: 'ended'
}

const movesFrom = (state: State): Readonly<Record<string, Move>> => LIFECYCLE[state]

/** Every edge of the table, one row each. */
export const EDGES: readonly { from: State; move: MoveName; to: State; by: readonly Mover[] }[] = STATES.flatMap(from =>
  Object.entries(movesFrom(from)).map(([move, { to, by }]) => ({ from, move: move as MoveName, to: to as State, by }))
)

/** Whether nothing can follow. */
export function isFinal(state: State): boolean {
  return Object.keys(LIFECYCLE[state]).length === 0
}

/** States whose clock still runs: no answer went out and none is no longer owed. */
export const OPEN_STATES: readonly State[] = STATES.filter(state => 'withdraw' in LIFECYCLE[state])

/** What may be done while the right is only guessed from a mail: end it. All else waits until staff confirm or correct it. */
export const MOVES_ON_A_GUESS: readonly MoveName[] = ['withdraw', 'cancel']

/** From proof of identity to the answer: proposed corrections are accepted or rejected one by one. */
export const CHANGES_DECIDED_IN: readonly State[] = STATES.filter(
  state => PHASE_OF[state] === 'fulfilment' || canMove(state, 'respond', 'agent')
)

/** What `mover` may do next from `state`. */
export function movesOpenTo(mover: Mover, state: State): MoveName[] {
  return EDGES.filter(edge => edge.from === state && edge.by.includes(mover)).map(edge => edge.move)
}

/** Whether the table has the move. */
export function canMove(state: State, move: MoveName, mover: Mover): boolean {
  return EDGES.some(edge => edge.from === state && edge.move === move && edge.by.includes(mover))
}

/**
 * Where a move leads.
 * @throws {HabeasError} `move_not_allowed` when the table has no such move for this mover
 */
export function nextState(state: State, move: MoveName, mover: Mover): State {
  const edge = EDGES.find(edge => edge.from === state && edge.move === move && edge.by.includes(mover))
  if (edge === undefined) {
    throw new HabeasError('move_not_allowed', `The ${mover} cannot ${move} a request that is ${state}.`, {
      state,
      move,
      allowedActions: movesOpenTo(mover, state)
    })
  }
  return edge.to
}
