// `npm run bench -- <name>` measures one thing: each file of scripts/bench that exports `bench` is one, by its name.

import { readdir, readFile } from 'node:fs/promises'

const FOLDER = new URL('bench/', import.meta.url)

const names = await benchNames()
const [name] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  console.error(
    `npm run bench -- ${names.join(' | ')}   [--rounds 5] [--seconds 4] [--connections 32] [--rows 1000000]`
  )
  process.exit(1)
}
const { bench } = (await import(new URL(`${name}.ts`, FOLDER).href)) as { bench: () => Promise<void> }
await bench()

/** The programs that are measured lie in the same folder, and begin to serve when they are imported: so nothing is imported to look. */
async function benchNames(): Promise<string[]> {
  const files = (await readdir(FOLDER)).filter(file => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  const texts = await Promise.all(files.map(file => readFile(new URL(file, FOLDER), 'utf8')))
  return files
    .filter((_, index) => texts[index]!.includes('export async function bench()'))
    .map(file => file.slice(0, -'.ts'.length))
}
