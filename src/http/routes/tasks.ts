// The work list of people and systems. What they hand in is in handed-in.ts beside this file.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { claimTask } from '../../actions/fulfilment/claim-task.ts'
import { completeTask } from '../../actions/fulfilment/complete-task.ts'
import { failTask } from '../../actions/fulfilment/fail-task.ts'
import { releaseTask } from '../../actions/fulfilment/release-task.ts'
import { parseLocalDate } from '../../domain/deadline/local-date.ts'
import type { TaskReport } from '../../domain/tasks.ts'
import { inTenant } from '../../storage/database.ts'
import { listWork } from '../../storage/work-list.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  Completion,
  type CompletionShape,
  EmptyBody,
  FailureBody,
  Task,
  TaskListQuery,
  TaskPage
} from '../schemas/tasks.ts'
import { showTask, taskViewOf } from '../task-view.ts'
import { withETag, write } from '../writes.ts'

const tags = ['Tasks']
const one = refer(Task)

export const taskRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [Task, TaskPage]) app.addSchema(schema)

  app.get(
    '/tasks',
    {
      schema: {
        operationId: 'listTasks',
        summary: 'List tasks, oldest first',
        description: 'An integration sees the tasks that are assigned to it or to nobody.',
        tags,
        querystring: TaskListQuery,
        response: { 200: refer(TaskPage) }
      }
    },
    async request => {
      const { limit: _, cursor: __, assignee, ...filter } = request.query
      const whose = assignee === 'me' ? (request.who().actor.id ?? assignee) : assignee
      return await listPage(parts, request, {
        name: 'tasks',
        rows: (scope, after: [string] | null, limit) =>
          listWork(scope, { ...filter, assignee: whose }, { after: after?.[0] ?? null, limit }),
        positionOf: ({ task }) => [task.id],
        render: (item, scope) => taskViewOf(scope, item)
      })
    }
  )

  app.get(
    '/tasks/:id',
    {
      schema: {
        operationId: 'getTask',
        summary: 'Read a task',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: one }
      }
    },
    async (request, reply) =>
      withETag(reply, await inTenant(db, request.who(), scope => showTask(scope, request.params.id)))
  )

  app.post(
    '/tasks/:id/claim',
    {
      schema: {
        operationId: 'claimTask',
        summary: 'Claim a task, or renew the claim',
        description:
          'A claim is a lease of 15 minutes. Claim again to renew it; once it has run out, anybody may claim. Send `If-Match` where several workers share one API key: one of them gets the task.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: EmptyBody,
        response: { 201: one }
      },
      preValidation: bodyMayBeLeftOut
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showTask }, claimTask)
  )

  app.post(
    '/tasks/:id/release',
    {
      schema: {
        operationId: 'releaseTask',
        summary: 'Give a task back to the list',
        description: 'Staff may also put a task back that was given up: its failures are forgotten.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: EmptyBody,
        response: { 201: one }
      },
      preValidation: bodyMayBeLeftOut
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showTask }, releaseTask)
  )

  app.post(
    '/tasks/:id/completion',
    {
      schema: {
        operationId: 'completeTask',
        summary: 'End a task with its result',
        description:
          'The last one of a request brings it to review. An integration claims first; people may end a task that nobody holds.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: Completion,
        response: { 201: one }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showTask }, (scope, id) =>
        completeTask(scope, id, reportOf(request.body))
      )
  )

  app.post(
    '/tasks/:id/failure',
    {
      schema: {
        operationId: 'failTask',
        summary: 'Say that a task was tried in vain',
        description: 'After three times in a row, or with `retry: false`, it is left to people, who are alerted.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: FailureBody,
        response: { 201: one }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showTask }, (scope, id) =>
        failTask(scope, id, request.body)
      )
  )
}

async function bodyMayBeLeftOut(request: { body: unknown }): Promise<void> {
  request.body ??= {}
}

function reportOf({ result, withheld, note, changes, anonymised, recipientsTold }: CompletionShape): TaskReport {
  return {
    result,
    withheld: (withheld ?? []).map(({ category, ground, until, citation }, at) => ({
      category,
      ground,
      until: until === undefined ? null : parseLocalDate(until, `/withheld/${at}/until`),
      citation: citation ?? null
    })),
    note: note ?? null,
    changes: (changes ?? []).map(({ field, before, after }) => ({
      field,
      before: before ?? null,
      after: after ?? null
    })),
    anonymised: anonymised ?? [],
    recipientsTold: recipientsTold ?? []
  }
}
