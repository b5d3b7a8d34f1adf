// The trace in Greek. Days take the case of their sentence: "στις 2 Μαρτίου" but "την 1η Μαρτίου".

import { lawInSentence } from './law-names.ts'
import { type LocalDate, partsOf, weekdayOf } from './local-date.ts'
import { type Phrases, type Said, wordFrom } from './phrases.ts'

const MONTHS =
  'Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου'.split(
    ' '
  )
const WEEKDAYS = [
  'τη Δευτέρα',
  'την Τρίτη',
  'την Τετάρτη',
  'την Πέμπτη',
  'την Παρασκευή',
  'το Σάββατο',
  'την Κυριακή'
] as const
const NUMBERS: Readonly<Record<number, string>> = { 1: 'Ένας', 2: 'Δύο', 3: 'Τρεις' }

const AWAITED: Readonly<Record<string, string>> = {
  identity: 'την απόδειξη της ταυτότητας',
  clarification: 'διευκρινίσεις για το αίτημα',
  representative_authority: 'την εξουσιοδότηση του εκπροσώπου',
  fee: 'την πληρωμή του τέλους',
  fee_negotiation: 'συμφωνία για το τέλος',
  internal_backlog: 'τη διεκπεραίωση εκκρεμοτήτων',
  legal_review: 'νομικό έλεγχο',
  processor_delay: 'την απάντηση εκτελούντος την επεξεργασία',
  holiday_closure: 'τη λήξη διακοπών'
}
const BECAUSE: Readonly<Record<string, string>> = { saturday: 'Σάββατο', sunday: 'Κυριακή', holiday: 'επίσημη αργία' }
const KINDS: Readonly<Record<string, string>> = {
  organisation: 'οργανισμός',
  agency: 'δημόσια αρχή',
  small_agent: 'μικρή επιχείρηση'
}

