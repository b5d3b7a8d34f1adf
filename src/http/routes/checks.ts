// May these people be processed for this purpose? A hot route: asked before every mail and every profile, by the thousand.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { invalid } from '../../domain/errors.ts'
import { DIRECT_MARKETING, forbids, type PurposeFacts, purposeForm, SALE_OR_SHARING } from '../../domain/register.ts'
import type { Identifier } from '../../domain/subject-request.ts'
import { gatherChecks, optionalPurposes, type Standing, type StandingByKey } from '../../storage/checks.ts'
import { type Database, tenantOf } from '../../storage/database.ts'
import { registerKey } from '../../storage/register-keys.ts'
import type { TenantVault } from '../../storage/sealing.ts'
import { Check, Checked } from '../schemas/checks.ts'
import { NoQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'

type CheckedSubject = Check['subjects'][number]

export const checkRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  const askRegister = gatherChecks(db)
  for (const schema of [Check, Checked]) app.addSchema(schema)

  app.post(
    '/checks',
    {
      schema: {
        operationId: 'checkSubjects',
        tags: ['Register'],
        summary: 'Ask whether people may be processed for a purpose',
        description: [
          'Up to 1000 people at once; the answers come in the order of the question. A person is found by any identifier they are known by;',
          'the case of an address and the punctuation of a telephone number do not matter.',
          'A restriction forbids everything but `storage` (GDPR Art. 18(2)); its exceptions (consent, legal claims, the rights of another,',
          'an important public interest) are decided by a person and recorded with their ground, never given here.',
          'An objection forbids its purpose, an objection to direct marketing all of it; an opt-out forbids that too, and what the data map',
          'says that an opt-out ends. An erasure forbids everything.'
        ].join(' '),
        querystring: NoQuery,
        body: refer(Check),
        response: { 200: refer(Checked) }
      }
    },
    async request => {
      const who = request.who()
      const { subjects, purpose, directMarketing = false } = request.body
      const asked = namedPurpose(purpose)
      const { vault } = db.tenants.get(who.tenantId) ?? (await tenantOf(db, who))
      const keys = subjects.map((subject, line) => keysOf(vault, subject, line))
      const standing = await askRegister(who.tenantId, keys.flat())
      const known = await factsOf(db, who.tenantId, asked, standing)
      const facts = { ...known, marketing: known.marketing || directMarketing }
      return {
        data: subjects.map(({ ref = null }, line) => ({ ref, ...verdict(keys[line]!, standing, asked, facts) }))
      }
    }
  )
}

function namedPurpose(purpose: string): string {
  const form = purposeForm(purpose)
  if (form !== null) return form
  throw invalid('The purpose has no name that could stand in the register.', {
    pointer: '/purpose',
    rule: 'purpose',
    fix: 'Send a short name of letters, digits, spaces, hyphens and underscores, such as newsletter.'
  })
}

/** @throws {HabeasError} `invalid` for a line that names nobody, or an address that is none */
function keysOf(vault: TenantVault, { email, identifiers = [] }: CheckedSubject, line: number): string[] {
  if (email === undefined && identifiers.length === 0) {
    throw invalid('A line names nobody.', {
      pointer: `/subjects/${line}`,
      rule: 'required',
      fix: 'Send an email, or at least one identifier.'
    })
  }
  const keyOf = (identifier: Identifier, pointer: string) =>
    registerKey(vault, identifier, `/subjects/${line}/${pointer}`).toString('hex')
  const keys = identifiers.map((identifier, place) => keyOf(identifier, `identifiers/${place}/value`))
  if (email !== undefined) keys.push(keyOf({ kind: 'email', value: email }, 'email'))
  return keys
}

/** Only an objection to direct marketing and an opt-out make it matter what the data map says of a purpose, and few people have one. */
async function factsOf(db: Database, tenantId: string, asked: string, standing: StandingByKey): Promise<PurposeFacts> {
  const matters = standing.values().some(entries => entries.some(({ purpose }) => NEEDS_THE_MAP.includes(purpose)))
  if (!matters) return UNREMARKABLE
  const same = (await optionalPurposes(db, tenantId)).filter(({ purpose }) => purposeForm(purpose) === asked)
  return { marketing: same.some(({ marketing }) => marketing), optOut: same.some(({ optOut }) => optOut) }
}

const NEEDS_THE_MAP: readonly (string | null)[] = [DIRECT_MARKETING, SALE_OR_SHARING]
const UNREMARKABLE: PurposeFacts = { marketing: false, optOut: false }

function verdict(keys: readonly string[], standing: StandingByKey, asked: string, facts: PurposeFacts) {
  const found = keys.flatMap(key => standing.get(key) ?? NOTHING)
  if (found.length === 0) return FREE
  const forbidding = found.filter(entry => forbids(entry, asked, facts))
  return { mayProcess: forbidding.length === 0, because: inOrder(forbidding) }
}

const NOTHING: readonly Standing[] = []
const FREE = { mayProcess: true, because: [] }

/** The oldest first, and each once although the person is entered under several names. */
function inOrder(entries: readonly Standing[]): { kind: Standing['kind']; purpose: string | null; since: string }[] {
  const because = entries.map(({ kind, purpose, sinceAt }) => ({ kind, purpose, since: sinceAt.toISOString() }))
  const each = new Map(because.map(entry => [JSON.stringify(entry), entry]))
  return [...each.values()].sort((a, b) => (a.since < b.since ? -1 : 1))
}
