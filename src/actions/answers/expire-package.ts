// A package that may no longer be fetched.

import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { expirePackages, newestPackageOf } from '../../storage/packages.ts'
import { promise } from '../../storage/promises.ts'
import { findSubjectRequest, lockSubjectRequest } from '../../storage/subject-requests.ts'
import { supersede } from '../../storage/tokens.ts'

/** Ends a package whose days are over. One that could not be built yet has not begun them: its letter waits for it. */
export async function expireOffer(scope: Scope, requestId: string): Promise<void> {
  const pack = await newestPackageOf(scope, requestId)
  if (pack?.state !== 'failed' && pack?.state !== 'building') await expirePackage(scope, requestId)
}

/** Ends the package of a request; its content is removed by the job that follows. */
export async function expirePackage(scope: Scope, requestId: string): Promise<void> {
  const { caseId } = await findSubjectRequest(scope, requestId)
  const row = await lockSubjectRequest(scope, requestId)
  const expired = await expirePackages(scope, requestId)
  await supersede(scope, caseId, 'download', requestId)
  if (expired.length === 0) return
  await note(scope, row, 'package_expired', { packages: expired.map(one => one.id) })
  await promise(scope, 'remove_objects', { keys: expired.map(one => one.objectKey) })
}
