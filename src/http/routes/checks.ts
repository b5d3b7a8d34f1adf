// May these people be processed for this purpose? A hot route: asked before every mail and every profile, by the thousand.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { invalid } from '../../domain/errors.ts'
import { DIRECT_MARKETING, forbids, purposeForm } from '../../domain/register.ts'
import type { Identifier } from '../../domain/subject-request.ts'
import { gatherChecks, marketingPurposes, type Standing, type StandingByKey } from '../../storage/checks.ts'
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
          'An objection forbids its purpose, an objection to direct marketing all of it; an erasure forbids everything.'
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
      const marketing = directMarketing || (await isMarketing(db, who.tenantId, asked, standing))
      return {
        data: subjects.map(({ ref = null }, line) => ({ ref, ...verdict(keys[line]!, standing, asked, marketing) }))
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

/** Only an objection to direct marketing makes it matter what the data map calls marketing, and few people have one. */
async function isMarketing(db: Database, tenantId: string, asked: string, standing: StandingByKey): Promise<boolean> {
  if (asked === DIRECT_MARKETING) return true
  const matters = standing.values().some(entries => entries.some(entry => entry.purpose === DIRECT_MARKETING))
  if (!matters) return false
  return (await marketingPurposes(db, tenantId)).some(purpose => purposeForm(purpose) === asked)
}

function verdict(keys: readonly string[], standing: StandingByKey, asked: string, marketing: boolean) {
  const found = keys.flatMap(key => standing.get(key) ?? NOTHING)
  if (found.length === 0) return FREE
  const forbidding = found.filter(entry => forbids(entry, asked, marketing))
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
