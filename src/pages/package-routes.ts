// The link to a package: it explains, sends a code, and hands out the archive for it.

import { pipeline, type Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Granted, recordDownload } from '../actions/answers/record-download.ts'
import { linkToPackage, sendDownloadCode } from '../actions/answers/send-download-code.ts'
import type { ObjectStore } from '../archive/object-store.ts'
import { unsealing } from '../archive/seal-stream.ts'
import { contextOfPackage, newestPackageOf } from '../storage/packages.ts'
import { isLive } from '../storage/tokens.ts'
import { type CaseBehind, caseBehind } from './case-behind.ts'
import { codeOf } from './forms.ts'
import { linkCookies } from './link-cookie.ts'
import { packageNotice, packagePage, type Said } from './package-page.ts'
import { show } from './show.ts'
import { type PageParts, visit } from './visit.ts'

interface OfLink {
  readonly Params: { tenant: string; token: string }
}

export interface PackageParts extends PageParts {
  readonly objects: ObjectStore
}

type Readiness = 'ready' | 'building' | 'gone'

export async function packageRoutes(app: FastifyInstance, parts: PackageParts): Promise<void> {
  const links = linkCookies(parts.db.publicUrl)
  const pathOf = ({ params }: FastifyRequest<OfLink>) => `/privacy/${params.tenant}/package/${params.token}`

  app.get<OfLink>('/:tenant/package/:token', async (request, reply) => {
    if (links.leadAway(request, reply)) return reply
    const { behind, readiness } = await look(request)
    return showPackage(request, reply, behind, readiness, { done: null, error: null })
  })

  app.post<OfLink>('/:tenant/package/:token/code', async (request, reply) => {
    const { behind, readiness, act } = await look(request)
    if (readiness !== 'ready') return showPackage(request, reply, behind, readiness, { done: null, error: null })
    const sent = await act(scope => sendDownloadCode(scope, links.secretOf(request)))
    const { say } = behind.frame
    if (sent === 'gone') return showPackage(request, reply, behind, 'gone', { done: null, error: null })
    if (sent === 'too_many')
      return showPackage(request, reply.code(429), behind, 'ready', { done: null, error: say('package.tooMany') })
    return showPackage(request, reply, behind, 'ready', {
      done: say('package.sent', { address: behind.maskedAddress }),
      error: null
    })
  })

  app.post<OfLink>('/:tenant/package/:token/download', async (request, reply) => {
    const { behind, readiness, act } = await look(request)
    if (readiness !== 'ready') return showPackage(request, reply, behind, readiness, { done: null, error: null })
    const { say } = behind.frame
    const code = codeOf(request.body)
    if (code === null)
      return showPackage(request, reply.code(403), behind, 'ready', { done: null, error: say('package.error.missing') })

    const download = await act(scope => recordDownload(scope, links.secretOf(request), code))
    if (download.result === 'granted') return await handOut(reply, download)
    if (download.result === 'gone') return showPackage(request, reply, behind, 'gone', { done: null, error: null })
    const error =
      download.result === 'wrong'
        ? say('package.error.wrong', { tries: download.triesLeft })
        : say('package.error.noCode')
    return showPackage(request, reply.code(403), behind, 'ready', { done: null, error })
  })

  async function look(request: FastifyRequest<OfLink>) {
    const { read, act } = await visit(parts, request.params.tenant)
    const secret = links.secretOf(request)
    return await read(async scope => {
      const behind = await caseBehind(scope, 'download', secret)
      const { requestId } = await linkToPackage(scope, secret)
      const pack = await newestPackageOf(scope, requestId)
      const isKept = isLive(behind.token, scope.now) && behind.theirs.sealedKey !== null
      const readiness: Readiness = !isKept
        ? 'gone'
        : pack?.state === 'ready' || pack?.state === 'building'
          ? pack.state
          : 'gone'
      return { behind, readiness, act }
    })
  }

  function showPackage(
    request: FastifyRequest<OfLink>,
    reply: FastifyReply,
    behind: CaseBehind,
    readiness: Readiness,
    said: Said
  ): FastifyReply {
    if (readiness === 'ready') return show(reply, packagePage(behind, pathOf(request), said))
    return show(
      readiness === 'gone' ? reply.code(410) : reply,
      packageNotice(behind.frame, behind.theirs.reference, readiness)
    )
  }

  /** Decrypted on the way out. A fault on the way cuts the connection, so that half an archive is not taken for a whole one. */
  async function handOut(reply: FastifyReply, { pack, key, reference }: Granted): Promise<FastifyReply> {
    const sealed: Readable = await parts.objects.get(pack.objectKey)
    const plain = unsealing(key, contextOfPackage(pack))
    pipeline(sealed, plain, error => {
      if (error) reply.log.warn({ packageId: pack.id, failure: error.name }, 'a download ended early')
    })
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename="${reference}.zip"`)
      .header('content-length', pack.bytes ?? undefined)
      .send(plain)
  }
}
