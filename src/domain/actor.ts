// Who acts: a staff member, an integration, a person through their link, or Habeas itself.

import type { Mover } from './lifecycle.ts'

/** What a staff member may be. An approver is an agent who may also give the second pair of eyes; an auditor only reads. */
export const STAFF_ROLES = ['agent', 'approver', 'admin', 'auditor'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** What an API key may be allowed to do. */
export const SCOPES = [
  'requests:read',
  'requests:write',
  'verification:assert',
  'tasks:read',
  'tasks:write',
  'checks:read',
  'deadlines:read',
  'reports:read',
  'inbound:write',
  'policy:read',
  'test-clock:read',
  'test-clock:write'
] as const
export type ApiScope = (typeof SCOPES)[number]

export interface Actor {
  readonly mover: Mover
  /** The staff member's `sub`, the API key's id; null for the subject and for Habeas itself. */
  readonly id: string | null
  readonly roles: readonly StaffRole[]
  readonly scopes: readonly ApiScope[]
}

/** Habeas itself, moved by time or by its own promises. */
export const SYSTEM: Actor = { mover: 'system', id: null, roles: [], scopes: [] }

/** The person, come in through a link that only their mailbox received. */
export const SUBJECT: Actor = { mover: 'subject', id: null, roles: [], scopes: [] }
