// A year and more of alerts, from the Aegean to the Pacific.

import t from 'tap'
import { simulateAlerts } from '../support/simulate-alerts.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'

/** Less than a minute of work; a machine that does much else besides may take its time. */
t.setTimeout(900_000)

t.test('Whatever the worker misses, each alert is raised once, in its order, and none besides', async t => {
  await simulateAlerts(t, [
    { timeZone: 'Europe/Athens', holidays: 'GR', regime: 'eu-gdpr', promiseDays: {}, rights: HOUSE_POLICY.rights },
    {
      timeZone: 'Europe/Copenhagen',
      holidays: 'DK',
      regime: 'eu-gdpr',
      promiseDays: { all: 30 },
      rights: HOUSE_POLICY.rights
    },
    {
      timeZone: 'America/Los_Angeles',
      holidays: 'US-CA',
      regime: 'us-ca',
      promiseDays: {},
      rights: ['access', 'rectification', 'erasure']
    }
  ])
})
