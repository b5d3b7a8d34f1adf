// Who may do what through the API: one row an operation. The routes are refused at boot when they are not here, the calls when
// the row does not cover the caller, and the tests walk the same rows.

import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import type { Actor, ApiScope, StaffRole } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'

export interface Access {
  /** Any one of these roles is enough for staff. */
  readonly staff: readonly StaffRole[]
  /** What an API key needs: any one that it has, where nothing of the tenant's is shown; null where no key may come. */
  readonly scope: ApiScope | 'any' | null
  /** Whether the token of a calendar feed in the address is enough. */
  readonly feed?: true
}

const READERS = ['agent', 'approver', 'admin', 'auditor'] as const
/** Approvers and admins act as agents; an auditor only reads. */
const WORKERS = ['agent', 'approver', 'admin'] as const
const ADMINS = ['admin'] as const
const ADMINS_AND_AUDITORS = ['admin', 'auditor'] as const

export const ACCESS = {
  openRequests: { staff: WORKERS, scope: 'requests:write' },
  listRequests: { staff: READERS, scope: 'requests:read' },
  getRequest: { staff: READERS, scope: 'requests:read' },
  editRequest: { staff: WORKERS, scope: 'requests:write' },
  setDetails: { staff: WORKERS, scope: null },
  askVerification: { staff: WORKERS, scope: 'requests:write' },
  confirmVerification: { staff: WORKERS, scope: 'verification:assert' },
  askClarification: { staff: WORKERS, scope: null },
  answerClarification: { staff: WORKERS, scope: null },
  startFulfilment: { staff: WORKERS, scope: null },
  finishFulfilment: { staff: WORKERS, scope: null },
  reworkRequest: { staff: WORKERS, scope: null },
  extendDeadline: { staff: WORKERS, scope: null },
  pauseClock: { staff: WORKERS, scope: null },
  resumeClock: { staff: WORKERS, scope: null },
  refuseRequest: { staff: WORKERS, scope: null },
  forwardRequest: { staff: WORKERS, scope: null },
  previewResponse: { staff: READERS, scope: null },
  sendResponse: { staff: WORKERS, scope: null },
  recordDecision: { staff: WORKERS, scope: null },
  withdrawRequest: { staff: WORKERS, scope: null },
  cancelRequest: { staff: WORKERS, scope: null },
  closeRequest: { staff: WORKERS, scope: null },
  reopenRequest: { staff: WORKERS, scope: null },
  getCase: { staff: READERS, scope: 'requests:read' },
  setIdentifiers: { staff: WORKERS, scope: null },
  eraseCase: { staff: ADMINS, scope: null },
  confirmRight: { staff: WORKERS, scope: null },
  correctRegime: { staff: WORKERS, scope: null },
  listRequestEvents: { staff: READERS, scope: 'requests:read' },
  verifyRequestEvents: { staff: READERS, scope: null },
  getClock: { staff: READERS, scope: 'requests:read' },
  listMessages: { staff: READERS, scope: null },
  sendMessage: { staff: WORKERS, scope: null },
  listLetters: { staff: READERS, scope: null },
  getLetter: { staff: READERS, scope: null },
  postLetter: { staff: WORKERS, scope: null },
  listNotes: { staff: READERS, scope: null },
  addNote: { staff: WORKERS, scope: null },
  downloadPackage: { staff: WORKERS, scope: null },
  rebuildPackage: { staff: WORKERS, scope: null },

  listTasks: { staff: READERS, scope: 'tasks:read' },
  getTask: { staff: READERS, scope: 'tasks:read' },
  claimTask: { staff: WORKERS, scope: 'tasks:write' },
  completeTask: { staff: WORKERS, scope: 'tasks:write' },
  failTask: { staff: WORKERS, scope: 'tasks:write' },
  releaseTask: { staff: WORKERS, scope: 'tasks:write' },
  putRecords: { staff: WORKERS, scope: 'tasks:write' },
  putFile: { staff: WORKERS, scope: 'tasks:write' },
  listHandedIn: { staff: READERS, scope: 'tasks:read' },
  removeRecords: { staff: WORKERS, scope: 'tasks:write' },
  removeFile: { staff: WORKERS, scope: 'tasks:write' },

  getPolicy: { staff: READERS, scope: 'policy:read' },
  setPolicy: { staff: ADMINS, scope: null },
  listSystems: { staff: READERS, scope: 'policy:read' },
  getSystem: { staff: READERS, scope: 'policy:read' },
  addSystem: { staff: ADMINS, scope: null },
  changeSystem: { staff: ADMINS, scope: null },
  removeSystem: { staff: ADMINS, scope: null },
  previewDeadlines: { staff: READERS, scope: 'any' },

  getOverview: { staff: READERS, scope: 'reports:read' },
  getCaliforniaReport: { staff: READERS, scope: 'reports:read' },
  getCalendar: { staff: READERS, scope: 'requests:read', feed: true },
  listCalendarFeeds: { staff: READERS, scope: null },
  openCalendarFeed: { staff: WORKERS, scope: null },
  revokeCalendarFeed: { staff: WORKERS, scope: null },

  checkSubjects: { staff: READERS, scope: 'checks:read' },
  listRegister: { staff: READERS, scope: null },
  giveLiftNotice: { staff: WORKERS, scope: null },
  liftRegisterEntry: { staff: WORKERS, scope: null },

  receiveEmail: { staff: WORKERS, scope: 'inbound:write' },
  listInbound: { staff: READERS, scope: null },
  getInbound: { staff: READERS, scope: null },
  openFromInbound: { staff: WORKERS, scope: null },
  dismissInbound: { staff: WORKERS, scope: null },

  getTestClock: { staff: READERS, scope: 'test-clock:read' },
  advanceTestClock: { staff: WORKERS, scope: 'test-clock:write' },

  // A key cannot mint keys: nobody hands on what they do not hold, and only an admin holds every scope.
  listApiKeys: { staff: ADMINS_AND_AUDITORS, scope: null },
  issueApiKey: { staff: ADMINS, scope: null },
  revokeApiKey: { staff: ADMINS, scope: null },
  // Where the tenant's events go is as much as who may read them, so a key cannot say it.
  listWebhooks: { staff: ADMINS_AND_AUDITORS, scope: null },
  getWebhook: { staff: ADMINS_AND_AUDITORS, scope: null },
  addWebhook: { staff: ADMINS, scope: null },
  changeWebhook: { staff: ADMINS, scope: null },
  removeWebhook: { staff: ADMINS, scope: null },
  rotateWebhookSecret: { staff: ADMINS, scope: null },
  testWebhook: { staff: ADMINS, scope: null },
  listWebhookDeliveries: { staff: ADMINS_AND_AUDITORS, scope: null },
  getWebhookDelivery: { staff: ADMINS_AND_AUDITORS, scope: null },
  redeliverWebhook: { staff: ADMINS, scope: null },
  listEvents: { staff: READERS, scope: 'requests:read' },

  verifyAudit: { staff: READERS, scope: null },
  listCheckpoints: { staff: READERS, scope: null }
} as const satisfies Record<string, Access>

