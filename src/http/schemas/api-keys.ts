// API keys on the wire.

import { Type } from 'typebox'
import { SCOPES } from '../../domain/actor.ts'
import { API_KEY_KINDS } from '../../storage/api-key-secrets.ts'
import { EXAMPLE_ID, Id, Instant, pageOf, strict, Version } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const ScopeName = Type.Enum([...SCOPES])

const parts = {
  id: Id,
  version: Version,
  name: Type.String({ minLength: 1, maxLength: 100 }),
  prefix: Type.String({ description: 'Its first characters, to tell keys apart.' }),
  scopes: Type.Array(ScopeName, { minItems: 1, uniqueItems: true, maxItems: SCOPES.length }),
  createdBy: nullable(Type.String()),
  createdAt: Instant,
  expiresAt: nullable(Instant),
  revokedAt: nullable(Instant)
}

const EXAMPLE = {
  id: EXAMPLE_ID,
  version: 1,
  name: 'Web shop',
  prefix: 'hab_live_Zk3v',
  scopes: ['requests:write', 'checks:read'],
  createdBy: 'auth0|66d2f1',
  createdAt: '2026-02-20T10:00:00Z',
  expiresAt: null,
  revokedAt: null
}

export const ApiKey = strict(parts, { $id: 'ApiKey', examples: [EXAMPLE] })

export const IssuedApiKey = strict(
  {
    ...parts,
    secret: nullable(Type.String(), {
      description:
        'The key itself, shown this once. Null when the call is repeated with its Idempotency-Key: revoke the key and issue another.'
    })
  },
  { $id: 'IssuedApiKey', examples: [{ ...EXAMPLE, secret: 'hab_live_Zk3vQ0mN8rT5wY2bC7dF4gH1jL6pS9xA3eK0uR' }] }
)

export const NewApiKey = strict(
  {
    name: parts.name,
    scopes: parts.scopes,
    kind: Type.Optional(
      Type.Enum([...API_KEY_KINDS], {
        description: 'What the tenant is anyway: `test` in a sandbox, else `live`. Anything else is refused.'
      })
    ),
    expiresAt: Type.Optional(parts.expiresAt)
  },
  { $id: 'NewApiKey', examples: [{ name: 'Web shop', scopes: ['requests:write', 'checks:read'], expiresAt: null }] }
)

export const ApiKeys = pageOf(refer(ApiKey), { $id: 'ApiKeys' })

export type ApiKey = Wire<typeof ApiKey>
