// Prints the URL of a PostgreSQL on this machine that lets us in without a password and lets us make databases and
// roles; prints nothing when there is none. For `.ci/run`, which runs the tests against it as well.

import { userInfo } from 'node:os'
import postgres from 'postgres'

const OLDEST = 150_000
const accounts = new Set(['postgres', userInfo().username])
const databases = ['test', 'postgres']

for (const account of accounts) {
  for (const database of databases) {
    const url = `postgres://${account}@127.0.0.1:5432/${database}`
    if (await mayUse(url)) {
      console.log(url)
      process.exit()
    }
  }
}

async function mayUse(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 3, onnotice: () => {} })
  try {
    const [account] = await sql`
      select from pg_roles
      where rolname = current_user and rolsuper and current_setting('server_version_num')::int >= ${OLDEST}`
    return account !== undefined
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}
