// Builds the package of an answer from what the systems handed in. Streamed: nothing is held, no transaction is open meanwhile.

import { pipeline, type Readable } from 'node:stream'
import { informationFor } from '../actions/answers/describe-package.ts'
import { giveUpPackage } from '../actions/answers/hand-over.ts'
import type { Dataset, PackageFacts, PackageFile } from '../archive/package/facts.ts'
import { readRecords } from '../archive/read-records.ts'
import { unsealing } from '../archive/seal-stream.ts'
import { storePackage } from '../archive/store-package.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'

import { findCase, openCaseVault } from '../storage/cases.ts'
import { type CollectedRow, collectedOfRequest, contentsOfCollected, contextOfCollected } from '../storage/collected.ts'
import { inTenant, type Scope, type Who } from '../storage/database.ts'
import { note } from '../storage/history.ts'
import { releaseLetters } from '../storage/letters.ts'
import { contextOfPackage, findPackage, finishPackage, type PackageRow } from '../storage/packages.ts'
import { currentPolicy } from '../storage/policies.ts'
import { contentsOf, findSubjectRequest, lockSubjectRequest } from '../storage/subject-requests.ts'
import { tasksOfRequest } from '../storage/tasks.ts'
import type { Attempt, JobParts } from './parts.ts'

/** The queue waits longer after each: the last comes some ten hours after the first, and staff hear of it the same day. */
const TRIES = 11

interface Plan {
  readonly row: PackageRow
  readonly key: Buffer
  readonly facts: PackageFacts
  readonly parts: readonly Part[]
}

interface Part {
  readonly row: CollectedRow
  readonly name: string
  readonly contentType: string
  readonly system: string
  readonly category: string
}

export function buildPackage({ db, clock, objects }: Pick<JobParts, 'db' | 'clock' | 'objects'>) {
  const open = async ({ row }: Part, key: Buffer): Promise<Readable> => {
    const plain = unsealing(key, contextOfCollected(row))
    // A fault of the store reaches the reader as a fault of what it reads.
    pipeline(await objects.get(row.objectKey), plain, () => {})
    return plain
  }

  return async ({ tenantId, packageId }: Jobs['build_package'], { number, isLast }: Attempt): Promise<void> => {
    const who = () => ({ tenantId, actor: SYSTEM, now: clock() })
    try {
      await build(packageId, who)
    } catch (error) {
      if (!isLast && number < TRIES) throw error
      await inTenant(db, who(), scope => giveUpPackage(scope, packageId))
    }
  }

  async function build(packageId: string, who: () => Who): Promise<void> {
    const plan = await inTenant(db, who(), scope => planPackage(scope, packageId))
    if (plan === null) return
    const { row, key, facts, parts } = plan
    const datasets: Dataset[] = parts
      .filter(part => part.row.kind === 'records')
      .map(part => ({ ...nameOf(part), rows: () => rowsOf(part, key) }))
    const files: PackageFile[] = parts
      .filter(part => part.row.kind === 'file')
      .map(part => ({
        ...nameOf(part),
        originalName: part.name,
        contentType: part.contentType,
        open: () => open(part, key)
      }))

    const place = { store: objects, objectKey: row.objectKey, sealingKey: key, context: contextOfPackage(row) }
    const written = await storePackage(place, { facts, datasets, files })
    const finished = await inTenant(db, who(), scope =>
      finish(scope, row, {
        bytes: written.bytes,
        sha256: Buffer.from(written.sha256, 'hex'),
        entries: written.entries.length
      })
    )
    if (!finished) await objects.remove(row.objectKey)
  }

  async function* rowsOf(part: Part, key: Buffer): AsyncGenerator<Record<string, unknown>> {
    yield* readRecords(await open(part, key), 'application/x-ndjson')
  }
}

/** @returns null when it was built, or given up, meanwhile */
async function planPackage(scope: Scope, packageId: string): Promise<Plan | null> {
  const row = await findPackage(scope, packageId)
  if (row.state !== 'building') return null
  const request = await findSubjectRequest(scope, row.requestId)
  const theirs = await findCase(scope, request.caseId)
  const vault = openCaseVault(scope, theirs)
  const { body: policy } = await currentPolicy(scope)
  const tasks = await tasksOfRequest(scope, request.id)
  const { details } = contentsOf(vault, request)
  const { facts, systemOf } = await informationFor(scope, { policy, request, theirs, tasks, details })
  const parts = (await collectedOfRequest(scope, request.id)).map(collected => {
    const { name, contentType, category } = contentsOfCollected(vault, collected)
    const task = tasks.find(one => one.id === collected.taskId)
    return {
      row: collected,
      name,
      contentType,
      system: task === undefined ? '' : systemOf(task.systemId),
      category: category ?? task?.categories.join(', ') ?? ''
    }
  })
  return { row, key: vault.objectKey(), facts, parts }
}

async function finish(
  scope: Scope,
  { id, requestId }: PackageRow,
  made: { bytes: number; sha256: Buffer; entries: number }
): Promise<boolean> {
  const request = await lockSubjectRequest(scope, requestId)
  if (!(await finishPackage(scope, id, { state: 'ready', ...made, readyAt: scope.now }))) return false
  await note(scope, request, 'package_built', {
    packageId: id,
    bytes: made.bytes,
    entries: made.entries,
    sha256: made.sha256.toString('hex')
  })
  await releaseLetters(scope, requestId)
  return true
}

const nameOf = ({ name, system, category }: Part) => ({ name, system, category })
