import t from 'tap'
import { REGIME_NAMES } from '../../src/domain/deadline/regimes.ts'
import { GROUND_CODES } from '../../src/domain/grounds/ground.ts'
import { STATES } from '../../src/domain/lifecycle.ts'
import { RIGHTS } from '../../src/domain/rights.ts'
import { LOCALES, OUTCOMES } from '../../src/domain/subject-request.ts'
import {
  dayInSentence,
  formatDay,
  formatMoment,
  groundText,
  joinWords,
  lawName,
  outcomeName,
  rightName,
  stateName
} from '../../src/letters/words.ts'

t.test('Everything with a code has a name in every language, and no two share one', async t => {
  for (const locale of LOCALES) {
    const lists = [
      RIGHTS.map(right => rightName(right, locale)),
      OUTCOMES.map(outcome => outcomeName(outcome, locale)),
      STATES.map(state => stateName(state, locale)),
      GROUND_CODES.map(code => groundText(code, locale)),
      REGIME_NAMES.map(regime => lawName(regime, locale))
    ]
    for (const names of lists) t.equal(new Set(names).size, names.length, `${locale} ${names[0]}`)
  }
})

t.test('A ground is a whole sentence', async t => {
  for (const locale of LOCALES) {
    for (const code of GROUND_CODES) t.match(groundText(code, locale), /^\p{Lu}.*\.$/u, `${locale} ${code}`)
  }
})

t.test('Days', async t => {
  t.equal(formatDay('2026-03-02', 'en'), 'Monday 2 March 2026')
  t.equal(formatDay('2026-03-02', 'da'), 'mandag den 2. marts 2026')
  t.equal(formatDay('2026-03-02', 'el'), 'Δευτέρα 2 Μαρτίου 2026')
  t.throws(() => formatDay('2026-02-30x', 'en'))
  t.throws(() => formatDay('2026-13-01', 'en'))
})

t.test('A Greek day takes the article of its weekday', async t => {
  t.equal(dayInSentence('2026-03-02', 'el'), 'τη Δευτέρα 2 Μαρτίου 2026')
  t.equal(dayInSentence('2026-03-03', 'el'), 'την Τρίτη 3 Μαρτίου 2026')
  t.equal(dayInSentence('2026-03-07', 'el'), 'το Σάββατο 7 Μαρτίου 2026')
  t.equal(dayInSentence('2026-03-08', 'el'), 'την Κυριακή 8 Μαρτίου 2026')
  t.equal(dayInSentence('2026-03-07', 'en'), 'Saturday 7 March 2026')
})

t.test('A moment is told in the reader’s zone', async t => {
  t.equal(formatMoment('2026-03-28T23:30:00Z', 'Europe/Athens', 'en'), 'Sunday 29 March 2026 at 01:30')
  t.equal(formatMoment('2026-03-28T23:30:00Z', 'Australia/Sydney', 'en'), 'Sunday 29 March 2026 at 10:30')
})

t.test('Lists', async t => {
  t.equal(joinWords(['name', 'email', 'role'], 'en'), 'name, email and role')
  t.equal(joinWords(['navn', 'e-mail'], 'da'), 'navn og e-mail')
  t.equal(joinWords(['όνομα', 'ρόλος'], 'el'), 'όνομα και ρόλος')
})
