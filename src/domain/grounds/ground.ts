// One lawful reason, as the law offers it: for which right, under which regime, and what must be said with it.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'

/** What a ground may justify: saying no, keeping a part back, stopping the clock, taking more time. */
export const GROUND_USES = ['refuse', 'withhold', 'pause', 'extend'] as const
export type GroundUse = (typeof GROUND_USES)[number]

/** Every code with its name for staff. The sentence for the person stands in the letters' catalogues under the same code. */
export const GROUND_LABELS = {
  accurate_as_recorded: 'The data are accurate as recorded',
  agent_not_authorised: 'The agent has not shown an authority to act',
  alternative_format: 'More time to convert into an alternative format',
  appeal_denied: 'The appeal did not change the decision',
  archiving_research: 'Archiving, research or statistics would be seriously impaired',
  authorised_by_law: 'The automated decision is authorised by law',
  clarification: 'The person was asked to specify the request',
  commercially_sensitive: 'Would reveal a commercially sensitive decision or information',
  compelling_grounds: 'Compelling legitimate grounds override the objection',
  complaint_not_upheld: 'The complaint was not upheld',
  complete_transaction: 'Needed to complete the transaction or contract',
  complexity: 'The request is complex',
  conflicts_with_law: 'Another law forbids it',
  consultations: 'Others must be consulted first',
  contract_necessary: 'The automated decision is necessary for a contract',
  debugging: 'Needed to find and repair errors',
  direct_transfer_not_feasible: 'Direct transmission is not technically feasible',
  dispute_resolution: 'Generated in a formal dispute resolution process',
  electronic_communications_law: 'Kept under the electronic communications privacy law',
  enforcement: 'Would prejudice enforcement activities',
  evaluative_material: 'Evaluative or opinion material given in confidence',
  excessive_abusive: 'Abusive request',
  excessive_repetitive: 'Repetitive request',
  exempt_by_statute: 'The statute exempts these data',
  explicit_consent: 'The automated decision rests on explicit consent',
  fact_or_law_reasons: 'Reasons of fact or law prevent it',
  fraudulent: 'The request is believed to be fraudulent',
  freedom_of_expression: 'Freedom of expression and information',
  frivolous_vexatious: 'Frivolous or vexatious request',
  ground_not_met: 'None of the conditions for restriction is met',
  identity: 'Proof of identity was asked for',
  identity_not_confirmed: 'Identity could not be confirmed',
  internal_expected_use: 'Internal use that the person can expect',
  large_quantity: 'A large quantity of information must be searched',
  legal_claims: 'Legal claims',
  legal_obligation: 'Legal obligation to keep the data',
  legal_privilege: 'Legal professional privilege',
  legal_proceedings: 'Pending or expected legal proceedings',
  manifestly_unfounded: 'Manifestly unfounded request',
  more_likely_accurate: 'More likely accurate than not',
  negotiations: 'Would reveal intentions in negotiations',
  never_disclosed_identifier: 'Held, but never disclosed in an answer',
  no_ground_17_1: 'None of the grounds for erasure applies',
  no_significant_effect: 'No legal or similarly significant effect',
  not_automated: 'Not processed by automated means',
  not_consent_or_contract: 'Processing rests on neither consent nor contract',
  not_consumer: 'Not a consumer in the sense of the law',
  not_controller: 'Somebody else is the controller',
  not_held: 'The information is not held',
  not_identifiable: 'The person cannot be identified in the data',
  not_provided_by_subject: 'Not provided by the person',
  not_readily_retrievable: 'The information is not readily retrievable',
  not_solely_automated: 'A person takes part in the decision',
  number_of_requests: 'The person made a number of requests',
  only_permitted_uses: 'Sensitive data are used only as permitted',
  opinion_correctly_recorded: 'An opinion that is recorded correctly',
  overriding_own_interest: 'Overriding interest of the controller',
  protect_individual: 'Protection of the person or the public',
  public_health: 'Public interest in public health',
  public_interest_research: 'Research or statistics in the public interest',
  public_task: 'Task in the public interest or official authority',
  repeated_6_months: 'The same correction was denied in the last six months',
  representative_authority: 'Proof of the representative’s authority was asked for',
  union_or_member_state_law: 'A national provision restricts the right',
  rights_of_others: 'Rights and freedoms of others',
  security: 'Needed for security and integrity',
  security_defence: 'Security, defence or international relations',
  serious_threat: 'Serious threat to life, health or safety',
  still_needed: 'Still needed for the purpose of collection',
  suspected_misconduct: 'Suspected unlawful activity or misconduct',
  trade_secret_ip: 'Trade secret or intellectual property',
  uk_exemption: 'Exemption under the Data Protection Act 2018',
  unlawful_access: 'Giving access would be unlawful',
  wrong_legal_basis: 'Objection does not apply to this legal basis'
} as const

export type GroundCode = keyof typeof GROUND_LABELS
export const GROUND_CODES = Object.keys(GROUND_LABELS) as GroundCode[]

export interface Ground {
  readonly code: GroundCode
  readonly use: readonly GroundUse[]
  readonly rights: readonly Right[]
  readonly regimes: readonly RegimeName[]
  readonly source: string
  /** The facts of this case in plain words: the controller bears the burden of proof. */
  readonly requiresNote: boolean
  /** The last day it holds, when the data are looked at again. */
  readonly requiresEndDate: boolean
  /** The provision relied on, because the ground alone only points to "the law". */
  readonly requiresCitation: boolean
}

/** A row as written down: what it does not ask for is left out. */
export type GroundRow = Pick<Ground, 'code' | 'use' | 'rights' | 'regimes' | 'source'> &
  Partial<Pick<Ground, 'requiresNote' | 'requiresEndDate' | 'requiresCitation'>>
