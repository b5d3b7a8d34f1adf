// What each law gives a controller, as data. Changing a law means changing its row and the source beside it.

import type { Regime } from './regime.ts'
import { BR_LGPD, CA_PIPEDA, CA_QC } from './regimes-americas.ts'
import { CH_FADP, EU_GDPR, UK_GDPR } from './regimes-europe.ts'
import { AU_PRIVACY, NZ_PRIVACY, SG_PDPA } from './regimes-pacific.ts'
import { US_CA, US_CO, US_IA, US_VA } from './regimes-united-states.ts'

export const REGIMES = {
  'eu-gdpr': EU_GDPR,
  'uk-gdpr': UK_GDPR,
  'us-ca': US_CA,
  'us-va': US_VA,
  'us-co': US_CO,
  'us-ia': US_IA,
  'ca-pipeda': CA_PIPEDA,
  'ca-qc': CA_QC,
  'au-privacy': AU_PRIVACY,
  'nz-privacy': NZ_PRIVACY,
  'sg-pdpa': SG_PDPA,
  'br-lgpd': BR_LGPD,
  'ch-fadp': CH_FADP
} as const satisfies Record<string, Regime>

export type RegimeName = keyof typeof REGIMES

export const REGIME_NAMES = Object.keys(REGIMES) as RegimeName[]
