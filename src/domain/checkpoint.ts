// What a checkpoint states, as a text that a person can read, keep elsewhere and check with any Ed25519 tool. The form is
// that of a signed note with a log checkpoint in it (C2SP signed-note and tlog-checkpoint): origin, size, root, then lines
// of our own, an empty line and the signature.

/** What is said of a tenant's history at one moment. */
export interface CheckpointStatement {
  /** Whose history: the service's host and the tenant's name in it. */
  readonly origin: string
  readonly seq: number
  readonly at: Date
  readonly requests: number
  readonly events: number
  /** SHA-256 over all chain heads in order of request id, in base64. */
  readonly root: string
  /** SHA-256 of the text before it, in base64; null for the first. */
  readonly previous: string | null
}

/** Where one chain ends. */
export interface ChainHead {
  readonly requestId: string
  readonly seq: number
  /** Hexadecimal. */
  readonly hash: string
}

/** What the root is taken over: one line a request. */
export function headLine({ requestId, seq, hash }: ChainHead): string {
  return `${requestId} ${seq} ${hash}\n`
}

/** The text that is signed. */
export function statementText({ origin, seq, at, requests, events, root, previous }: CheckpointStatement): string {
  return [
    origin,
    events,
    root,
    `checkpoint ${seq}`,
    `requests ${requests}`,
    `at ${at.toISOString()}`,
    `previous ${previous ?? 'none'}`,
    ''
  ].join('\n')
}

/** The whole note, to be kept where the service cannot reach it. @param signature  key id and signature, in base64 */
export function signedNote(text: string, origin: string, signature: string): string {
  return `${text}\n— ${origin} ${signature}\n`
}

/** Whose history it is, for a host that people know and a tenant's slug. */
export function originOf(publicUrl: string, slug: string): string {
  return `${new URL(publicUrl).host}/${slug}`
}

/** The first line of a statement. */
export function originIn(text: string): string {
  return text.slice(0, text.indexOf('\n'))
}
