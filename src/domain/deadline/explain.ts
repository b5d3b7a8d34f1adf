// The trace in words that the person concerned understands.

import type { Locale } from '../subject-request.ts'
import { DANISH } from './explain-da.ts'
import { GREEK } from './explain-el.ts'
import { ENGLISH } from './explain-en.ts'
import { isLocalDate, type LocalDate } from './local-date.ts'
import type { Phrases, Said } from './phrases.ts'
import type { TraceStep } from './trace.ts'

const PHRASES: Readonly<Record<Locale, Phrases>> = { en: ENGLISH, da: DANISH, el: GREEK }

/** One or two sentences for a step of the trace. The source is not in them: it stands beside them, the same in every language. */
export function explainStep(step: TraceStep, locale: Locale): string {
  return PHRASES[locale][step.rule](saidBy(step))
}

function saidBy(step: TraceStep): Said {
  const day = (value: unknown, name: string): LocalDate => {
    if (typeof value !== 'string' || !isLocalDate(value)) throw new Error(`The step ${step.rule} has no day "${name}".`)
    return value
  }
  return {
    from: () => day(step.from, 'from'),
    to: () => day(step.to, 'to'),
    day: name => day(step.params[name], name),
    count: name => Number(step.params[name]),
    word: name => String(step.params[name] ?? '')
  }
}
