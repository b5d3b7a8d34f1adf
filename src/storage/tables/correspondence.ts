// What goes out, what comes in, and the conversation with the person.

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid
} from 'drizzle-orm/pg-core'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { at, bytea, oneOf, tenantId, tenantOnly } from './columns.ts'
import { cases } from './requests.ts'
import { tenants } from './tenancy.ts'

/** A mail that was promised. Its facts, Message-ID and links are fixed when it is queued, so that a retry is the same mail. */
export const letters = pgTable(
  'letters',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    /** Null for mails to staff that belong to no case. */
    caseId: uuid('case_id'),
    requestId: uuid('request_id'),
    kind: text('kind').notNull(),
    /** `controller`: the company that a request is passed on to. */
    audience: text('audience').$type<'subject' | 'staff' | 'controller'>().notNull(),
    state: text('state').$type<'queued' | 'sent' | 'undeliverable' | 'suppressed'>().notNull(),
    messageId: text('message_id').notNull(),
    /** Mailbox, language, kind and facts, from which the words are made: sealed under the case's key, or the tenant's where there is no case. */
    sealed: bytea('sealed').notNull(),
    /** The answer's letter waits until its package can be fetched. */
    waitsForPackage: boolean('waits_for_package').notNull().default(false),
    attempts: integer('attempts').notNull().default(0),
    /** The class of the last failure, never its words: a mail server quotes addresses. */
    lastFailure: text('last_failure'),
    queuedAt: at('queued_at').notNull(),
    sentAt: at('sent_at'),
    /** The day on which it was posted, where it went by post. */
    postedOn: date('posted_on').$type<LocalDate>()
  },
  table => [
    primaryKey({ name: 'letters_pk', columns: [table.tenantId, table.id] }),
    unique('letters_message_id').on(table.tenantId, table.messageId),
    foreignKey({
      name: 'letters_case_fk',
      columns: [table.tenantId, table.caseId],
      foreignColumns: [cases.tenantId, cases.id]
    }),
    index('letters_by_case').on(table.tenantId, table.caseId, table.queuedAt),
    check('letters_audience', sql`${table.audience} ${oneOf(['subject', 'staff', 'controller'])}`),
    check('letters_state', sql`${table.state} ${oneOf(['queued', 'sent', 'undeliverable', 'suppressed'])}`),
    check('letters_posted', sql`${table.postedOn} is null or ${table.state} = 'sent'`),
    tenantOnly()
  ]
)

export const messages = pgTable(
  'messages',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    caseId: uuid('case_id').notNull(),
    direction: text('direction').$type<'in' | 'out'>().notNull(),
    author: text('author'),
    letterId: uuid('letter_id'),
    sealed: bytea('sealed').notNull(),
    /** When what the person wrote arrived: a mail may be filed later than that. Null of what staff wrote. */
    receivedAt: at('received_at'),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'messages_pk', columns: [table.tenantId, table.id] }),
    foreignKey({
      name: 'messages_case_fk',
      columns: [table.tenantId, table.caseId],
      foreignColumns: [cases.tenantId, cases.id]
    }),
    index('messages_by_case').on(table.tenantId, table.caseId, table.id),
    check('messages_direction', sql`${table.direction} ${oneOf(['in', 'out'])}`),
    tenantOnly()
  ]
)

/** What arrived from outside: mails, and what the public form was sent. Kept whole and sealed until it is sorted. */
export const inbound = pgTable(
  'inbound',
  {
    tenantId: tenantId(),
    id: uuid('id').notNull(),
    kind: text('kind').$type<'email' | 'form'>().notNull(),
    state: text('state').$type<'new' | 'to_sort' | 'opened' | 'filed' | 'dismissed'>().notNull(),
    /** Why it opened no case: `auto_reply`, `bounce`, `no_request_seen`. */
    why: text('why'),
    /** SHA-256 of the Message-ID: the same mail handed in twice is one mail. */
    fingerprint: bytea('fingerprint').notNull(),
    caseId: uuid('case_id'),
    /** SHA-256 of the cookie that the page gave to the browser which sent the form: that browser needs no code. */
    browserHash: bytea('browser_hash'),
    /** Blind index of the address a form names, in its folded form: so many mails a day go to one inbox, and no more. */
    addressKey: bytea('address_key'),
    /** The mail or the form, sealed under the tenant's key; under the case's once it belongs to one. Null once it was erased. */
    sealed: bytea('sealed'),
    erasedAt: at('erased_at'),
    receivedAt: at('received_at').notNull(),
    createdAt: at('created_at').notNull()
  },
  table => [
    primaryKey({ name: 'inbound_pk', columns: [table.tenantId, table.id] }),
    unique('inbound_once').on(table.tenantId, table.fingerprint),
    foreignKey({ name: 'inbound_tenant_fk', columns: [table.tenantId], foreignColumns: [tenants.id] }),
    index('inbound_by_state').on(table.tenantId, table.state, table.id),
    index('inbound_by_case').on(table.tenantId, table.caseId),
    index('inbound_by_address')
      .on(table.tenantId, table.addressKey, table.createdAt)
      .where(sql`address_key is not null`),
    check('inbound_kind', sql`${table.kind} ${oneOf(['email', 'form'])}`),
    check('inbound_state', sql`${table.state} ${oneOf(['new', 'to_sort', 'opened', 'filed', 'dismissed'])}`),
    check('inbound_erased', sql`(${table.sealed} is null) = (${table.erasedAt} is not null)`),
    tenantOnly()
  ]
)
