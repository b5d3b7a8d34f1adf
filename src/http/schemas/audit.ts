// The proof of the history on the wire.

import { Type } from 'typebox'
import { CHECKPOINT_FAULTS } from '../../actions/proof/verify-history.ts'
import { Instant, listQuery, pageOf, strict } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'
import { BadLink } from './history.ts'

const NOTE = [
  'audit.example/acme',
  '12843',
  'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  'checkpoint 7',
  'requests 1024',
  'at 2026-02-20T10:00:00.000Z',
  'previous 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  '',
  '— audit.example/acme az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=',
  ''
].join('\n')

const CHECKPOINT = {
  seq: 7,
  at: '2026-02-20T10:00:00.000Z',
  requests: 1024,
  events: 12843,
  root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  keyId: '6b3de0ae',
  note: NOTE
}

export const Checkpoint = strict(
  {
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    requests: Type.Integer(),
    events: Type.Integer(),
    root: Type.String({
      description: 'SHA-256 over one line for each request, in order of its id: id, last entry, its hash. Base64.'
    }),
    keyId: Type.String({ description: 'Of the signing key under the origin, in hexadecimal.' }),
    note: Type.String({
      description: 'The signed statement (C2SP signed-note). Keep it where this service cannot reach it.'
    })
  },
  { $id: 'Checkpoint', examples: [CHECKPOINT] }
)

export const CheckpointPage = pageOf(refer(Checkpoint), { $id: 'CheckpointPage' })

export const CheckpointQuery = listQuery({})

export const AuditVerification = strict(
  {
    verified: Type.Boolean(),
    requests: Type.Integer(),
    events: Type.Integer(),
    firstBadLink: nullable(BadLink),
    checkpoint: nullable(refer(Checkpoint), { description: 'The newest one. Compare it with the copy you keep.' }),
    checkpoints: Type.Integer({ description: 'How many were verified.' }),
    firstBadCheckpoint: Type.Unsafe<{ seq: number; why: keyof typeof CHECKPOINT_FAULTS; detail: string } | null>({
      anyOf: [
        strict({
          seq: Type.Integer(),
          why: Type.Enum(Object.keys(CHECKPOINT_FAULTS) as (keyof typeof CHECKPOINT_FAULTS)[]),
          detail: Type.String()
        }),
        { type: 'null' }
      ]
    }),
    publicKey: Type.String({ description: 'The Ed25519 key that signs now, 32 bytes in base64.' })
  },
  {
    $id: 'AuditVerification',
    examples: [
      {
        verified: true,
        requests: 1030,
        events: 12901,
        firstBadLink: null,
        checkpoint: CHECKPOINT,
        checkpoints: 7,
        firstBadCheckpoint: null,
        publicKey: '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo='
      }
    ]
  }
)

export type Checkpoint = Wire<typeof Checkpoint>
