// Connections to PostgreSQL, and statements of our own words on them.

import pg from 'pg'

/** Rows of a statement written as a template; each place becomes a parameter, never text. */
export type Raw = <T extends readonly object[]>(text: TemplateStringsArray, ...values: unknown[]) => Promise<T>

/** The server did not say no: nobody heard it. Told apart by this code, for the driver has only words for it. */
export class OutOfReach extends Error {
  override readonly name = 'OutOfReach'
  readonly code = 'CONNECTION_CLOSED'
}

/** A pool that survives its connections: one that breaks is replaced when the next is needed. */
export class ServicePool extends pg.Pool {
  constructor(settings: pg.PoolConfig) {
    super({ ...settings, types: PLAIN_DAYS })
    // An idle connection that breaks concerns nobody; one at work tells whoever works with it.
    this.on('error', () => {})
    this.on('connect', client => client.on('error', () => {}))
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (error: Error | undefined, client: pg.PoolClient | undefined, done: (release?: unknown) => void) => void
  ): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | undefined {
    if (callback === undefined) return super.connect().catch(failAsOutage)
    super.connect((error, client, done) => callback(error && outageOf(error), client, done))
    return undefined
  }
}

const names = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
let statements = 0

/** A template stands for one statement: it is prepared under one name, however often it is used. */
export function rawOn(pool: pg.Pool): Raw {
  return async <T extends readonly object[]>(parts: TemplateStringsArray, ...values: unknown[]) => {
    const { rows } = await pool.query({ ...statementOf(parts), values }).catch(failAsOutage)
    return rows as unknown as T
  }
}

function statementOf(parts: TemplateStringsArray): { name: string; text: string } {
  const known = names.get(parts)
  if (known !== undefined) return known
  statements += 1
  const made = { name: `habeas_${statements}`, text: parts.reduce((text, part, place) => `${text}$${place}${part}`) }
  names.set(parts, made)
  return made
}

/** For what a query rejects with: a lost connection becomes `OutOfReach`. */
export function failAsOutage(error: Error): never {
  throw outageOf(error)
}

/** An error of the server carries its SQLSTATE and one of the network its own code; what has neither is a connection that was lost. */
function outageOf(error: Error): Error {
  return 'code' in error && error.code !== undefined
    ? error
    : new OutOfReach('The database is out of reach.', { cause: error })
}

/** Days stay the text they are: the driver would make instants of them, at midnight of the server's own zone. */
const PLAIN_DAYS: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format: 'text' | 'binary' = 'text') =>
    type === pg.types.builtins.DATE ? (value: string) => value : pg.types.getTypeParser(type, format as 'text')
}
