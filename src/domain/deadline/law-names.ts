// The laws by the short names that stand inside a sentence of the trace.

import type { Locale } from '../subject-request.ts'
import type { RegimeName } from './regimes.ts'

/** In Greek as they stand after «κατά». */
const NAMES: Readonly<Record<RegimeName, Readonly<Record<Locale, string>>>> = {
  'eu-gdpr': {
    en: 'the GDPR',
    da: 'GDPR',
    el: 'τον ΓΚΠΔ'
  },
  'uk-gdpr': {
    en: 'the UK GDPR',
    da: 'UK GDPR',
    el: 'τον ΓΚΠΔ του Ηνωμένου Βασιλείου'
  },
  'us-ca': {
    en: 'the CCPA of California',
    da: 'Californiens CCPA',
    el: 'τον νόμο CCPA της Καλιφόρνιας'
  },
  'us-va': {
    en: 'the Virginia Consumer Data Protection Act',
    da: 'Virginias forbrugerdatalov',
    el: 'τον νόμο της Βιρτζίνια για τα δεδομένα των καταναλωτών'
  },
  'us-co': {
    en: 'the Colorado Privacy Act',
    da: 'Colorados databeskyttelseslov',
    el: 'τον νόμο του Κολοράντο για την ιδιωτικότητα'
  },
  'us-ia': {
    en: 'the Iowa Consumer Data Protection Act',
    da: 'Iowas forbrugerdatalov',
    el: 'τον νόμο της Άιοβα για τα δεδομένα των καταναλωτών'
  },
  'ca-pipeda': {
    en: 'PIPEDA of Canada',
    da: 'Canadas PIPEDA',
    el: 'τον νόμο PIPEDA του Καναδά'
  },
  'ca-qc': {
    en: 'Law 25 of Quebec',
    da: 'Quebecs lov 25',
    el: 'τον νόμο 25 του Κεμπέκ'
  },
  'au-privacy': {
    en: 'the Australian Privacy Act',
    da: 'Australiens Privacy Act',
    el: 'τον αυστραλιανό νόμο περί ιδιωτικότητας'
  },
  'nz-privacy': {
    en: 'the New Zealand Privacy Act',
    da: 'New Zealands Privacy Act',
    el: 'τον νόμο της Νέας Ζηλανδίας περί ιδιωτικότητας'
  },
  'sg-pdpa': {
    en: 'the PDPA of Singapore',
    da: 'Singapores PDPA',
    el: 'τον νόμο PDPA της Σιγκαπούρης'
  },
  'br-lgpd': {
    en: 'the LGPD of Brazil',
    da: 'Brasiliens LGPD',
    el: 'τον νόμο LGPD της Βραζιλίας'
  },
  'ch-fadp': {
    en: 'the Swiss Data Protection Act',
    da: 'den schweiziske databeskyttelseslov',
    el: 'τον ελβετικό νόμο για την προστασία δεδομένων'
  }
}

/** @throws {Error} for a law that is none of ours: a step without its law is a bug, not a sentence */
export function lawInSentence(regime: string, locale: Locale): string {
  if (!Object.hasOwn(NAMES, regime)) throw new Error(`There is no law ${regime}.`)
  return NAMES[regime as RegimeName][locale]
}