export const GREEK: Phrases = {
  received: said =>
    `Παραλήφθηκε ${weekday(said.to())} ${partsOf(said.to()).year} (${said.word('timeZone')}). Η ίδια η ημέρα δεν υπολογίζεται.`,
  no_holidays: () =>
    'Ο υπεύθυνος επεξεργασίας δεν είναι εγκατεστημένος σε τόπο του οποίου οι αργίες υπολογίζονται εδώ: εξαιρούνται μόνο τα Σάββατα και οι Κυριακές.',
  request_dated: said =>
    `Το αίτημα φέρει ημερομηνία ${day(said.to(), said.from())}: από αυτήν υπολογίζεται η προθεσμία ενημέρωσης για παράταση.`,
  controller_kind: said =>
    `Ο υπεύθυνος επεξεργασίας λογίζεται ως ${wordFrom(KINDS, said.word('kind'), said.word('kind'))}.`,
  transfer_needed: () =>
    'Πρέπει να απαντήσει άλλος υπεύθυνος επεξεργασίας: ισχύει η προθεσμία διαβίβασης του αιτήματος.',
  pause_not_known: said =>
    `Η αναμονή για ${awaited(said)} από ${the(said.day('askedOn'))} δεν μεταθέτει τίποτα κατά τον νόμο αυτό.`,
  pause_not_for_right: said =>
    `Η αναμονή για ${awaited(said)} από ${the(said.day('askedOn'))} δεν μεταθέτει τίποτα για το δικαίωμα αυτό.`,
  pause_asked_late: said =>
    `Ο υπεύθυνος επεξεργασίας ζήτησε ${awaited(said)} με αδικαιολόγητη καθυστέρηση, ${on(said.day('askedOn'))}: η αναμονή δεν μεταθέτει τίποτα.`,
  pause_running: said =>
    `Ο υπεύθυνος επεξεργασίας περιμένει ${awaited(said)} από ${the(said.day('askedOn'))}: η αναμονή μετρά όταν τελειώσει.`,
  pause_too_late: said =>
    `Η αναμονή για ${awaited(said)} άρχισε ${on(said.day('askedOn'))}, μετά τη λήξη της προθεσμίας: δεν μεταθέτει τίποτα.`,
  restarted: said =>
    `Η αναμονή για ${awaited(said)} μεταθέτει την έναρξη: η προθεσμία υπολογίζεται εκ νέου από ${the(said.to(), said.from())}.`,
  restarted_after_days: said =>
    `Ο υπεύθυνος επεξεργασίας ζήτησε ${awaited(said)} ${on(said.day('askedOn'))}. Το πρόσωπο έχει ${days(said.count('days'))} για να συμφωνήσει: η προθεσμία υπολογίζεται εκ νέου από ${the(said.to(), said.day('askedOn'))}.`,
  restart_ends_earlier: said =>
    `Η αναμονή για ${awaited(said)} θα μετέθετε την έναρξη σε μεταγενέστερη ημέρα, ${on(said.day('restartOn'), said.from())}, αλλά έτσι θα χάνονταν ημέρες που ήδη μετρούν και η προθεσμία θα έληγε νωρίτερα: υπολογίζεται από ${the(said.from())}.`,
  no_period: () => 'Ο νόμος δεν ορίζει προθεσμία για την ίδια την απάντηση.',
  months: said => `${months(said)} ${on(said.to(), said.from())}.`,
  months_to_month_end: said => `${months(said)} ${on(said.to(), said.from())}, την τελευταία ημέρα του μήνα.`,
  days: said =>
    `${days(said.count('days'))} από ${the(said.from())} ${ends(said.count('days'))} ${on(said.to(), said.from())}.`,
  working_days: said =>
    `${said.count('workingDays')} εργάσιμες ημέρες μετά ${the(said.from())} λήγουν ${on(said.to(), said.from())}.`,
  pause_credited: said => `${waited(said)}: ${added(said)}.`,
  pause_overlaps: said =>
    `${waited(said)}. Από αυτές ${days(said.count('overlap'))} ${said.count('overlap') === 1 ? 'μετρά' : 'μετρούν'} ήδη για άλλη αναμονή: ${added(said)}.`,
  pause_without_days: said => `Η αναμονή για ${awaited(said)} ${on(said.day('askedOn'))} δεν προσθέτει ολόκληρη ημέρα.`,
  pause_before_start: said =>
    `Η αναμονή για ${awaited(said)} από ${the(said.day('askedOn'))} προηγείται της ημέρας από την οποία υπολογίζεται η προθεσμία, ${on(said.to(), said.day('askedOn'))}: δεν προσθέτει τίποτα.`,
  rolled: said =>
    `Είναι ${because(said)}, επομένως η απάντηση μπορεί να σταλεί έως και ${weekday(said.to(), said.from())}.`,
  not_rolled: said => `Είναι ${because(said)}, αλλά ο νόμος αυτός δεν μεταθέτει την τελευταία ημέρα.`,
  promised: said =>
    `Ο υπεύθυνος επεξεργασίας υπόσχεται απάντηση μέσα σε ${days(said.count('days'))}: έως και ${weekday(said.to(), said.from())}.`,
  promise_decides: said =>
    `Η υπόσχεση λήγει πριν από την προθεσμία του νόμου, επομένως η απάντηση οφείλεται έως και ${weekday(said.to(), said.from())}.`,
  promise_changes_nothing: said =>
    `Η υπόσχεση δεν λήγει πριν από την προθεσμία του νόμου, επομένως η απάντηση οφείλεται έως και ${weekday(said.to())}.`,
  acknowledgement: said => `Η παραλαβή πρέπει να επιβεβαιωθεί έως και ${weekday(said.to(), said.from())}.`,
  acknowledgement_not_in_force: said =>
    `Η παραλαβή δεν χρειάζεται να επιβεβαιωθεί: η υποχρέωση αυτή ισχύει από ${the(said.day('inForceOn'), said.from())}.`,
  refusal: said =>
    `Τυχόν άρνηση πρέπει να σταλεί έως και ${weekday(said.to(), said.from())}· η παράταση δεν μεταθέτει την ημέρα αυτή.`,
  extension_notice: said =>
    `Το πρόσωπο πρέπει να ενημερωθεί για την παράταση και τους λόγους της έως και ${weekday(said.to())}.`,
  extension_possible: () =>
    'Η προθεσμία μπορεί να παραταθεί. Η παράταση υπολογίζεται από την αρχή, όχι από την πρώτη λήξη.',
  extension_past: said => `Αυτό ήταν πριν παραληφθεί το αίτημα ${on(said.from())}: παράταση δεν είναι πλέον δυνατή.`,
  extension_taken: () => 'Η προθεσμία παρατάθηκε. Η παράταση υπολογίζεται από την αρχή, όχι από την πρώτη λήξη.',
  extension_stated: said =>
    `Ο υπεύθυνος επεξεργασίας δηλώνει ότι χρειάζεται ${workingDays(said)} ακόμη: έως και ${weekday(said.to(), said.from())}.`,
  extension_not_known: () =>
    'Την παράταση που δόθηκε δεν την προβλέπει ο νόμος αυτός: η τελευταία του ημέρα μένει όπως είναι.',
  extension_not_announced: said =>
    `Η παράταση ανακοινώθηκε μετά ${the(said.day('noticeBy'))}, την τελευταία ημέρα που επέτρεπε ο νόμος αυτός: η τελευταία του ημέρα μένει όπως είναι.`,
  target: said => `Για ασφάλεια υπό κάθε ερμηνεία του νόμου, απαντήστε έως και ${weekday(said.to())}.`,
  extended_target: said => `Για ασφάλεια υπό κάθε ερμηνεία της παράτασης, απαντήστε έως και ${weekday(said.to())}.`,
  calendar_ends: said =>
    `Οι αργίες του έτους αυτού δεν είναι ακόμη γνωστές στο ημερολόγιο ${said.word('calendar')}: μόνο τα Σαββατοκύριακα.`,
  laws_earlier: said =>
    `Ισχύουν δύο νόμοι. Κατά ${law(said, 'own')} η απάντηση οφείλεται έως και ${weekday(said.day('ownOn'))}, κατά ${law(said, 'other')} έως και ${weekday(said.day('otherOn'), said.day('ownOn'))}. Ισχύει η νωρίτερη ημέρα: έως και ${weekday(said.to(), said.from())}.`,
  laws_agree: said =>
    `Ισχύουν δύο νόμοι. Κατά ${law(said, 'own')} και κατά ${law(said, 'other')} η απάντηση οφείλεται έως και ${weekday(said.to())}.`,
  laws_one: said =>
    `Ισχύουν δύο νόμοι. Μόνο κατά ${law(said, 'dated')} ορίζεται τελευταία ημέρα: η απάντηση οφείλεται έως και ${weekday(said.to())}.`,
  laws_none: said =>
    `Ισχύουν δύο νόμοι. Ούτε κατά ${law(said, 'own')} ούτε κατά ${law(said, 'other')} ορίζεται προθεσμία για την ίδια την απάντηση.`,
  day_ends: said =>
    `Η απάντηση είναι εμπρόθεσμη έως το τέλος της ημέρας, ${weekday(said.to())}, στη ζώνη ώρας ${said.word('timeZone')}.`
}

