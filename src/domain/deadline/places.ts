// Places that several files count together.

/** ISO 3166 codes: the Union, and the three states that took over the GDPR with the Agreement on the European Economic Area. */
export const EUROPEAN_ECONOMIC_AREA: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')
