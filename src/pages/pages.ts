// The door for people: plain pages, made here and complete without a script.

import { readFileSync } from 'node:fs'
import cookies from '@fastify/cookie'
import formBodies from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { failurePage, notFoundPage } from './failure-page.ts'
import { forwardedRoutes } from './forwarded-routes.ts'
import { guardPages } from './guard.ts'
import { type PackageParts, packageRoutes } from './package-routes.ts'
import { portalRoutes } from './portal-routes.ts'
import { reportRoutes } from './reports/report-routes.ts'
import { statusRoutes } from './status-routes.ts'
import { verifyRoutes } from './verify-routes.ts'

/** A form of ours is far smaller; Greek letters take six bytes each on the way. */
const FORM_BYTES = 65_536
const STYLE = readFileSync(new URL('./style.css', import.meta.url))

/** Mounted under `/privacy`. */
export async function pages(app: FastifyInstance, parts: PackageParts): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(formBodies, { bodyLimit: FORM_BYTES })
  await app.register(cookies)
  guardPages(app, parts.db.publicUrl)
  app.setErrorHandler((error, request, reply) => failurePage(error, request, reply))
  app.setNotFoundHandler((request, reply) => notFoundPage(request, reply))

  // No tenant can be called that: a slug has no dot.
  app.get('/style.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE)
  )
  await portalRoutes(app, parts)
  await verifyRoutes(app, parts)
  await statusRoutes(app, parts)
  await packageRoutes(app, parts)
  await forwardedRoutes(app, parts)
  await reportRoutes(app, parts)
}
