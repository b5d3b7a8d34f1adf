import { Readable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import { HabeasError } from '../../src/domain/errors.ts'
import { MAIL_BYTES_MAX, parseMail } from '../../src/inbound/parse-mail.ts'

/** A raw mail of header lines and a body, with the line ends of the wire. */
const raw = (headers: readonly string[], body: string | Buffer = 'Hello\n') =>
  Buffer.concat([
    Buffer.from(`${headers.join('\r\n')}\r\n\r\n`),
    typeof body === 'string' ? Buffer.from(body.replaceAll('\n', '\r\n')) : body
  ])

const USUAL = [
  'From: Anna Berg <anna@example.com>',
  'To: privacy@tenant.example',
  'Subject: My data',
  'Date: Thu, 5 Nov 2026 10:30:00 +0100',
  'Message-ID: <abc@example.com>'
]
const without = (name: string) => USUAL.filter(line => !line.startsWith(`${name}:`))

t.test('A plain mail is read whole', async t => {
  const mail = await parseMail(
    raw(
      [
        ...USUAL,
        'Cc: Bo <bo@bücher.example>, anna@example.com',
        'Reply-To: private@example.net',
        'In-Reply-To: <letter-1@habeas.example>',
        'References: <letter-0@habeas.example>\r\n\t<letter-1@habeas.example>',
        'Return-Path: <anna@example.com>'
      ],
      'Please send me a copy of my data.\n\nAnna\n'
    )
  )
  t.match(mail, {
    from: { address: 'anna@example.com', name: 'Anna Berg' },
    replyTo: { address: 'private@example.net', name: null },
    to: [
      { address: 'privacy@tenant.example' },
      { address: 'bo@xn--bcher-kva.example', name: 'Bo' },
      { address: 'anna@example.com' }
    ],
    subject: 'My data',
    text: 'Please send me a copy of my data.\n\nAnna',
    messageId: '<abc@example.com>',
    inReplyTo: '<letter-1@habeas.example>',
    references: ['<letter-0@habeas.example>', '<letter-1@habeas.example>'],
    date: new Date('2026-11-05T09:30:00Z'),
    language: 'en',
    autoReply: null,
    headersOfInterest: { 'return-path': '<anna@example.com>' }
  })
  t.same(mail.attachments, [])
})

t.test('A stream is read like a buffer', async t => {
  const mail = raw(USUAL, 'Slet venligst mine data.\n')
  const pieces = Readable.from(
    Array.from({ length: Math.ceil(mail.length / 7) }, (_, i) => mail.subarray(i * 7, i * 7 + 7)),
    { objectMode: false }
  )
  t.same(await parseMail(pieces), await parseMail(mail))
})

/** The Greek letters stand in ISO 8859-7 and windows-1253 as they stand in Unicode, 0x2D0 lower (the capital alpha with accent apart). */
function encode(text: string, charset: string): Buffer {
  if (charset === 'utf-8') return Buffer.from(text)
  return Buffer.from([...text].map(letter => letter.charCodeAt(0)).map(code => (code > 0x370 ? code - 0x2d0 : code)))
}

t.test('Every alphabet our people write in comes through', async t => {
  const greek = 'Παρακαλώ διαγράψτε τα δεδομένα μου. Γιώργος Ανθής'
  const danish = 'Jeg ønsker at få slettet mine oplysninger. Åse Ærø'
  const rows: [string, string, 'el' | 'da'][] = [
    ['windows-1253', greek, 'el'],
    ['ISO-8859-7', greek, 'el'],
    ['utf-8', greek, 'el'],
    ['iso-8859-1', danish, 'da'],
    ['windows-1252', danish, 'da'],
    ['utf-8', danish, 'da']
  ]
  for (const [charset, text, language] of rows) {
    const bytes = encode(text, charset)
    const word = `=?${charset}?B?${bytes.toString('base64')}?=`
    for (const encoding of ['8bit', 'base64', 'quoted-printable'] as const) {
      const quoted = [...bytes]
        .map(byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join('')
        .replace(/(.{72})/g, '$1=\r\n')
      const body = {
        '8bit': bytes,
        base64: Buffer.from(bytes.toString('base64')),
        'quoted-printable': Buffer.from(quoted)
      }[encoding]
      const mail = await parseMail(
        raw(
          [
            ...without('From'),
            `From: ${word} <a@example.com>`,
            `Content-Type: text/plain; charset="${charset}"`,
            `Content-Transfer-Encoding: ${encoding}`
          ],
          body
        )
      )
      t.match(mail, { text, language, from: { name: text } }, `${charset} in ${encoding}`)
    }
  }
  const subject = await parseMail(raw([...without('Subject'), 'Subject: =?iso-8859-7?Q?=C4=E9=E1=E3=F1=E1=F6=DE?=']))
  t.equal(subject.subject, 'Διαγραφή')
})

t.test('A letter in an alphabet nobody knows still arrives', async t => {
  for (const charset of ['x-unknown', 'utf-7', '"', 'iso-8859-7; charset=utf-8']) {
    const mail = await parseMail(
      raw([...USUAL, `Content-Type: text/plain; charset=${charset}`], 'delete my data +ADw-b+AD4-')
    )
    t.match(mail.text, 'delete my data +ADw-b+AD4-', charset)
  }
})

t.test('HTML alone becomes text', async t => {
  const html =
    '<html><head><style>p{}</style><title>x</title></head><body><p>Please <b>delete</b> my&nbsp;data &amp; account.</p><script>evil()</script><p>Anna</p></body></html>'
  const parts = (type: string, ...inner: string[]) => `--b\n${inner.join('\n--b\n')}\n--b--\n`.replace('', type)
  const alternative = (text: string) =>
    parts('', `Content-Type: text/plain\n\n${text}`, `Content-Type: text/html\n\n${html}`)
  const rows: [string, Buffer, RegExp][] = [
    [
      'as the whole body',
      raw([...USUAL, 'Content-Type: text/html; charset=utf-8'], html),
      /^Please delete my data & account\.\n\nAnna$/
    ],
    [
      'as the only alternative',
      raw(
        [...USUAL, 'Content-Type: multipart/alternative; boundary=b'],
        parts('', `Content-Type: text/html\n\n${html}`)
      ),
      /^Please delete my data/
    ],
    [
      'beside an attachment',
      raw(
        [...USUAL, 'Content-Type: multipart/mixed; boundary=b'],
        parts(
          '',
          `Content-Type: text/html\n\n${html}`,
          'Content-Type: image/png\nContent-Disposition: attachment; filename=a.png\n\nPNG'
        )
      ),
      /^Please delete my data/
    ],
    [
      'beside an empty text',
      raw([...USUAL, 'Content-Type: multipart/alternative; boundary=b'], alternative('  \n')),
      /^Please delete my data/
    ],
    [
      'beside a text, which wins',
      raw([...USUAL, 'Content-Type: multipart/alternative; boundary=b'], alternative('The text.')),
      /^The text\.$/
    ]
  ]
  for (const [what, mail, wanted] of rows) {
    const { text } = await parseMail(mail)
    t.match(text, wanted, what)
    t.notMatch(text, /evil|<|p\{/)
  }
  const deep = await parseMail(raw([...USUAL, 'Content-Type: text/html'], `${'<b>'.repeat(50_000)}delete my data`))
  t.match(deep.text, /delete my data/, 'nested without end, the words are still found')
})

t.test('What was written now is told from what it answers', async t => {
  const quote = '> We received your request.\n> Regards'
  const rows: [string, string, string][] = [
    [
      `Yes, it was me.\n\nOn Mon, 2 Nov 2026 at 10:00, Tenant <privacy@tenant.example> wrote:\n${quote}\n`,
      'Yes, it was me.',
      'English'
    ],
    [
      `Ja, det var mig.\n\nDen man. 2. nov. 2026 kl. 10.00 skrev Tenant <privacy@tenant.example>:\n\n${quote}`,
      'Ja, det var mig.',
      'Danish'
    ],
    [
      `Ναι.\n\nΣτις Δευ, 2 Νοε 2026 στις 10:00 π.μ., ο χρήστης Tenant <privacy@tenant.example> έγραψε:\n\n${quote}`,
      'Ναι.',
      'Greek'
    ],
    [
      `Yes.\n\nOn Mon, 2 Nov 2026 at 10:00, A Very Long Name Of A Tenant <\nprivacy@tenant.example> wrote:\n${quote}`,
      'Yes.',
      'broken over two lines'
    ],
    [`Yes.\n\n-----Original Message-----\nFrom: Tenant\nHello`, 'Yes.', 'Outlook, old'],
    [
      'Ja.\n\n________________________________\nFra: Tenant <privacy@tenant.example>\nSendt: 2. november 2026\nTil: Anna\nEmne: Din anmodning\n\nHej',
      'Ja.\n\n________________________________',
      'Outlook, new'
    ],
    [`Yes.\n\n-- \nAnna Berg\n+45 12 34 56 78`, 'Yes.', 'a signature'],
    ['Slet mine data.\n\nSendt fra min iPhone', 'Slet mine data.', 'a telephone'],
    [
      `> Is this your name?\n\nNo, it is Berg.\n\n> And your town?\n\nVejle.`,
      `> Is this your name?\n\nNo, it is Berg.\n\n> And your town?\n\nVejle.`,
      'answers between the lines stay with what they answer'
    ],
    [
      `Please see what they wrote:\nfrom my point of view it is wrong`,
      `Please see what they wrote:\nfrom my point of view it is wrong`,
      'an ordinary sentence is no mark'
    ],
    [quote, quote, 'where nothing would be left, everything stays'],
    [
      `FYI\n\n---------- Forwarded message ---------\nFrom: Bo <bo@example.com>\nDate: Mon\n\nDelete my data`,
      `FYI\n\n---------- Forwarded message ---------\nFrom: Bo <bo@example.com>\nDate: Mon\n\nDelete my data`,
      'a forwarded mail is the message'
    ]
  ]
  for (const [body, text, why] of rows) {
    const mail = await parseMail(raw([...USUAL, 'Content-Type: text/plain; charset=utf-8'], body))
    t.equal(mail.text, text, why)
    t.equal(mail.wholeText, body.trim(), 'and the whole is kept')
  }
  const forwarded = 'See below\n\nFrom: Bo\nSent: Monday\nTo: us\n\nDelete my data'
  t.equal(
    (await parseMail(raw([...without('Subject'), 'Subject: Fw: help'], forwarded))).text,
    forwarded,
    'also where only the subject says so'
  )
})

t.test('A sender that is not one plain mailbox is nobody', async t => {
  const rows: [string[], string][] = [
    [[], 'no From'],
    [['From: '], 'an empty one'],
    [['From: Anna'], 'a name alone'],
    [['From: anna@example.com, bo@example.com'], 'two people'],
    [['From: anna@example.com', 'From: evil@example.net'], 'two fields'],
    [['From: Friends: anna@example.com;'], 'a group'],
    [['From: Undisclosed recipients:;'], 'an empty group'],
    [['From: "anna@example.com\\r\\nBcc: x@y.z" <anna@example.com\r\n >evil@example.net'], 'a broken one'],
    [['From: anna@localhost'], 'no domain'],
    [['From: <"anna@evil"@example.com>'], 'a quoted local part'],
    [['From: =?utf-8?Q?anna=40example.com=2C?= evil@example.net, <x@y.example>'], 'addresses in disguise']
  ]
  for (const [lines, why] of rows) t.equal((await parseMail(raw([...without('From'), ...lines]))).from, null, why)
  const named = await parseMail(raw([...without('From'), 'From: "privacy@tenant.example" <anna@EXAMPLE.com>']))
  t.same(
    named.from,
    { address: 'anna@example.com', name: 'privacy@tenant.example' },
    'a name that looks like an address stays a name'
  )
})

t.test('No line break survives in what was one line', async t => {
  const word = `=?utf-8?B?${Buffer.from('Hello\r\nBcc: evil@example.net\u2028x\0').toString('base64')}?=`
  const mail = await parseMail(
    raw(
      [
        ...without('Subject').filter(line => !line.startsWith('From')),
        `Subject: ${word}`,
        `From: ${word} <anna@example.com>`
      ],
      'x'
    )
  )
  t.equal(mail.subject, 'Hello Bcc: evil@example.net x')
  t.equal(mail.from?.name, 'Hello Bcc: evil@example.net x')
})

t.test('Dates and ids are believed only where they can be', async t => {
  for (const date of ['yesterday', '', '99999999999', 'Thu, 35 Nov 2026'])
    t.equal((await parseMail(raw([...without('Date'), `Date: ${date}`]))).date, null, date)
  t.same(
    (await parseMail(raw([...without('Date'), 'Date: Thu, 5 Nov 2026 10:30:00 +0100 (CET)']))).date,
    new Date('2026-11-05T09:30:00Z')
  )
  for (const id of ['', 'abc', '<abc>', '<a b@c>', `<${'a'.repeat(500)}@b>`])
    t.equal((await parseMail(raw([...without('Message-ID'), `Message-ID: ${id}`]))).messageId, null, id.slice(0, 10))
  const many = Array.from({ length: 500 }, (_, i) => `<${i}@example.com>`).join('\r\n ')
  t.equal((await parseMail(raw([...USUAL, `References: ${many}`]))).references.length, 100, 'a long thread is cut')
})

t.test('Attachments come with their name on one line', async t => {
  const part = (head: string, body: string) => `--b\n${head}\n\n${body}\n`
  const body = [
    part('Content-Type: text/plain', 'See attached.'),
    part(
      'Content-Type: application/pdf\nContent-Disposition: attachment; filename="../../etc/pass\u0007wd.pdf"\nContent-Transfer-Encoding: base64',
      Buffer.from('PDF').toString('base64')
    ),
    part("Content-Type: image/png\nContent-Disposition: inline; filename*=utf-8''%CE%B1%0D%0Ax.png", 'PNG'),
    part('Content-Type: message/rfc822', 'From: bo@example.com\nSubject: inner\n\nDelete my data'),
    part('Content-Type: application/octet-stream', 'bytes'),
    '--b--\n'
  ].join('')
  const { attachments, text, from, subject } = await parseMail(
    raw([...USUAL, 'Content-Type: multipart/mixed; boundary=b'], body)
  )

  t.same(
    attachments.map(({ filename, contentType, size, content }) => [
      filename,
      contentType,
      size,
      content.toString().slice(0, 5)
    ]),
    [
      ['../../etc/pass wd.pdf', 'application/pdf', 3, 'PDF'],
      ['α x.png', 'image/png', 3, 'PNG'],
      [null, 'message/rfc822', 54, 'From:'],
      [null, 'application/octet-stream', 5, 'bytes']
    ]
  )
  t.match(
    { text, from, subject },
    { text: 'See attached.', from: { address: 'anna@example.com' }, subject: 'My data' },
    'and an enclosed mail speaks for itself only'
  )
})

t.test('What is too large is refused', async t => {
  const rows: [string, Buffer | Readable][] = [
    ['a mail of more than 25 MiB', Buffer.concat([raw(USUAL), Buffer.alloc(MAIL_BYTES_MAX, 'x')])],
    [
      'a stream without end',
      Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(1_048_576, 'x')
        })()
      )
    ],
    ['a header of a megabyte', raw([...USUAL, `X-Huge: ${'x'.repeat(1_048_576)}`])],
    ['a header of very many lines', raw([...USUAL, ...Array.from({ length: 50_000 }, (_, i) => `X-${i}: y`)])],
    ['very many parts', raw([...USUAL, 'Content-Type: multipart/mixed; boundary=b'], '--b\n\nx\n'.repeat(2_000))]
  ]
  for (const [what, mail] of rows) await t.rejects(parseMail(mail), { code: 'too_large' }, what)
})