export type OperationId = keyof typeof ACCESS

/** Refuses at boot a route of `app` without a row, and at each call a caller whom the row does not cover. */
export function requireAccess(app: FastifyInstance): void {
  app.addHook('onRoute', route => {
    route.config = { ...route.config, access: accessOf(route) }
  })
  app.addHook('onRequest', async (request: FastifyRequest) => {
    const access = request.routeOptions.config.access
    if (access === undefined) throw new Error('A route without an access row was mounted.')
    requireCovered(request.caller?.actor, access)
  })
}

/** Whether the row lets this actor through. */
export function isCovered(
  { mover, roles, scopes }: Pick<Actor, 'mover' | 'roles' | 'scopes'>,
  access: Access
): boolean {
  if (mover === 'agent') return access.staff.some(role => roles.includes(role))
  if (mover === 'integration') return access.scope === 'any' || (access.scope !== null && scopes.includes(access.scope))
  return false
}

function accessOf(route: RouteOptions): Access {
  const operationId = (route.schema as { operationId?: string } | undefined)?.operationId
  const access = operationId === undefined ? undefined : (ACCESS as Readonly<Record<string, Access>>)[operationId]
  if (access === undefined) {
    throw new Error(`${route.method} ${route.url} has no row in the access table: its operationId is ${operationId}.`)
  }
  return access
}

function requireCovered(actor: Actor | undefined, access: Access): void {
  if (actor !== undefined && isCovered(actor, access)) return
  throw new HabeasError('forbidden', 'These credentials do not cover this operation.', {
    needs: { roles: access.staff, scope: access.scope }
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}
