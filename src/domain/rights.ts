// The rights a person may exercise, and what each one needs, does and must answer.

/** The six of the GDPR first, then those that other laws and the tenants' regional promises add. */
export const RIGHTS = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdraw_consent',
  'automated_decision',
  'opt_out',
  'limit_use',
  'complaint',
  'appeal',
  'information'
] as const

export type Right = (typeof RIGHTS)[number]

/** What one system is asked to do for one request. */
export const TASK_KINDS = ['collect', 'correct', 'erase', 'restrict', 'stop', 'answer'] as const
export type TaskKind = (typeof TASK_KINDS)[number]

interface RightRule {
  /** The article or section that grants it. */
  readonly source: string
  /** What each system in scope does. */
  readonly task: TaskKind
  /** Whether the answer hands over the person's data in a package. */
  readonly handsOverData: boolean
  /** Whether the register of restricted, objecting and erased people changes with it. */
  readonly register: 'erased' | 'restricted' | 'objected' | null
  /** Whether a second person answers unless the tenant says otherwise. */
  readonly fourEyes: boolean
}

export const RIGHT_RULES: Readonly<Record<Right, RightRule>> = {
  access: { source: 'GDPR Art. 15', task: 'collect', handsOverData: true, register: null, fourEyes: false },
  rectification: { source: 'GDPR Art. 16', task: 'correct', handsOverData: false, register: null, fourEyes: false },
  erasure: { source: 'GDPR Art. 17', task: 'erase', handsOverData: false, register: 'erased', fourEyes: true },
  restriction: {
    source: 'GDPR Art. 18',
    task: 'restrict',
    handsOverData: false,
    register: 'restricted',
    fourEyes: false
  },
  portability: { source: 'GDPR Art. 20', task: 'collect', handsOverData: true, register: null, fourEyes: false },
  objection: { source: 'GDPR Art. 21', task: 'stop', handsOverData: false, register: 'objected', fourEyes: false },
  withdraw_consent: {
    source: 'GDPR Art. 7(3)',
    task: 'stop',
    handsOverData: false,
    register: 'objected',
    fourEyes: false
  },
  automated_decision: {
    source: 'GDPR Art. 22(3)',
    task: 'answer',
    handsOverData: false,
    register: null,
    fourEyes: false
  },
  opt_out: {
    source: 'Cal. Civ. Code 1798.120',
    task: 'stop',
    handsOverData: false,
    register: 'objected',
    fourEyes: false
  },
  limit_use: {
    source: 'Cal. Civ. Code 1798.121',
    task: 'stop',
    handsOverData: false,
    register: 'objected',
    fourEyes: false
  },
  complaint: {
    source: 'DPA 2018 s. 164A; Privacy Act 1988 (Cth) s. 40(1A)',
    task: 'answer',
    handsOverData: false,
    register: null,
    fourEyes: false
  },
  appeal: { source: 'Va. Code 59.1-577(C)', task: 'answer', handsOverData: false, register: null, fourEyes: false },
  information: {
    source: 'APP 1; PIPEDA Sch. 1 cl. 4.8',
    task: 'answer',
    handsOverData: false,
    register: null,
    fourEyes: false
  }
}