t.test('What is no mail is refused', async t => {
  for (const bytes of ['', 'hello', '\0\0\0', '{"a":1}', '\r\n\r\nbody', 'X-Only: this\r\n\r\nbody']) {
    await t.rejects(
      parseMail(Buffer.from(bytes)),
      { code: 'invalid', facts: { errors: [{ rule: 'rfc5322' }] } },
      JSON.stringify(bytes)
    )
  }
})

t.test('Broken MIME is read as far as it goes', async t => {
  const nested = (depth: number): string =>
    depth === 0
      ? 'Content-Type: text/plain\n\ndeepest'
      : `Content-Type: multipart/mixed; boundary=b${depth}\n\n--b${depth}\n${nested(depth - 1)}\n--b${depth}--`
  const rows: [string, Buffer][] = [
    ['a boundary that never comes', raw([...USUAL, 'Content-Type: multipart/mixed; boundary=b'], 'no part')],
    ['no boundary at all', raw([...USUAL, 'Content-Type: multipart/mixed'], 'no part')],
    [
      'an open part',
      raw([...USUAL, 'Content-Type: multipart/mixed; boundary=b'], '--b\nContent-Type: text/plain\n\nopen')
    ],
    ['false base64', raw([...USUAL, 'Content-Transfer-Encoding: base64'], '!!!! not base64 ====')],
    ['false quoted-printable', raw([...USUAL, 'Content-Transfer-Encoding: quoted-printable'], '=ZZ=\n=')],
    ['a strange encoding', raw([...USUAL, 'Content-Transfer-Encoding: x-uuencode'], 'begin 644 x')],
    [
      'parts in parts in parts',
      raw([...USUAL, ...nested(60).split('\n\n', 1)], nested(60).slice(nested(60).indexOf('\n\n') + 2))
    ],
    ['a header without an end', Buffer.from('From: a@example.com\r\nSubject: x')],
    ['bare line feeds', Buffer.from('From: anna@example.com\nSubject: x\n\nbody')],
    ['bare carriage returns', Buffer.from('From: anna@example.com\rSubject: x\r\rbody')],
    ['field names of a prototype', raw([...USUAL, '__proto__: x', 'constructor: y', 'List-__proto__: <z>'])]
  ]
  for (const [what, mail] of rows) t.type((await parseMail(mail)).text, 'string', what)
})

