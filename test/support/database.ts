// A database of its own for whoever asks: a copy of the migrated template, gone again when the test is over.

import t from 'tap'
import { asOwner, databaseUrl, dropDatabase, joinTestCluster, type TestCluster } from './cluster.ts'

export interface FreshDatabase {
  /** Connects as the owner; the service itself never does. */
  readonly ownerUrl: string
  readonly name: string
}

let cluster: Promise<TestCluster> | undefined
let copies = 0

/** @returns a new, migrated, empty database; it is dropped in the teardown of `test`, whoever is still connected */
export async function freshDatabase(test: { teardown(undo: () => Promise<void>): unknown }): Promise<FreshDatabase> {
  cluster ??= joinUntilTheEnd()
  const { url, template } = await cluster
  copies += 1
  const name = `${template}_p${process.pid}_${copies}`
  await asOwner(url, sql => sql`create database ${sql(name)} template ${sql(template)}`)
  test.teardown(async () => {
    await asOwner(url, sql => dropDatabase(sql, name))
  })
  return { ownerUrl: databaseUrl(url, name), name }
}

async function joinUntilTheEnd(): Promise<TestCluster> {
  const joined = await joinTestCluster()
  t.teardown(() => joined.close())
  return joined
}
