// The rule that only one file asks for the time: what it sees, what it lets pass, and that the database asks no clock either.

import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { freshDatabase } from '../support/database.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RULE = 'scripts/lint/one-clock.grit'

/** Each is a line of its own, so that each has a place where it was seen. */
const ASKS = [
  'new Date()',
  'new Date',
  'Date()',
  'Date.now()',
  '[1].map(Date.now)',
  'globalThis.Date.now()',
  'performance.now()',
  'performance.timeOrigin',
  'process.hrtime.bigint()',
  'Temporal.Now.instant()',
  'sql`select now()`',
  ['sql`select $', '{1} from timers where due_at <= CURRENT_TIMESTAMP`'].join(''),
  "'insert into events values (clock_timestamp())'",
  "sql.raw('current_date')",
  "sql.raw('localtime')",
  'sql`select localtime`'
]
const IS_TOLD = [
  'new Date(5)',
  "Date.parse('2026-02-20')",
  'Date.UTC(2026, 1, 20)',
  'clock()',
  "'now (or later)'",
  "'known()'",
  "'current_dates'",
  '`It is now.`',
  'process.uptime()'
]

t.test('The lint rule', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-one-clock-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const path of ['biome.json', RULE]) await cp(join(ROOT, path), join(folder, path))
  await mkdir(join(folder, 'src/actions'), { recursive: true })
  const lines = (expressions: readonly string[]) =>
    expressions.map((one, at) => `export const a${at} = ${one}\n`).join('')
  const excused = '// biome-ignore lint/plugin: how long it took\nexport const took = performance.now()\n'
  await writeFile(join(folder, 'src/actions/asks.ts'), lines(ASKS))
  await writeFile(join(folder, 'src/actions/is-told.ts'), lines(IS_TOLD) + excused)
  await writeFile(join(folder, 'src/clock.ts'), lines(['new Date()']))

  const report = await new Promise<string>(resolve => {
    const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', 'src']
    execFile(join(ROOT, 'node_modules/.bin/biome'), options, { cwd: folder }, (_failed, stdout) => resolve(stdout))
  })
  const { diagnostics } = JSON.parse(report) as Report
  const seen = diagnostics.filter(({ category }) => category === 'plugin')
  const linesSeenIn = (file: string) =>
    seen.filter(({ location }) => location.path.endsWith(file)).map(({ location }) => location.start.line)
  t.same(
    [...new Set(linesSeenIn('asks.ts'))],
    ASKS.map((_, at) => at + 1),
    'sees whoever asks'
  )
  t.same(linesSeenIn('is-told.ts'), [], 'and not who is told, nor who says why')
  t.same(linesSeenIn('clock.ts'), [], 'nor the clock itself')
})

interface Report {
  readonly diagnostics: readonly {
    readonly category: string
    readonly location: { readonly path: string; readonly start: { readonly line: number } }
  }[]
}

t.test('The database asks no clock', async t => {
  const { ownerUrl } = await freshDatabase(t)
  const words = await asOwner(ownerUrl, async sql => [
    ...(await sql<{ name: string; text: string }[]>`
      select proname as name, prosrc as text from pg_proc where pronamespace = 'public'::regnamespace
      union all
      select attrelid::regclass || '.' || attname, pg_get_expr(adbin, adrelid)
        from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
        where adrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
      union all
      select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
      union all
      select policyname, coalesce(qual, '') || coalesce(with_check, '') from pg_policies where schemaname = 'public'`)
  ])
  const asking = words.filter(({ text }) => CLOCK_OF_POSTGRES.test(text))
  t.same(
    asking.map(({ name }) => name),
    [],
    'in no function, default, constraint or policy'
  )
  t.ok(words.length > 100, 'and there was something to look through')
})

const CLOCK_OF_POSTGRES =
  /\b(?:now\(\)|(?:clock|statement|transaction)_timestamp|timeofday|current_(?:timestamp|date|time)|localtime)/i
