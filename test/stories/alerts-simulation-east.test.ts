// A year and more of alerts, on the other side of the world.

import t from 'tap'
import { simulateAlerts } from '../support/simulate-alerts.ts'

/** Less than a minute of work; a machine that does much else besides may take its time. */
t.setTimeout(900_000)

t.test('Whatever the worker misses, each alert is raised once, in its order, and none besides', async t => {
  const promiseDays = {}
  const rights = ['access', 'rectification'] as const
  await simulateAlerts(t, [
    { timeZone: 'Australia/Sydney', holidays: 'AU-NSW', regime: 'au-privacy', promiseDays, rights },
    { timeZone: 'Pacific/Auckland', holidays: 'NZ', regime: 'nz-privacy', promiseDays, rights },
    { timeZone: 'Asia/Singapore', holidays: 'SG', regime: 'sg-pdpa', promiseDays, rights }
  ])
})
