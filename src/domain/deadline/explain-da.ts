// The trace in Danish.

import { lawInSentence } from './law-names.ts'
import { type LocalDate, partsOf, weekdayOf } from './local-date.ts'
import { type Phrases, type Said, wordFrom } from './phrases.ts'

const MONTHS = 'januar februar marts april maj juni juli august september oktober november december'.split(' ')
const WEEKDAYS = 'mandag tirsdag onsdag torsdag fredag lørdag søndag'.split(' ')
const NUMBERS: Readonly<Record<number, string>> = { 1: 'Én', 2: 'To', 3: 'Tre' }

const AWAITED: Readonly<Record<string, string>> = {
  identity: 'bevis for identiteten',
  clarification: 'en præcisering af anmodningen',
  representative_authority: 'repræsentantens fuldmagt',
  fee: 'betaling af gebyret',
  fee_negotiation: 'en aftale om gebyret',
  internal_backlog: 'at en sagspukkel blev afviklet',
  legal_review: 'en juridisk vurdering',
  processor_delay: 'svar fra en databehandler',
  holiday_closure: 'at en ferielukning sluttede'
}
const BECAUSE: Readonly<Record<string, string>> = {
  saturday: 'en lørdag',
  sunday: 'en søndag',
  holiday: 'en helligdag'
}
const KINDS: Readonly<Record<string, string>> = {
  organisation: 'en organisation',
  agency: 'en offentlig myndighed',
  small_agent: 'en mindre virksomhed'
}

export const DANISH: Phrases = {
  received: said =>
    `Modtaget ${weekday(said.to())} ${partsOf(said.to()).year} (${said.word('timeZone')}). Selve dagen tælles ikke med.`,
  no_holidays: () =>
    'Den dataansvarlige er ikke etableret et sted, hvis helligdage tæller her: kun lørdage og søndage springes over.',
  request_dated: said =>
    `Anmodningen er dateret ${day(said.to(), said.from())}: fristen for at give besked om en forlængelse regnes derfra.`,
  controller_kind: said => `Den dataansvarlige regnes som ${wordFrom(KINDS, said.word('kind'), said.word('kind'))}.`,
  transfer_needed: () =>
    'En anden dataansvarlig skal svare: det er fristen for at sende anmodningen videre, der gælder.',
  pause_not_known: said =>
    `Ventetiden på ${awaited(said)} fra ${day(said.day('askedOn'))} flytter intet efter denne lov.`,
  pause_not_for_right: said =>
    `Ventetiden på ${awaited(said)} fra ${day(said.day('askedOn'))} flytter intet for denne rettighed.`,
  pause_asked_late: said =>
    `Den dataansvarlige bad først efter unødig forsinkelse, ${day(said.day('askedOn'))}, om ${awaited(said)}: ventetiden flytter intet.`,
  pause_running: said =>
    `Den dataansvarlige har ventet på ${awaited(said)} siden ${day(said.day('askedOn'))}: ventetiden tæller, når den er slut.`,
  pause_too_late: said =>
    `Ventetiden på ${awaited(said)} begyndte ${day(said.day('askedOn'))}, efter at fristen var udløbet: den flytter intet.`,
  restarted: said =>
    `Ventetiden på ${awaited(said)} udskyder begyndelsen: fristen regnes på ny fra ${day(said.to(), said.from())}.`,
  restarted_after_days: said =>
    `Den dataansvarlige bad om ${awaited(said)} ${day(said.day('askedOn'))}. Personen har ${days(said.count('days'))} til at sige ja: fristen regnes på ny fra ${day(said.to(), said.day('askedOn'))}.`,
  restart_ends_earlier: said =>
    `Ventetiden på ${awaited(said)} ville udskyde begyndelsen til ${day(said.day('restartOn'), said.from())}, men så gik dage tabt, som allerede tæller, og fristen udløb tidligere: den regnes fra ${day(said.from())}.`,
  no_period: () => 'Loven sætter ingen frist for selve svaret.',
  months: said => `${months(said)} ${day(said.to(), said.from())}.`,
  months_to_month_end: said => `${months(said)} ${day(said.to(), said.from())}, den sidste dag i den måned.`,
  days: said => `${days(said.count('days'))} fra ${day(said.from())} slutter ${day(said.to(), said.from())}.`,
  working_days: said =>
    `${said.count('workingDays')} arbejdsdage efter ${day(said.from())} slutter ${day(said.to(), said.from())}.`,
  pause_credited: said => `${waited(said)}: ${added(said)}.`,
  pause_overlaps: said =>
    `${waited(said)}. Heraf er ${days(said.count('overlap'))} allerede talt med for en anden ventetid: ${added(said)}.`,
  pause_without_days: said => `Ventetiden på ${awaited(said)} ${day(said.day('askedOn'))} giver ingen hel dag.`,
  pause_before_start: said =>
    `Ventetiden på ${awaited(said)} fra ${day(said.day('askedOn'))} ligger før ${day(said.to(), said.day('askedOn'))}, som fristen regnes fra: den lægger intet til.`,
  rolled: said => `Det er ${because(said)}, så svaret kan sendes til og med ${weekday(said.to(), said.from())}.`,
  not_rolled: said => `Det er ${because(said)}, men denne lov flytter ikke den sidste dag.`,
  promised: said =>
    `Den dataansvarlige lover svar inden for ${days(said.count('days'))}: til og med ${weekday(said.to(), said.from())}.`,
  promise_decides: said =>
    `Løftet udløber før lovens frist, så svaret skal sendes senest ${weekday(said.to(), said.from())}.`,
  promise_changes_nothing: said =>
    `Løftet udløber ikke før lovens frist, så svaret skal sendes senest ${weekday(said.to())}.`,
  acknowledgement: said => `Modtagelsen skal bekræftes senest ${weekday(said.to(), said.from())}.`,
  acknowledgement_not_in_force: said =>
    `Modtagelsen behøver ikke at blive bekræftet: den pligt trådte i kraft ${day(said.day('inForceOn'), said.from())}.`,
  refusal: said =>
    `Et afslag skal sendes senest ${weekday(said.to(), said.from())}; en forlængelse flytter ikke den dag.`,
  extension_notice: said =>
    `Personen skal have besked om en forlængelse og grunden til den senest ${weekday(said.to())}.`,
  extension_possible: () => 'Fristen kan forlænges. Forlængelsen regnes fra begyndelsen, ikke fra den første frist.',
  extension_past: said =>
    `Det var, før anmodningen blev modtaget ${day(said.from())}: fristen kan ikke længere forlænges.`,
  extension_taken: () => 'Fristen er forlænget. Forlængelsen regnes fra begyndelsen, ikke fra den første frist.',
  extension_stated: said =>
    `Den dataansvarlige oplyser, at der er brug for ${workingDays(said)} mere: til og med ${weekday(said.to(), said.from())}.`,
  extension_not_known: () => 'Denne lov giver ikke den forlængelse, som er taget: dens sidste dag står fast.',
  extension_not_announced: said =>
    `Forlængelsen blev meddelt efter ${day(said.day('noticeBy'))}, den sidste dag for det efter denne lov: dens sidste dag står fast.`,
  target: said => `For at være på den sikre side efter enhver læsning af loven: svar senest ${weekday(said.to())}.`,
  extended_target: said =>
    `For at være på den sikre side efter enhver læsning af en forlængelse: svar senest ${weekday(said.to())}.`,
  calendar_ends: said =>
    `Helligdagene for det år kendes endnu ikke i kalenderen ${said.word('calendar')}: kun weekender gør.`,
  laws_earlier: said =>
    `To love gælder. Efter ${law(said, 'own')} skal svaret sendes senest ${weekday(said.day('ownOn'))}, efter ${law(said, 'other')} senest ${weekday(said.day('otherOn'), said.day('ownOn'))}. Den tidligste dag gælder: ${weekday(said.to(), said.from())}.`,
  laws_agree: said =>
    `To love gælder, ${law(said, 'own')} og ${law(said, 'other')}: efter begge skal svaret sendes senest ${weekday(said.to())}.`,
  laws_one: said =>
    `To love gælder, ${law(said, 'own')} og ${law(said, 'other')}. Kun ${law(said, 'dated')} sætter en dag: ${weekday(said.to())}.`,
  laws_none: said =>
    `To love gælder, ${law(said, 'own')} og ${law(said, 'other')}. Ingen af dem sætter en frist for selve svaret.`,
  day_ends: said => `Et svar er rettidigt, indtil ${weekday(said.to())} slutter i ${said.word('timeZone')}.`
}

