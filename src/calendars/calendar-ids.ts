// The places whose holidays the service knows: a country, or a part of it where the holidays differ.

import { EUROPEAN_ECONOMIC_AREA } from '../domain/deadline/places.ts'

const GERMAN_STATES = 'BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH'.split(' ')
const SWISS_CANTONS = 'AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH'.split(' ')
const AUSTRALIAN_STATES = 'ACT NSW NT QLD SA TAS VIC WA'.split(' ')

/**
 * ISO 3166 codes, save that England and Wales, which share their bank holidays, are `GB-EAW`. Switzerland and Australia
 * appear by canton and state only: hardly a holiday there is the country's own.
 */
export const CALENDAR_IDS: readonly string[] = [
  ...EUROPEAN_ECONOMIC_AREA,
  ...GERMAN_STATES.map(state => `DE-${state}`),
  ...SWISS_CANTONS.map(canton => `CH-${canton}`),
  'GB-EAW',
  'GB-NIR',
  'GB-SCT',
  ...AUSTRALIAN_STATES.map(state => `AU-${state}`),
  'NZ',
  'SG',
  'BR',
  'CA',
  'CA-QC',
  'US',
  'US-CA'
].sort()
