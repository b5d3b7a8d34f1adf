// Writes the parts of README.md that the code knows best: the lifecycle, the rights, one explained date and the configuration.
//
//   node scripts/write-readme.ts           writes what has changed
//   node scripts/write-readme.ts --check   writes nothing; exits 1 when something would change
//
// A part stands between `<!-- name:begin -->` and `<!-- name:end -->`. What stands around it is written by people.

import { readFile, writeFile } from 'node:fs/promises'
import { calendarFor } from '../src/calendars/calendar.ts'
import { computeDeadlines } from '../src/domain/deadline/clock.ts'
import { explainStep } from '../src/domain/deadline/explain.ts'
import { EDGES, MOVE_NAMES, OPEN_STATES, STATES, type State } from '../src/domain/lifecycle.ts'
import { RIGHT_RULES, RIGHTS, type TaskKind } from '../src/domain/rights.ts'
import { configurationTable } from './readme/configuration.ts'
import { fenced, inCode, table } from './readme/markdown.ts'

const README = new URL('../README.md', import.meta.url)
const EXAMPLE = new URL('../.env.example', import.meta.url)

const SYSTEMS_DO: Readonly<Record<TaskKind, string>> = {
  collect: 'hands in the data',
  correct: 'corrects',
  erase: 'erases, or says what stays, why and until when',
  restrict: 'marks or moves the data',
  stop: 'stops the processing',
  answer: 'nothing: staff answer'
}

if (import.meta.main) {
  const written = await readFile(README, 'utf8')
  const current = withBlocks(written, await readmeBlocks())
  if (!process.argv.includes('--check')) {
    await writeFile(README, current)
  } else if (written !== current) {
    console.error('README.md does not say what the code does: run `npm run readme`.')
    process.exitCode = 1
  }
}

/** Every generated part, by the name in its markers. */
export async function readmeBlocks(): Promise<Record<string, string>> {
  return {
    lifecycle: lifecycleDiagram(),
    moves: movesTable(),
    rights: rightsTable(),
    clock: explainedDate(),
    configuration: configurationTable(await readFile(EXAMPLE, 'utf8'))
  }
}

/**
 * The text with each part replaced.
 * @throws {Error} when the text has no place for a part, or more than one
 */
export function withBlocks(text: string, blocks: Readonly<Record<string, string>>): string {
  let result = text
  for (const [name, block] of Object.entries(blocks)) {
    const place = new RegExp(`(<!-- ${name}:begin -->\n)[^]*?(<!-- ${name}:end -->)`, 'g')
    const found = [...result.matchAll(place)].length
    if (found !== 1) throw new Error(`README.md has ${found} places for the part "${name}"; it needs one.`)
    result = result.replace(place, (_all, begin: string, end: string) => `${begin}${block.trim()}\n${end}`)
  }
  return result
}

/** What leads out of every open state is drawn once, from a box that stands for all of them. */
function lifecycleDiagram(): string {
  const isShared = ({ move, to }: { move: string; to: string }) =>
    OPEN_STATES.every(from => EDGES.some(edge => edge.from === from && edge.move === move && edge.to === to))
  const own = EDGES.filter(edge => !isShared(edge))
  const arrows = Map.groupBy(own, ({ from, to }) => `${from} --> ${to}`)
  const shared = EDGES.filter(edge => edge.from === OPEN_STATES[0] && isShared(edge))
  const diagram = fenced('mermaid', [
    'stateDiagram-v2',
    '  state "every open state" as open',
    `  [*] --> ${STATES[0]}`,
    ...[...arrows].map(([arrow, edges]) => `  ${arrow}: ${edges.map(({ move }) => move).join(', ')}`),
    ...shared.map(({ move, to }) => `  open --> ${to}: ${move}`)
  ])
  return `${diagram}\n\nOpen are ${inCode(OPEN_STATES)}.`
}

function movesTable(): string {
  const rows = MOVE_NAMES.map(move => {
    const edges = EDGES.filter(edge => edge.move === move)
    const everybody = edges[0]?.by ?? []
    const who = [...new Set(edges.flatMap(edge => edge.by))].map(mover => {
      const only = edges.filter(edge => edge.by.includes(mover)).map(edge => edge.from)
      return everybody.includes(mover) && only.length === edges.length ? mover : `${mover} (from ${inCode(only)})`
    })
    return [inCode([move]), fromStates(edges.map(edge => edge.from)), inCode([edges[0]?.to ?? '']), who.join(', ')]
  })
  return table(['move', 'from', 'to', 'who may'], rows)
}

function fromStates(states: readonly State[]): string {
  return OPEN_STATES.every(state => states.includes(state)) ? 'every open state' : inCode(states)
}

function rightsTable(): string {
  const rows = RIGHTS.map(right => {
    const { source, task, handsOverData, register, fourEyes } = RIGHT_RULES[right]
    return [
      inCode([right]),
      source,
      SYSTEMS_DO[task],
      handsOverData ? 'letter and package' : 'letter',
      register ?? '',
      fourEyes ? 'yes' : 'when it refuses'
    ]
  })
  const head = [
    'right',
    'granted by',
    'each system in scope',
    'the person gets',
    'register',
    'second person, by default'
  ]
  return table(head, rows)
}

/** One date with its reasons: the same sentences that the API gives. */
function explainedDate(): string {
  const question = {
    regime: 'eu-gdpr',
    right: 'access',
    receivedAt: '2026-01-31T09:00:00Z',
    timeZone: 'Europe/Copenhagen',
    holidays: 'DK'
  } as const
  const deadlines = computeDeadlines({
    ...question,
    receivedAt: new Date(question.receivedAt),
    holidays: calendarFor(question.holidays),
    events: []
  })
  const { dueOn, targetOn, extendedDueOn, extensionNoticeBy, refusalBy, dueEndsAt } = deadlines
  const answer = { dueOn, targetOn, extendedDueOn, extensionNoticeBy, refusalBy, dueEndsAt }
  const reasons = deadlines.trace.map((step, index) => {
    const source = step.source === '' ? '' : ` *${step.source}*`
    return `${index + 1}. ${explainStep(step, 'en')}${source}`
  })
  return [
    fenced('http', ['POST /v1/deadlines/preview', '', ...JSON.stringify(question, null, 2).split('\n')]),
    '',
    fenced('json', JSON.stringify(answer, null, 2).split('\n')),
    '',
    'and, in `trace`, sentence by sentence with its source:',
    '',
    ...reasons
  ].join('\n')
}
