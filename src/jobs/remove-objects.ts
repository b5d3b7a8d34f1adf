// Removes content that nothing points at any more.

import type { Jobs } from '../domain/jobs.ts'
import type { JobParts } from './parts.ts'

export function removeObjects({ objects }: Pick<JobParts, 'objects'>) {
  return async ({ keys }: Jobs['remove_objects']): Promise<void> => {
    for (const key of keys) await objects.remove(key)
  }
}
