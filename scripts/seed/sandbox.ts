// A tenant for trying things out: its clock can be sent ahead. It has the promises, systems and staff of neexo, and nobody has asked
// it for anything yet.

import type { TenantSeed } from '../demo/tenant-seed.ts'
import { neexo } from './neexo.ts'

const NAME = 'Sandbox of Neexo'

export const sandbox: TenantSeed = {
  ...neexo,
  slug: 'sandbox',
  name: NAME,
  policy: { ...neexo.policy, organisation: { ...neexo.policy.organisation, name: NAME } },
  cases: []
}
