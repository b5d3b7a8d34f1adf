// The demo is its own issuer: tokens of the seeded staff, good for a year and only here.

import jwt from '@fastify/jwt'
import Fastify from 'fastify'
import type { StaffRole } from '../../src/domain/actor.ts'
import type { StaffTokenSettings } from '../../src/http/staff-tokens.ts'
import type { Key } from '../../src/storage/sealing.ts'
import type { TenantSeed } from './tenant-seed.ts'

const ISSUER = 'https://demo.habeas.example/'
const AUDIENCE = 'habeas-demo'
const LIFETIME_SECONDS = 366 * 24 * 3_600

export type SignStaffToken = (seed: TenantSeed, role: StaffRole) => Promise<string>

/** The settings that the service reads such tokens with, and what signs them. */
export function staffTokensOf(key: Key): { settings: StaffTokenSettings; sign: SignStaffToken } {
  const secret = key.bytes.toString('base64')
  const settings = {
    keys: { secret },
    issuer: ISSUER,
    audience: AUDIENCE,
    tenantClaim: 'tenant',
    rolesClaim: 'roles',
    maxLifetimeSeconds: LIFETIME_SECONDS
  }
  const signer = openSigner(secret)
  const sign: SignStaffToken = async ({ slug, staff }, role) => {
    const { subject: sub, name } = staff[role]
    const claims = { sub, name, tenant: slug, roles: [role] }
    return (await signer).jwt.sign(claims, { iss: ISSUER, aud: AUDIENCE, expiresIn: `${LIFETIME_SECONDS}s` })
  }
  return { settings, sign }
}

async function openSigner(secret: string) {
  const app = Fastify()
  await app.register(jwt, { secret })
  return app
}
