// What a tenant promises, and what that comes to for one request.

import t from 'tap'
import { mirrorworks } from '../../scripts/seed/mirrorworks.ts'
import { neexo } from '../../scripts/seed/neexo.ts'
import { opifexhq } from '../../scripts/seed/opifexhq.ts'
import { checkPolicy } from '../../src/actions/tenancy/check-policy.ts'
import { REGIMES, type RegimeName } from '../../src/domain/deadline/regimes.ts'
import {
  lawBeside,
  lawFor,
  needsSecondPerson,
  POLICY_DEFAULTS,
  type Policy,
  promiseFor,
  regimeFor
} from '../../src/domain/policy.ts'
import { RIGHT_RULES, RIGHTS, type Right } from '../../src/domain/rights.ts'

t.test('The law of a request is that of the state, else of the country, else of the tenant', async t => {
  const rows: [string | null, string | null, RegimeName, string][] = [
    ['AU', 'NSW', 'au-privacy', 'at home'],
    [null, null, 'au-privacy', 'nobody knows where: the baseline for everybody'],
    ['BR', null, 'au-privacy', 'a place that the policy does not name'],
    ['ES', null, 'eu-gdpr', 'a member state'],
    ['NO', null, 'eu-gdpr', 'the EEA is more than the Union'],
    ['CH', null, 'au-privacy', 'Switzerland is in neither'],
    ['GB', 'SCT', 'uk-gdpr', 'a part of a country without a row of its own'],
    ['US', 'CA', 'us-ca', 'a state with one'],
    ['US', 'TX', 'au-privacy', 'another state'],
    ['US', null, 'au-privacy', 'no state said'],
    ['CA', null, 'ca-pipeda', 'Canada is not California'],
    ['CA', 'QC', 'ca-pipeda', 'the policy promises PIPEDA to all Canadians'],
    ['NZ', null, 'nz-privacy', 'New Zealand'],
    ['SG', null, 'sg-pdpa', 'Singapore'],
    [null, 'CA', 'au-privacy', 'a state of no country']
  ]
  for (const [country, region, expected, why] of rows) {
    t.equal(regimeFor(mirrorworks.policy, { country, region }), expected, why)
  }
})

t.test('The law kept for everybody applies beside the own one, and answers what that one does not know', async t => {
  const rows: [RegimeName, Right, RegimeName, RegimeName | null, string][] = [
    ['eu-gdpr', 'access', 'eu-gdpr', 'au-privacy', 'both know it'],
    ['eu-gdpr', 'objection', 'eu-gdpr', null, 'only the own law does'],
    ['us-ca', 'complaint', 'au-privacy', null, 'only the baseline does'],
    ['us-ca', 'limit_use', 'us-ca', null, 'as only California does'],
    ['us-ca', 'objection', 'us-ca', null, 'neither does, and it will be refused under the own one'],
    ['au-privacy', 'access', 'au-privacy', null, 'at home there is one law']
  ]
  for (const [regime, right, expected, beside, why] of rows) {
    const law = lawFor(mirrorworks.policy, regime, right)
    t.equal(law, expected, why)
    t.equal(lawBeside(mirrorworks.policy, law, right), beside, why)
    t.equal(lawBeside(neexo.policy, regime, right), null, 'and without a baseline there is one law anywhere')
  }
})

t.test('A promise is made for one right or for all', async t => {
  t.equal(promiseFor(neexo.policy, 'access'), 30)
  t.equal(promiseFor(mirrorworks.policy, 'complaint'), 30)
  t.equal(promiseFor(mirrorworks.policy, 'access'), undefined, 'where none was made the law alone counts')
  t.equal(promiseFor(opifexhq.policy, 'access'), undefined)
  t.equal(promiseFor({ ...neexo.policy, promiseDays: { all: 30, access: 10 } }, 'access'), 10, 'its own comes first')
})

t.test('A second person sends what refuses, and what the tenant says', async t => {
  const relaxed: Policy = { ...neexo.policy, fourEyes: { rights: [], refusals: false } }
  const rows: [Policy, Right, boolean, boolean, string][] = [
    [neexo.policy, 'erasure', false, true, 'by default every erasure'],
    [neexo.policy, 'access', true, true, 'and every refusal'],
    [neexo.policy, 'access', false, false, 'and nothing else'],
    [relaxed, 'erasure', true, false, 'unless the tenant does without']
  ]
  for (const [policy, right, refuses, expected, why] of rows) {
    t.equal(needsSecondPerson(policy, right, refuses), expected, why)
  }
})

t.test('What is not chosen is the careful choice', async t => {
  const { fourEyes, verification } = POLICY_DEFAULTS
  const wantTwo = RIGHTS.filter(right => RIGHT_RULES[right].fourEyes)
  t.same(fourEyes, { rights: wantTwo, refusals: true })
  t.match(verification, { windowDays: 7, reminderAfterHours: 24 })
})

t.test('The policies of the seeded tenants hold together', async t => {
  for (const { slug, policy, systems, staff } of [opifexhq, neexo, mirrorworks]) {
    t.doesNotThrow(() => checkPolicy(policy), slug)
    t.equal(new Set(systems.map(system => system.slug)).size, systems.length, `${slug}: one slug a system`)
    t.equal(new Set(Object.values(staff).map(({ subject }) => subject)).size, 4, `${slug}: four people`)
    for (const { name, personalData, role, description } of systems) {
      const isSearched = personalData === 'held' && role === 'controller'
      t.ok(isSearched || description, `${slug}: ${name} is searched, or says why not`)
    }
  }
})

t.test('Every right that MirrorWorks names to a region is known to the law of that region', async t => {
  const named: Partial<Record<RegimeName, Right[]>> = {
    'au-privacy': ['access', 'portability', 'rectification', 'erasure', 'opt_out', 'complaint', 'information'],
    'eu-gdpr': ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdraw_consent'],
    'uk-gdpr': ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'withdraw_consent'],
    'us-ca': ['access', 'erasure', 'opt_out'],
    'ca-pipeda': ['access', 'rectification', 'withdraw_consent', 'complaint', 'erasure'],
    'nz-privacy': ['access', 'rectification', 'complaint', 'information', 'erasure'],
    'sg-pdpa': ['access', 'rectification', 'withdraw_consent', 'portability', 'erasure']
  }
  for (const [regime, rights] of Object.entries(named)) {
    for (const right of rights) {
      t.ok(mirrorworks.policy.rights.includes(right), `${right} is offered`)
      t.ok(REGIMES[regime as RegimeName].rights[right], `${regime} knows ${right}`)
    }
  }
})
