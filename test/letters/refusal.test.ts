import t from 'tap'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import { LOCALES, type Locale } from '../../src/domain/subject-request.ts'
import { say } from '../../src/letters/catalogue.ts'
import type { ExtensionFacts } from '../../src/letters/clock-facts.ts'
import { renderLetter } from '../../src/letters/letter.ts'
import type { ResponseFacts } from '../../src/letters/response-facts.ts'
import { groundText } from '../../src/letters/words.ts'
import { shownText } from './reading.ts'
import { ALL_RESPONSES, authority, sampleResponse } from './response-samples.ts'
import { SAMPLES } from './samples.ts'

/** Under each law the authority a person is sent to, and where it is. */
const REDRESS: Readonly<Record<RegimeName, { iso: string; address: string }>> = {
  'eu-gdpr': { iso: 'DK', address: 'Carl Jacobsens Vej 35' },
  'uk-gdpr': { iso: 'GB', address: 'Wycliffe House' },
  'ch-fadp': { iso: 'CH', address: 'Feldeggweg 1' },
  'us-ca': { iso: 'US-CA', address: 'Sacramento' },
  'us-va': { iso: 'US-VA', address: 'Richmond' },
  'us-co': { iso: 'US-CO', address: 'Denver' },
  'us-ia': { iso: 'US-IA', address: 'Des Moines' },
  'ca-pipeda': { iso: 'CA', address: '30 Victoria Street' },
  'ca-qc': { iso: 'CA-QC', address: 'René-Lévesque' },
  'au-privacy': { iso: 'AU', address: 'Sydney NSW 2001' },
  'nz-privacy': { iso: 'NZ', address: 'Wellington' },
  'sg-pdpa': { iso: 'SG', address: 'Pasir Panjang' },
  'br-lgpd': { iso: 'BR', address: 'Brasília' }
}

const said = (facts: ResponseFacts, locale: Locale = 'en'): string => flat(renderLetter('response', locale, facts).text)

t.test('Every refusal and every partial answer, in every language', async t => {
  const unfavourable = ALL_RESPONSES.filter(({ outcome }) => outcome === 'refused' || outcome === 'partly_granted')
  t.equal(unfavourable.length, 26)
  for (const locale of LOCALES) {
    for (const { right, outcome, facts } of unfavourable) {
      const letter = renderLetter('response', locale, facts)
      for (const form of [flat(letter.text), shownText(letter.html)]) {
        const title = `${locale} ${right} ${outcome}`
        t.match(form, groundText('legal_obligation', locale), `${title}: the reason`)
        t.match(form, 'Bogføringsloven § 12', `${title}: the provision`)
        t.match(form, 'Your company bought a licence in 2025.', `${title}: the facts`)
        t.match(form, '2030', `${title}: the end`)
        t.match(form, 'Datatilsynet', `${title}: the authority`)
        t.match(form, 'Carl Jacobsens Vej 35', `${title}: its address`)
        t.match(form, say(locale, 'redress.eu-gdpr.complain'), `${title}: the complaint`)
        t.match(form, say(locale, 'redress.eu-gdpr.court'), `${title}: the court`)
      }
    }
  }
})

t.test('Under each law a refusal names that law’s authority and court', async t => {
  for (const locale of LOCALES) {
    for (const [regime, { iso, address }] of Object.entries(REDRESS) as [
      RegimeName,
      { iso: string; address: string }
    ][]) {
      const body = authority(iso)
      const text = said(sampleResponse('access', 'refused', regime, body), locale)
      t.match(text, body.nameLocal, `${locale} ${regime}: name`)
      t.match(text, address, `${locale} ${regime}: address`)
      t.match(text, body.complaintUrl, `${locale} ${regime}: where to complain`)
      t.match(text, say(locale, `redress.${regime}.court`), `${locale} ${regime}: court`)
      t.match(text, say(locale, `law.${regime}`), `${locale} ${regime}: the law applied`)
    }
  }
})

t.test('A refusal without its reasons is not written', async t => {
  const bare = { ...sampleResponse('access', 'refused'), reasons: [] } as unknown as ResponseFacts
  t.throws(() => renderLetter('response', 'en', bare), { code: 'outcome_not_possible' })
  const partly = { ...sampleResponse('erasure', 'partly_granted'), reasons: [] } as unknown as ResponseFacts
  t.throws(() => renderLetter('response', 'en', partly), { code: 'outcome_not_possible' })
  const later = { ...SAMPLES.extension, reasons: [] } as unknown as ExtensionFacts
  t.throws(() => renderLetter('extension', 'en', later), { code: 'outcome_not_possible' })
})

t.test('An authority that cannot be reached is no authority', async t => {
  const nowhere = {
    ...authority('DK'),
    postalAddress: [],
    postalAddressLocal: null,
    complaintEmail: null,
    complaintUrl: ''
  }
  t.throws(() => renderLetter('response', 'en', sampleResponse('access', 'refused', 'eu-gdpr', nowhere)), {
    code: 'outcome_not_possible'
  })
})

t.test('The authority is named as the reader knows it', async t => {
  t.match(said(sampleResponse('access', 'refused'), 'da'), 'Datatilsynet Carl Jacobsens Vej 35 2500 Valby Telefon')
  t.match(
    said(sampleResponse('access', 'refused'), 'en'),
    'Danish Data Protection Agency (Datatilsynet) Carl Jacobsens Vej 35 2500 Valby Denmark'
  )
  const greek = sampleResponse('access', 'refused', 'eu-gdpr', authority('GR'))
  t.match(
    said(greek, 'el'),
    'Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα (ΑΠΔΠΧ) Λεωφόρος Κηφισίας 1-3 115 23 Αθήνα'
  )
  t.match(said(greek, 'en'), 'Hellenic Data Protection Authority (Αρχή')
})

function flat(text: string): string {
  return text.replace(/\n> ?/g, ' ').replace(/\s+/g, ' ')
}
