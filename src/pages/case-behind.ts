// The case behind a link, live or not, with what its pages need.

import { contactOf } from '../domain/contact.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Policy } from '../domain/policy.ts'
import type { Requester } from '../domain/subject-request.ts'
import { type CaseRow, findCase, peopleIfKept } from '../storage/cases.ts'
import type { Scope } from '../storage/database.ts'
import { currentPolicy } from '../storage/policies.ts'
import { requestsOfCase, type SubjectRequestRow } from '../storage/subject-requests.ts'
import { findToken, type Purpose, type TokenRow } from '../storage/tokens.ts'
import { type Frame, frameOf } from './layout.ts'
import { maskAddress } from './mask-address.ts'

export interface CaseBehind {
  readonly token: TokenRow
  readonly theirs: CaseRow
  readonly requests: readonly SubjectRequestRow[]
  readonly policy: Policy
  readonly frame: Frame
  /** When it was looked at, by the tenant's clock. */
  readonly now: Date
  /** Who asks for the person, where it is somebody else. */
  readonly requester: Requester | null
  /** Where we write to, so that its owner knows it and nobody else does; empty where there is none. */
  readonly maskedAddress: string
}

/** @throws {HabeasError} `link_not_valid` for a link that was never made, or not for this */
export async function caseBehind(scope: Scope, purpose: Purpose, secret: string): Promise<CaseBehind> {
  const token = await findToken(scope, purpose, secret)
  if (token === undefined) throw new HabeasError('link_not_valid', 'This link is not valid.')
  const theirs = await findCase(scope, token.caseId)
  const { body: policy } = await currentPolicy(scope)
  const people = peopleIfKept(scope, theirs)
  const address = (people === null ? null : contactOf(people, theirs.proof?.method ?? null).address) ?? ''
  return {
    token,
    theirs,
    requests: await requestsOfCase(scope, theirs.id),
    policy,
    frame: frameOf(scope.tenant.slug, policy, theirs.locale),
    now: scope.now,
    requester: people?.requester ?? null,
    maskedAddress: address === '' ? '' : maskAddress(address)
  }
}