/** The year is said only where it is another one than that of the day the step led from. */
function day(date: LocalDate, near: LocalDate = date): string {
  const { year, month, day } = partsOf(date)
  return `den ${day}. ${MONTHS[month - 1]}${year === partsOf(near).year ? '' : ` ${year}`}`
}

function weekday(date: LocalDate, near: LocalDate = date): string {
  return `${WEEKDAYS[weekdayOf(date) - 1]} ${day(date, near)}`
}

function months(said: Said): string {
  const count = said.count('months')
  return `${NUMBERS[count] ?? count} ${count === 1 ? 'måned' : 'måneder'} fra ${day(said.from())} slutter`
}

function days(count: number): string {
  return count === 1 ? '1 dag' : `${count} dage`
}

function workingDays(said: Said): string {
  const count = said.count('workingDays')
  return count === 1 ? '1 arbejdsdag' : `${count} arbejdsdage`
}

function waited(said: Said): string {
  const until = day(said.day('answeredOn'), said.day('askedOn'))
  return `Fra ${day(said.day('askedOn'))} til ${until} ventede den dataansvarlige på ${awaited(said)}`
}

function added(said: Said): string {
  const count = said.count('days')
  return count === 0
    ? 'intet lægges til'
    : `${days(count)} lægges til, så fristen går til ${day(said.to(), said.from())}`
}

function awaited(said: Said): string {
  return wordFrom(AWAITED, said.word('reason'), 'noget andet')
}

function because(said: Said): string {
  return wordFrom(BECAUSE, said.word('because'), 'en lukkedag')
}

function law(said: Said, name: string): string {
  return lawInSentence(said.word(name), 'da')
}
