import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { computeDeadlines, parseClockEvents, type TraceStep } from '../../src/domain/deadline/clock.ts'
import { explainStep } from '../../src/domain/deadline/explain.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { TRACE_RULES } from '../../src/domain/deadline/trace.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'

const request = {
  regime: 'eu-gdpr',
  right: 'access',
  receivedAt: new Date('2026-01-31T10:00:00+01:00'),
  timeZone: 'Europe/Copenhagen',
  holidays: calendarFor('DK')
} as const

t.test('a month that ends on a Saturday is told in three languages', async t => {
  const { trace } = computeDeadlines({ ...request, events: [] })
  const told = Object.fromEntries(
    LOCALES.map(locale => [
      locale,
      trace
        .slice(0, 3)
        .map(step => explainStep(step, locale))
        .join(' ')
    ])
  )
  t.same(told, {
    en: 'Received on Saturday 31 January 2026 (Europe/Copenhagen). That day itself is not counted. One month from 31 January ends on 28 February, the last day of that month. It is a Saturday, so the answer may go out until Monday 2 March.',
    da: 'Modtaget lørdag den 31. januar 2026 (Europe/Copenhagen). Selve dagen tælles ikke med. Én måned fra den 31. januar slutter den 28. februar, den sidste dag i den måned. Det er en lørdag, så svaret kan sendes til og med mandag den 2. marts.',
    el: 'Παραλήφθηκε το Σάββατο 31 Ιανουαρίου 2026 (Europe/Copenhagen). Η ίδια η ημέρα δεν υπολογίζεται. Ένας μήνας από τις 31 Ιανουαρίου λήγει στις 28 Φεβρουαρίου, την τελευταία ημέρα του μήνα. Είναι Σάββατο, επομένως η απάντηση μπορεί να σταλεί έως και τη Δευτέρα 2 Μαρτίου.'
  })
  t.same(trace[2]?.source, 'Regulation 1182/71 Art. 3(4); EDPB Guidelines 01/2022 para. 161')
})

t.test('a pause is told with its days', async t => {
  const wait = {
    type: 'pause',
    reason: 'identity',
    pausedAt: '2026-02-02T10:00:00Z',
    resumedAt: '2026-02-03T10:00:00Z'
  }
  const step = computeDeadlines({ ...request, events: parseClockEvents([wait]) }).trace.find(
    step => step.rule === 'pause_credited'
  )
  t.equal(
    step && explainStep(step, 'en'),
    'From 2 February to 3 February the controller waited for proof of identity: 1 day is added, which makes it 1 March.'
  )
  t.equal(
    step && explainStep(step, 'da'),
    'Fra den 2. februar til den 3. februar ventede den dataansvarlige på bevis for identiteten: 1 dag lægges til, så fristen går til den 1. marts.'
  )
  t.equal(
    step && explainStep(step, 'el'),
    'Από τις 2 Φεβρουαρίου έως τις 3 Φεβρουαρίου ο υπεύθυνος επεξεργασίας περίμενε την απόδειξη της ταυτότητας: προστίθεται 1 ημέρα, δηλαδή έως την 1η Μαρτίου.'
  )
})

t.test('the year is told where it turns', async t => {
  const { trace } = computeDeadlines({ ...request, receivedAt: new Date('2025-12-04T10:00:00Z'), events: [] })
  const step = trace.find(step => step.rule === 'rolled')
  t.equal(trace[1] && explainStep(trace[1], 'en'), 'One month from 4 December ends on 4 January 2026.')
  t.equal(step && explainStep(step, 'en'), 'It is a Sunday, so the answer may go out until Monday 5 January.')
})

t.test('one working day more is told as one', async t => {
  const day = parseLocalDate('2026-04-01')
  const step = { rule: 'extension_stated', params: { workingDays: 1 }, source: '', from: day, to: day } as const
  t.same(
    LOCALES.map(locale => explainStep(step, locale)),
    [
      'The controller needs 1 more working day and says so: until Wednesday 1 April.',
      'Den dataansvarlige oplyser, at der er brug for 1 arbejdsdag mere: til og med onsdag den 1. april.',
      'Ο υπεύθυνος επεξεργασίας δηλώνει ότι χρειάζεται 1 εργάσιμη ημέρα ακόμη: έως και την Τετάρτη 1η Απριλίου.'
    ]
  )
})

t.test('ten days to think about a fee are told', async t => {
  const fee = { type: 'fee', requestedAt: '2026-03-10', paidAt: '2026-03-12' }
  const { trace } = computeDeadlines({
    ...request,
    regime: 'ch-fadp',
    timeZone: 'Europe/Zurich',
    receivedAt: new Date('2026-03-02T10:00:00Z'),
    events: parseClockEvents([fee])
  })
  const step = trace.find(step => step.rule === 'restarted_after_days')
  t.same(step && LOCALES.map(locale => explainStep(step, locale)), [
    'The controller asked for payment of the fee on 10 March. The person has 10 days to agree: the period is counted anew from 20 March.',
    'Den dataansvarlige bad om betaling af gebyret den 10. marts. Personen har 10 dage til at sige ja: fristen regnes på ny fra den 20. marts.',
    'Ο υπεύθυνος επεξεργασίας ζήτησε την πληρωμή του τέλους στις 10 Μαρτίου. Το πρόσωπο έχει 10 ημέρες για να συμφωνήσει: η προθεσμία υπολογίζεται εκ νέου από τις 20 Μαρτίου.'
  ])
})

t.test('every rule has a sentence in every language, whatever words it is given', async t => {
  const day = parseLocalDate('2026-04-01')
  const params = {
    timeZone: 'Europe/Athens',
    kind: 'small_agent',
    own: 'eu-gdpr',
    other: 'au-privacy',
    dated: 'au-privacy',
    reason: 'representative_authority',
    because: 'closure',
    calendar: 'GR',
    askedOn: day,
    answeredOn: day,
    restartOn: day,
    inForceOn: day,
    noticeBy: day,
    ownOn: day,
    otherOn: day
  }
  const counts = { months: 2, days: 1, overlap: 1, workingDays: 20 }
  for (const rule of TRACE_RULES) {
    const step: TraceStep = { rule, params: { ...params, ...counts }, source: '', from: day, to: day }
    const sentences = LOCALES.map(locale => explainStep(step, locale))
    t.equal(new Set(sentences).size, LOCALES.length, rule)
    for (const sentence of sentences) t.match(sentence, /^[\p{Lu}\d].+\.$/u)
    for (const sentence of sentences) t.notMatch(sentence, /undefined|NaN|null|_/, rule)
  }
})

t.test('a reason without a word in the language is not spelt out', async t => {
  const step: TraceStep = {
    rule: 'pause_not_known',
    params: { reason: 'constructor', askedOn: '2026-04-01' },
    source: '',
    from: null,
    to: null
  }
  t.equal(explainStep(step, 'en'), 'The wait for something else from 1 April moves nothing under this law.')
})

t.test('a step that lacks its day is a bug, not a sentence', async t => {
  const step: TraceStep = { rule: 'target', params: {}, source: '', from: null, to: null }
  t.throws(() => explainStep(step, 'en'), /has no day/)
})
