// The sets of rest days that several laws share.

import type { RestDays } from './holidays.ts'

export const WEEKENDS_AND_HOLIDAYS: RestDays = { weekdays: [6, 7], holidays: 'public' }

/** Canadian interpretation acts count Sunday among the holidays, Saturday not. */
export const SUNDAYS_AND_HOLIDAYS: RestDays = { weekdays: [7], holidays: 'public' }

/** The narrowest reading of a business day: Civil Code (Cal.) s. 9 leaves Saturdays in, and every holiday is doubted. */
export const SUNDAYS: RestDays = { weekdays: [7], holidays: 'none' }
