// What a package says beside the data: GDPR Art. 15(1)-(2), what was kept back, and where nothing was found.

import { type DataSystem, reachedBy } from '../../domain/data-map.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Details, Locale } from '../../domain/subject-request.ts'
import { groundText } from '../../letters/words.ts'
import type { CaseRow } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { allSystems } from '../../storage/systems-in-scope.ts'
import type { TaskRow } from '../../storage/tasks.ts'
import { authorityOf } from '../requests/authority-of.ts'

interface PackageOf {
  readonly policy: Policy
  readonly request: SubjectRequestRow
  readonly theirs: CaseRow
  readonly tasks: readonly TaskRow[]
  readonly details: Details
}

/** The facts of a package, and the names of the systems in it. */
export async function informationFor(scope: Scope, { policy, request, theirs, tasks, details }: PackageOf) {
  const systems = await allSystems(scope)
  const { authority } = authorityOf(policy, theirs, request.regime)
  const { locale } = theirs
  const isAccess = request.right === 'access'
  return {
    systemOf: (id: string) => systems.find(system => system.id === id)?.name ?? '',
    facts: {
      right: isAccess ? ('access' as const) : ('portability' as const),
      reference: theirs.reference,
      organisation: {
        name: policy.organisation.name,
        contact: policy.organisation.email,
        ...(policy.organisation.dataProtectionOfficer === undefined
          ? {}
          : { dataProtectionOfficer: policy.organisation.dataProtectionOfficer })
      },
      locale,
      createdAt: scope.now.toISOString(),
      nothingFoundIn: namesOf(
        systems,
        tasks.filter(task => task.result === 'nothing_found')
      ),
      withheld: withheldOf(tasks, locale),
      information: isAccess
        ? {
            systems: reachedBy(systems, details, tasks).map(({ id: _id, ...system }) => system),
            authority: { name: authority.nameLocal, address: authority.postalAddress, url: authority.complaintUrl }
          }
        : null
    }
  }
}

function withheldOf(tasks: readonly TaskRow[], locale: Locale): { what: string; why: string }[] {
  return tasks
    .flatMap(task => task.withheld)
    .map(({ category, ground, citation }) => ({
      what: category,
      why: [groundText(ground as GroundCode, locale), citation ?? ''].filter(Boolean).join(' ')
    }))
}

function namesOf(systems: readonly DataSystem[], tasks: readonly TaskRow[]): string[] {
  return tasks.map(task => systems.find(system => system.id === task.systemId)?.name ?? '').filter(Boolean)
}