/** The year is said only where it is another one than that of the day the step led from. */
function day(date: LocalDate, near: LocalDate = date): string {
  const { year, month, day } = partsOf(date)
  return `${day === 1 ? '1η' : day} ${MONTHS[month - 1]}${year === partsOf(near).year ? '' : ` ${year}`}`
}

function the(date: LocalDate, near: LocalDate = date): string {
  return `${partsOf(date).day === 1 ? 'την' : 'τις'} ${day(date, near)}`
}

function on(date: LocalDate, near: LocalDate = date): string {
  return `${partsOf(date).day === 1 ? 'την' : 'στις'} ${day(date, near)}`
}

function weekday(date: LocalDate, near: LocalDate = date): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]} ${day(date, near)}`
}

function months(said: Said): string {
  const count = said.count('months')
  return `${NUMBERS[count] ?? count} ${count === 1 ? 'μήνας' : 'μήνες'} από ${the(said.from())} ${ends(count)}`
}

function days(count: number): string {
  return count === 1 ? '1 ημέρα' : `${count} ημέρες`
}

function ends(count: number): string {
  return count === 1 ? 'λήγει' : 'λήγουν'
}

function workingDays(said: Said): string {
  const count = said.count('workingDays')
  return count === 1 ? '1 εργάσιμη ημέρα' : `${count} εργάσιμες ημέρες`
}

function waited(said: Said): string {
  const until = the(said.day('answeredOn'), said.day('askedOn'))
  return `Από ${the(said.day('askedOn'))} έως ${until} ο υπεύθυνος επεξεργασίας περίμενε ${awaited(said)}`
}

function added(said: Said): string {
  const count = said.count('days')
  if (count === 0) return 'δεν προστίθεται τίποτα'
  return `${count === 1 ? 'προστίθεται' : 'προστίθενται'} ${days(count)}, δηλαδή έως ${the(said.to(), said.from())}`
}

function awaited(said: Said): string {
  return wordFrom(AWAITED, said.word('reason'), 'κάτι άλλο')
}

function because(said: Said): string {
  return wordFrom(BECAUSE, said.word('because'), 'ημέρα κατά την οποία τα γραφεία είναι κλειστά')
}

function law(said: Said, name: string): string {
  return lawInSentence(said.word(name), 'el')
}
