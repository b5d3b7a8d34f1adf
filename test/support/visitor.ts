// Somebody with a browser: follows links, fills in forms, keeps cookies. What the page does not offer cannot be pressed.

import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { House } from './house.ts'

export interface Form {
  readonly action: string
  /** Fields with the value they come with. */
  readonly fields: Readonly<Record<string, string>>
  readonly button: string
}

export type Page = LightMyRequestResponse

export interface Visitor {
  /** Follows redirects, as browsers do. */
  open(path: string): Promise<Page>
  send(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers?: Readonly<Record<string, string>>
  ): Promise<Page>
  /** Fills in the form whose action ends so, and sends it. */
  submit(page: Page, ending: string, fields?: Readonly<Record<string, string>>): Promise<Page>
  readonly cookies: Map<string, string>
}

export function visitorTo(app: FastifyInstance): Visitor {
  const cookies = new Map<string, string>()
  const headers = (more: Readonly<Record<string, string>> = {}) => ({
    'sec-fetch-site': 'same-origin',
    ...(cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    ...more
  })
  const keep = (page: Page) => {
    for (const { name, value } of page.cookies) cookies.set(name, value)
    return page
  }
  const open = async (path: string): Promise<Page> =>
    follow(keep(await app.inject({ method: 'GET', url: path, headers: headers() })))
  const follow = async (page: Page): Promise<Page> =>
    page.statusCode === 303 ? await open(String(page.headers.location)) : page
  const send: Visitor['send'] = async (path, fields, more) => {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) =>
        [value].flat().map(one => [name, String(one)] as [string, string])
      )
    )
    const typed = { 'content-type': 'application/x-www-form-urlencoded', ...headers(more) }
    return follow(keep(await app.inject({ method: 'POST', url: path, headers: typed, payload: body.toString() })))
  }
  return {
    open,
    send,
    cookies,
    submit: async (page, ending, fields = {}) => {
      const form = formsOf(page.body).find(({ action }) => action.split('?')[0]?.endsWith(ending))
      if (form === undefined) throw new Error(`The page has no form to ${ending}.`)
      return await send(form.action, { ...form.fields, ...fields })
    }
  }
}

/** Every form of a page, as a machine that presses buttons finds them. */
export function formsOf(body: string): Form[] {
  return [...body.matchAll(/<form method="post" action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = '', inside = '']) => {
      const inputs = [...inside.matchAll(/<(?:input|textarea|select)[^>]*\bname="([^"]*)"[^>]*>/g)]
      const fields = inputs
        .filter(([tag]) => !tag.includes('type="checkbox"'))
        .map(([tag, name = '']) => [name, /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ''])
      return {
        action: action.replaceAll('&amp;', '&'),
        fields: Object.fromEntries(fields),
        button: /<button[^>]*>([^<]*)/.exec(inside)?.[1] ?? ''
      }
    }
  )
}

/** The text that a person reads. */
export function textIn(body: string): string {
  return body
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

/** The newest letter to an address whose link leads there. */
export function linkIn(
  house: House,
  to: string,
  kind: 'verify' | 'status' | 'package' | 'forwarded'
): { path: string; code: string } {
  const letter = house.letterbox.messages.findLast(
    mail => mail.to.includes(to) && (mail.parsed.text ?? '').includes(`/${kind}/`)
  )
  const text = letter?.parsed.text ?? ''
  const path = new RegExp(`https?://[^/\\s]+(/privacy/\\S+/${kind}/[A-Za-z0-9_-]+)`).exec(text)?.[1]
  if (path === undefined) throw new Error(`No letter with a link to ${kind} came to ${to}.`)
  return { path, code: codeIn(text) }
}

/** The newest code that was mailed to an address. */
export function newestCode(house: House, to: string): string {
  const letter = house.letterbox.messages.findLast(
    mail => mail.to.includes(to) && codeIn(mail.parsed.text ?? '') !== ''
  )
  return codeIn(letter?.parsed.text ?? '')
}

export function codeIn(text: string): string {
  return /^\s*([BCDFGHJKMNPQRTVWXYZ2346789]{8})\s*$/m.exec(text)?.[1] ?? ''
}
