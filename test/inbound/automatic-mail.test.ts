import t from 'tap'
import { parseMail } from '../../src/inbound/parse-mail.ts'

const OURS = '<0197-letter@habeas.example>'
const ownHost = 'habeas.example'
const read = (headers: readonly string[], body = 'Hello') =>
  parseMail(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body.replaceAll('\n', '\r\n')}`), { ownHost })

const from = (address: string) => [
  `From: ${address}`,
  'To: privacy@tenant.example',
  'Message-ID: <x@elsewhere.example>'
]
const person = [...from('Anna <anna@example.com>'), 'Subject: Re: Your request', `In-Reply-To: ${OURS}`]

/** A delivery report as RFC 3464 shapes it. */
function report({
  sender = 'MAILER-DAEMON@mx.example',
  action = 'failed',
  status = '5.1.1',
  original = 'message/rfc822',
  declared = true,
  field = 'Message-ID',
  fold = ''
}) {
  const type = declared
    ? 'multipart/report; report-type=delivery-status; boundary="b"'
    : 'multipart/mixed; boundary="b"'
  const body = [
    '--b\nContent-Type: text/plain\n\nYour message could not be delivered.',
    `--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\nArrival-Date: Thu, 5 Nov 2026\n\nFinal-Recipient: rfc822; anna@example.com\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 no such user`,
    `--b\nContent-Type: ${original}\n\nFrom: privacy@tenant.example\nTo: anna@example.com\n${field}:${fold} ${OURS}\nSubject: We received your request\n\nMessage-ID: <false@body.example>\n`,
    '--b--'
  ].join('\n')
  return read([...from(sender), 'Subject: Undelivered Mail Returned to Sender', `Content-Type: ${type}`], body)
}

t.test('A delivery report names the letter that failed, whatever its shape', async t => {
  let shapes = 0
  for (const sender of [
    'MAILER-DAEMON@mx.example',
    '"Mail Delivery Subsystem" <mailer-daemon@googlemail.com>',
    'postmaster@outlook.example',
    '<>',
    'noreply@relay.example'
  ]) {
    for (const original of [
      'message/rfc822',
      'text/rfc822-headers',
      'text/rfc822-headers; charset=us-ascii',
      'message/global'
    ]) {
      for (const shape of [{}, { declared: false }, { field: 'message-id' }, { fold: '\n\t' }]) {
        const mail = await report({ sender, original, ...shape })
        t.match(
          mail.autoReply,
          {
            kind: 'bounce',
            why: 'report: delivery-status',
            about: { action: 'failed', status: '5.1.1', originalMessageId: OURS }
          },
          `${sender} ${original} ${JSON.stringify(shape)}`
        )
        shapes += 1
      }
    }
  }
  t.ok(shapes >= 50, `${shapes} shapes`)
})

t.test('What became of the letter is told apart', async t => {
  t.match(
    (await report({ action: 'delayed', status: '4.4.1' })).autoReply,
    { kind: 'bounce', about: { action: 'delayed', status: '4.4.1' } },
    'late is not lost'
  )
  t.match(
    (await report({ action: 'delivered', status: '2.0.0' })).autoReply,
    { kind: 'auto_reply', about: { action: 'delivered' } },
    'a receipt is no bounce'
  )
  t.match((await report({ action: 'relayed', status: '2.0.0' })).autoReply, {
    kind: 'auto_reply',
    about: { action: 'delivered' }
  })
  t.match(
    (await report({ action: 'Delayed\nStatus: 4.0.0\n\nFinal-Recipient: rfc822; b@example.com\nAction: FAILED' }))
      .autoReply,
    { about: { action: 'failed' } },
    'one of two recipients failed for good'
  )
  t.match(
    (await report({ action: 'evil<script>', status: 'anna@example.com' })).autoReply,
    { about: { action: null, status: null } },
    'and only words we know go on'
  )
})

t.test('Older servers bounce in their own words', async t => {
  const quoted = `Hi. This is the qmail-send program.\n<anna@example.com>:\nSorry, no mailbox here by that name.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <privacy@tenant.example>\nMessage-ID: ${OURS}\nSubject: x\n`
  const rows: [string, readonly string[], string][] = [
    ['qmail', [...from('MAILER-DAEMON@mx.example'), 'Subject: failure notice', 'Return-Path: <>'], quoted],
    ['quoted lines', [...from('mailer-daemon@mx.example'), 'Subject: Mail failure'], quoted.replaceAll(/^/gm, '> ')],
    [
      'Exim',
      [
        ...from('Mail Delivery System <Mailer-Daemon@mx.example>'),
        'X-Failed-Recipients: anna@example.com',
        'Auto-Submitted: auto-replied',
        'Subject: Mail delivery failed'
      ],
      quoted
    ],
    [
      'only an empty return path',
      [...from('noreply@example.com'), 'Return-Path: <>', 'Subject: Undeliverable: x', `In-Reply-To: ${OURS}`],
      'It did not work.'
    ]
  ]
  for (const [what, headers, body] of rows)
    t.match((await read(headers, body)).autoReply, { kind: 'bounce', about: { originalMessageId: OURS } }, what)
})

t.test('A reply by a machine is recognised', async t => {
  const rows: [string, readonly string[]][] = [
    ['RFC 3834', ['Auto-Submitted: auto-replied']],
    ['with a parameter', ['Auto-Submitted: Auto-Replied (vacation); owner-email="a@b.c"']],
    ['generated elsewhere', ['Auto-Submitted: auto-generated']],
    ['a word we do not know', ['Auto-Submitted: something']],
    ['Exchange', ['X-Auto-Response-Suppress: All']],
    ['Exchange, listed', ['X-Auto-Response-Suppress: DR, OOF, AutoReply']],
    ['cPanel', ['X-Autorespond: Re: x']],
    ['Precedence', ['Precedence: auto_reply']],
    ['a careful one', ['Return-Path: <>', 'Auto-Submitted: auto-replied']],
    ['a read receipt', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b']]
  ]
  for (const [what, headers] of rows)
    t.match((await read([...person, ...headers])).autoReply, { kind: 'auto_reply' }, what)

  const subjects = [
    'Automatic reply: Your request',
    'Auto-reply: x',
    'AutoReply: x',
    'Out of Office: x',
    'Out of the office until Monday',
    'AUTO: Anna is out of the office',
    'On vacation',
    'I am on annual leave',
    'Automatisk svar: Din anmodning',
    'Autosvar: x',
    'Ikke på kontoret',
    'Fraværende: x',
    'Αυτόματη απάντηση: Το αίτημά σας',
    'Εκτός γραφείου',
    'Είμαι σε άδεια',
    'Automatische Antwort: x',
    'Réponse automatique : x'
  ]
  for (const subject of subjects) {
    const word = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
    t.match(
      (await read([...from('anna@example.com'), `Subject: ${word}`])).autoReply,
      { kind: 'auto_reply', why: 'subject: automatic reply' },
      subject
    )
  }
})

t.test('A list is a list', async t => {
  for (const header of [
    'Precedence: bulk',
    'Precedence: list',
    'Precedence: junk',
    'List-Id: News <news.example.com>',
    'List-Unsubscribe: <https://example.com/u>'
  ]) {
    t.match((await read([...person, header])).autoReply, { kind: 'list', about: null }, header)
  }
})

t.test('Our own letters coming back are a loop, before all else', async t => {
  const own = [
    'From: privacy@tenant.example',
    'To: privacy@tenant.example',
    `Message-ID: ${OURS}`,
    'Subject: x',
    'Auto-Submitted: auto-generated'
  ]
  t.match((await read(own)).autoReply, { kind: 'loop', why: 'message-id: our own' })
  t.match((await read([...person, 'X-Loop: privacy@tenant.example'])).autoReply, { kind: 'loop', why: 'x-loop' })
  t.equal(
    (await parseMail(Buffer.from(`${own.join('\r\n')}\r\n\r\nx`))).autoReply?.kind,
    'auto_reply',
    'not knowing our host, it is at least automatic'
  )
})

t.test('A person is taken for a person', async t => {
  const rows: [string, readonly string[]][] = [
    ['an ordinary reply', []],
    ['said to be no automatic one', ['Auto-Submitted: no']],
    ['an ordinary return path', ['Return-Path: <anna@example.com>']],
    ['a receipt is asked for', ['Disposition-Notification-To: anna@example.com']],
    ['an ordinary precedence', ['Precedence: normal']],
    ['suppressing nothing', ['X-Auto-Response-Suppress: None']],
    ['our host as part of another', ['References: <a@nothabeas.example>']]
  ]
  for (const [what, headers] of rows) t.equal((await read([...person, ...headers])).autoReply, null, what)

  for (const subject of [
    'Delete my data',
    'Re: Automatic reply: x',
    'Automatic deletion of my data',
    'Your automatic reply was wrong',
    'My leave application',
    'Delivery of my data',
    'Auto: insurance data',
    'Klage over automatisk svar',
    'Ferie i Grækenland',
    'Σχετικά με την αυτόματη απάντηση'
  ]) {
    const word = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
    t.equal((await read([...from('anna@example.com'), `Subject: ${word}`])).autoReply, null, subject)
  }
})

t.test('Nothing personal is in the reason', async t => {
  for (const headers of [
    ['Auto-Submitted: anna-berg'],
    ['X-Failed-Recipients: anna@example.com'],
    ['List-Id: <anna@example.com>'],
    ['X-Loop: anna@example.com']
  ]) {
    t.notMatch((await read([...person, ...headers])).autoReply?.why, /anna/, headers.join())
  }
})
