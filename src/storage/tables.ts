// Every table, gathered for Drizzle. Each file beside names its columns, the only place where snake_case meets camelCase.
// The tenant is in every key: foreign keys are checked behind row security's back.

export { alerts } from './tables/alerts.ts'
export { calendarFeeds } from './tables/calendar.ts'
export { inbound, letters, messages } from './tables/correspondence.ts'
export { collected, packages, tasks } from './tables/fulfilment.ts'
export { idempotencyKeys } from './tables/guard-rails.ts'
export { checkpointHeads, checkpoints, registerEntries, responses } from './tables/proof.ts'
export { cases, caseWords, events, notes, subjectRequests } from './tables/requests.ts'
export { apiKeys, doors, policies, staff, systems, tenants, testClocks } from './tables/tenancy.ts'
export { timers } from './tables/timers.ts'
export { tokens } from './tables/tokens.ts'
export { feed, webhookDeliveries, webhooks } from './tables/webhooks.ts'
