// What the documents say of the code is so: generated parts are current, and every file, wall and test they name is there.

import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { readmeBlocks, withBlocks } from '../../scripts/write-readme.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENTS = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }).sort()
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const migrations = globSync('drizzle/*.sql', { cwd: ROOT }).map(read).join('\n')

t.test('The generated parts of the README', async t => {
  const readme = read('README.md')
  const blocks = await readmeBlocks()

  t.test('are what the code says', async t => {
    t.equal(withBlocks(readme, blocks), readme)
  })

  t.test('replace what stood there, and nothing around it', async t => {
    const text = 'above\n<!-- part:begin -->\nold\n<!-- part:end -->\nbelow\n'
    t.equal(
      withBlocks(text, { part: 'costs $1 & more' }),
      'above\n<!-- part:begin -->\ncosts $1 & more\n<!-- part:end -->\nbelow\n'
    )
  })

  t.test('have one place each', async t => {
    const place = '<!-- part:begin -->\n<!-- part:end -->\n'
    t.throws(() => withBlocks('nothing', { part: 'new' }), /0 places for the part "part"/)
    t.throws(() => withBlocks(place + place, { part: 'new' }), /2 places for the part "part"/)
  })

  t.test('name every variable and every right', async t => {
    for (const [name] of read('.env.example').matchAll(/^[A-Z_]+(?==)/gm)) t.match(blocks.configuration, `\`${name}\``)
    t.equal(blocks.rights?.split('\n').length, 15, 'a head, a rule and thirteen rights')
  })
})

t.test('Every document', async t => {
  t.ok(DOCUMENTS.length >= 16, 'the documents are found')
  for (const document of DOCUMENTS) {
    t.test(document, async t => {
      const text = read(document)
      for (const path of pathsIn(text)) t.ok(existsSync(join(ROOT, path)), `names ${path}`)
      for (const link of linksIn(text)) t.ok(existsSync(join(ROOT, dirname(document), link)), `links to ${link}`)
      for (const wall of wallsIn(text)) t.match(migrations, new RegExp(`\\b${wall}\\b`), `tells of the wall ${wall}`)
      for (const [file, title] of testsIn(text)) t.ok(hasTest(file, title), `quotes the test "${title}" of ${file}`)
    })
  }
})

t.test('The page on the law quotes walls and tests at all', async t => {
  const law = read('docs/law.md')
  t.ok(wallsIn(law).length > 10)
  t.ok(testsIn(law).length > 50)
})

/** What stands in backticks and begins like a folder of ours. A word in angle brackets or with a star stands for many. */
function pathsIn(text: string): string[] {
  const paths = text.matchAll(/`((?:src|test|scripts|docs|drizzle|openapi)\/[\w./-]+?)\/?`/g)
  return [...new Set([...paths].map(([, path]) => path!))]
}

function linksIn(text: string): string[] {
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!)
  return [...new Set(links)]
}

function wallsIn(text: string): string[] {
  return [...text.matchAll(/\bwall `(\w+)`/g)].map(([, wall]) => wall!)
}

/** A test file in backticks, and after it a title in quotation marks. */
function testsIn(text: string): [file: string, title: string][] {
  return [...text.matchAll(/`(test\/[\w./-]+\.test\.ts)` "([^"]+)"/g)].map(([, file, title]) => [file!, title!])
}

function hasTest(file: string, title: string): boolean {
  const source = existsSync(join(ROOT, file)) ? read(file) : ''
  return [`'${title}'`, `"${title}"`].some(quoted => source.includes(`test(${quoted}`))
}
