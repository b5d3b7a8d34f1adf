// Somebody who calls the API with credentials of theirs.

import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

type Headers = Readonly<Record<string, string>>
type Call = (path: string, body?: unknown, headers?: Headers) => Promise<LightMyRequestResponse>

export interface Client {
  readonly get: (path: string, headers?: Headers) => Promise<LightMyRequestResponse>
  readonly post: Call
  readonly put: Call
  readonly patch: Call
  readonly delete: Call
  /** Their bearer token of this moment. */
  readonly token: () => string
}

/** @param token  made anew for each call, by the clock of that moment; null sends none */
export function clientOf(app: FastifyInstance, token: () => string | null): Client {
  const call = (method: NonNullable<InjectOptions['method']>): Call => {
    return async (path, body, headers = {}) => {
      const bearer = token()
      return await app.inject({
        method,
        url: path,
        headers: { ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...headers },
        ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> })
      })
    }
  }
  const get = call('GET')
  return {
    get: (path, headers) => get(path, undefined, headers),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
    token: () => token() ?? ''
  }
}
