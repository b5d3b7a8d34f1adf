// A page for each code: where the `type` of a problem leads.

import { hash } from 'node:crypto'
import { Eta } from 'eta'
import type { FastifyInstance } from 'fastify'
import { HabeasError } from '../../domain/errors.ts'
import { PROBLEM_CODES, PROBLEMS, type ProblemCode, slugOf } from '../problem-codes.ts'

const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}dt{font-weight:600;margin-top:1rem}dd{margin:0}'
const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const FRAME = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title><%= it.title %></title><style>${STYLE}</style></head>
<body><main>`
const END = '</main></body></html>\n'

const eta = new Eta({ autoEscape: true })
const ONE = `${FRAME}<h1><%= it.title %></h1>
<dl><dt>Code</dt><dd><code><%= it.code %></code></dd><dt>Status</dt><dd><%= it.status %></dd><dt>What it means</dt><dd><%~ it.means %></dd><dt>How to mend it</dt><dd><%~ it.mend %></dd></dl>
<p><a href="/problems">All codes</a></p>${END}`
const ALL = `${FRAME}<h1>Problems</h1>
<ul><% for (const { slug, code, title, status } of it.kinds) { %><li><a href="/problems/<%= slug %>"><%= title %></a> (<%= status %>, <code><%= code %></code>)</li>
<% } %></ul>${END}`

const CODE_BY_SLUG: ReadonlyMap<string, ProblemCode> = new Map(PROBLEM_CODES.map(code => [slugOf(code), code]))

export async function problemPages(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer'
    })
  })

  app.get('/', async (_request, reply) => {
    const kinds = PROBLEM_CODES.map(code => ({ code, slug: slugOf(code), ...PROBLEMS[code] }))
    return reply.type('text/html; charset=utf-8').send(eta.renderString(ALL, { title: 'Problems', kinds }))
  })

  app.get<{ Params: { code: string } }>('/:code', async (request, reply) => {
    const code = CODE_BY_SLUG.get(request.params.code)
    if (code === undefined) throw new HabeasError('not_found', 'There is no problem of this name.')
    return reply.type('text/html; charset=utf-8').send(eta.renderString(ONE, wordsOf(code)))
  })
}

/** The words are ours and hold no markup of their own; what stands in backticks is code. */
function wordsOf(code: ProblemCode) {
  const withCode = (text: string) => text.replaceAll(/`([^`]+)`/g, '<code>$1</code>')
  const { means, mend, ...kind } = PROBLEMS[code]
  return { code, ...kind, means: withCode(means), mend: withCode(mend) }
}