t.test('Hostile text costs no time', async t => {
  const bodies = [
    '>'.repeat(100_000),
    `${'>\n'.repeat(200_000)}x`,
    `${' '.repeat(500_000)}x`,
    `${'- '.repeat(300_000)}`,
    `On ${'x '.repeat(200_000)}`,
    '<'.repeat(500_000),
    `abcd<${'@'.repeat(500_000)}\n> x`,
    `abcd <${'a@'.repeat(250_000)} wrote:\n> x`,
    `${'From: x\n'.repeat(50_000)}`,
    `${'-- \n'.repeat(100_000)}`
  ]
  for (const body of bodies) {
    for (const type of ['text/plain', 'text/html'])
      t.type((await parseMail(raw([...USUAL, `Content-Type: ${type}`], body))).text, 'string')
  }
})

t.test('Nor does a hostile header', async t => {
  const values = [
    '\\"'.repeat(100_000),
    '('.repeat(200_000),
    'a@'.repeat(100_000),
    '<'.repeat(200_000),
    'x,'.repeat(100_000),
    '=?utf-8?Q?'.repeat(20_000),
    ' '.repeat(200_000)
  ]
  for (const value of values) {
    for (const name of ['From', 'Subject', 'References', 'Date', 'Content-Type', 'List-Id']) {
      const mail = await parseMail(raw([...without(name), `${name}: ${value}`]))
      t.equal(mail.from === null, name === 'From', `${name} of ${value.slice(0, 10)}`)
    }
  }
})

t.test('Whatever bytes come, the answer is a mail or a refusal', async t => {
  const line = fc.oneof(
    fc.constantFrom(
      ...USUAL,
      'Content-Type: multipart/mixed; boundary=b',
      'Content-Type: text/html; charset=windows-1253',
      'Content-Transfer-Encoding: base64',
      '--b',
      '--b--',
      '',
      'From:',
      'Subject: =?',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      'Content-Type: message/delivery-status',
      'Action: failed',
      'Content-Type: message/rfc822'
    ),
    fc.string({ unit: 'binary', maxLength: 40 })
  )
  const held = fc.asyncProperty(
    fc.array(line, { maxLength: 25 }),
    fc.uint8Array({ maxLength: 60 }),
    async (lines, tail) => {
      const bytes = Buffer.concat([Buffer.from(lines.join('\r\n')), tail])
      const outcome = await parseMail(bytes).catch((error: unknown) => error)
      if (outcome instanceof Error)
        return outcome instanceof HabeasError && ['invalid', 'too_large'].includes(outcome.code)
      return true
    }
  )
  await t.resolves(fc.assert(held, { numRuns: 200 }))
})
