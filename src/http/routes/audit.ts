// Proof that the history is as it was written.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { CHECKPOINT_FAULTS, isWalked, verifyHistory } from '../../actions/proof/verify-history.ts'
import { originIn, signedNote } from '../../domain/checkpoint.ts'
import { type CheckpointSigner, noteSignature } from '../../storage/checkpoint-keys.ts'
import { type CheckpointRow, listCheckpoints } from '../../storage/checkpoints.ts'
import { inTenant } from '../../storage/database.ts'
import { badLinkOnTheWire } from '../bad-links.ts'
import { type ListParts, listPage } from '../lists.ts'
import { AuditVerification, Checkpoint, CheckpointPage, CheckpointQuery } from '../schemas/audit.ts'
import { NoQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'

const tags = ['Audit']

export const auditRoutes: FastifyPluginAsyncTypebox<ListParts & { signer: CheckpointSigner }> = async (app, parts) => {
  const { db, signer } = parts
  for (const schema of [Checkpoint, CheckpointPage, AuditVerification]) app.addSchema(schema)
  const oneAtATime = openTurnstile()

  app.get(
    '/audit/verification',
    {
      schema: {
        operationId: 'verifyAudit',
        summary: 'Verify every history of the tenant',
        description: [
          'Computes every hash anew, compares every chain with the signed checkpoints and every checkpoint with its signature, and names the',
          'first entry that is not as it was written. What nobody can see from the inside is that the newest checkpoint was lost together with',
          'all that it covered: compare `checkpoint` with the copy of its note that you keep elsewhere. It takes a while, and is done for one',
          'caller at a time: the others are answered with 503 and `Retry-After`.'
        ].join(' '),
        tags,
        querystring: NoQuery,
        response: { 200: refer(AuditVerification) }
      }
    },
    async request => {
      const who = request.who()
      const { checkpoint, firstBadLink, firstBadCheckpoint, ...verification } = await oneAtATime(who.tenantId, () =>
        inTenant(db, who, scope => verifyHistory(scope, signer))
      )
      return {
        ...verification,
        firstBadLink: badLinkOnTheWire(firstBadLink),
        checkpoint: checkpoint === null ? null : onTheWire(checkpoint.row),
        checkpoints: checkpoint?.checkpoints ?? 0,
        firstBadCheckpoint:
          firstBadCheckpoint === null
            ? null
            : { ...firstBadCheckpoint, detail: CHECKPOINT_FAULTS[firstBadCheckpoint.why] },
        publicKey: signer.publicKey.toString('base64')
      }
    }
  )

  app.get(
    '/audit/checkpoints',
    {
      schema: {
        operationId: 'listCheckpoints',
        summary: 'List the signed checkpoints, the newest first',
        tags,
        querystring: CheckpointQuery,
        response: { 200: refer(CheckpointPage) }
      }
    },
    async request => {
      return await listPage(parts, request, {
        name: 'checkpoints',
        rows: (scope, before: [number] | null, limit) => listCheckpoints(scope, before?.[0] ?? null, limit),
        positionOf: row => [row.seq],
        render: onTheWire
      })
    }
  )
}

/** Walks at once in one process: each holds a connection for as long as it lasts. */
const WALKS_MAX = 2

/** Turns away who would walk a history while it is walked, before a connection is taken. */
function openTurnstile() {
  const walked = new Set<string>()
  return async <T>(tenantId: string, walk: () => Promise<T>): Promise<T> => {
    if (walked.has(tenantId) || walked.size >= WALKS_MAX) throw isWalked()
    walked.add(tenantId)
    try {
      return await walk()
    } finally {
      walked.delete(tenantId)
    }
  }
}

function onTheWire({ seq, at, requests, events, headsHash, keyId, statement, signature }: CheckpointRow): Checkpoint {
  return {
    seq,
    at: at.toISOString(),
    requests,
    events,
    root: headsHash.toString('base64'),
    keyId,
    note: signedNote(statement, originIn(statement), noteSignature({ signature, keyId }))
  }
}
