// The configuration, as the tables of the README.

import { ENVIRONMENT } from '../../src/environment.ts'
import { inCode, table } from './markdown.ts'

/** The words are those of `.env.example`; whether a variable is needed, and its default, the schema knows. */
export function configurationTable(example: string): string {
  const settings = settingsIn(example)
  const sections = [...new Set(settings.map(({ section }) => section))]
  return sections
    .map(section => {
      const rows = settings
        .filter(setting => setting.section === section)
        .map(({ names, words }) => [inCode(names), defaultsOf(names), words])
      return `**${section}**\n\n${table(['variable', 'default', 'what it is'], rows)}`
    })
    .join('\n\n')
}

interface Setting {
  readonly section: string
  /** Variables that are explained together. */
  readonly names: string[]
  readonly words: string
}

function settingsIn(example: string): Setting[] {
  const settings: Setting[] = []
  let section = ''
  let words: string[] = []
  for (const line of example.split('\n')) {
    const heading = /^# -+ (.*?) -+$/.exec(line)?.[1]
    const name = /^([A-Z_]+)=/.exec(line)?.[1]
    if (heading !== undefined) {
      section = heading
      words = []
    } else if (name === undefined) {
      words = line.startsWith('#') ? [...words, line.slice(1).trim()] : words
    } else if (words.length > 0) {
      settings.push({ section, names: [name], words: words.join(' ') })
      words = []
    } else {
      settings.at(-1)?.names.push(name)
    }
  }
  return settings
}

function defaultsOf(names: readonly string[]): string {
  const each = names.map(neededOrDefault)
  return (new Set(each).size === 1 ? each.slice(0, 1) : each).join(', ')
}

function neededOrDefault(name: string): string {
  const property = Object.entries(ENVIRONMENT.properties).find(([known]) => known === name)?.[1]
  if (property === undefined) throw new Error(`.env.example names ${name}, which the schema does not know.`)
  if ('default' in property) return inCode([String(property.default)])
  return ENVIRONMENT.required.some(needed => needed === name) ? 'none: has to be set' : 'not set'
}
