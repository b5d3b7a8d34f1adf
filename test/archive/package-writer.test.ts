import { createHash } from 'node:crypto'
import { PassThrough, Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { parse } from 'csv-parse/sync'
import { HtmlValidate } from 'html-validate'
import t from 'tap'
import type { AccessInformation, Dataset, PackageFacts, PackageFile } from '../../src/archive/package/facts.ts'
import { type PackageContents, writePackage } from '../../src/archive/package-writer.ts'
import { readRecords } from '../../src/archive/read-records.ts'
import type { AutomatedDecision } from '../../src/domain/data-map.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { unzip } from '../support/unzip.ts'

const information: AccessInformation = {
  systems: [
    {
      name: 'Application database',
      personalData: 'held',
      role: 'controller',
      location: 'Frankfurt, Germany',
      transferSafeguard: null,
      description: null,
      categories: [
        {
          name: 'Account',
          purposes: ['Signing in', 'Support'],
          legalBasis: 'contract',
          retention: 'Until the account is deleted',
          source: '',
          recipients: ['Hosting GmbH'],
          providedBySubject: true,
          automatedProcessing: true,
          directMarketing: false,
          specialCategory: false
        }
      ],
      automatedDecisions: [decisionOf(() => 'Credit limit')]
    },
    {
      name: 'Traffic statistics',
      personalData: 'none',
      role: 'controller',
      location: 'USA',
      transferSafeguard: 'SCC',
      description: null,
      categories: [],
      automatedDecisions: []
    },
    {
      name: 'Customer drawings',
      personalData: 'held',
      role: 'processor',
      location: 'With the customer',
      transferSafeguard: null,
      description: null,
      categories: [],
      automatedDecisions: []
    }
  ],
  authority: {
    name: 'Datatilsynet',
    address: ['Carl Jacobsens Vej 35', '2500 Valby'],
    url: 'https://www.datatilsynet.dk'
  }
}

function decisionOf(word: (i: number) => string): AutomatedDecision {
  return { decision: word(4), logic: word(5), significance: word(6), consequences: word(7), categories: ['Account'] }
}

const facts: PackageFacts = {
  right: 'access',
  reference: 'HB-2026-0042',
  organisation: { name: 'neexo ApS', contact: 'privacy@example.com' },
  locale: 'en',
  createdAt: '2026-11-05T10:30:00Z',
  nothingFoundIn: ['Support mailbox'],
  withheld: [{ what: 'Notes of a colleague', why: 'They would disclose another person.' }],
  information
}

type Row = Record<string, unknown>
const dataset = (name: string, rows: readonly Row[]): Dataset => ({
  name,
  system: 'Application database',
  category: 'Account',
  rows: async function* () {
    yield* rows
  }
})
const file = (originalName: string, content: string, contentType = 'text/plain'): PackageFile => ({
  originalName,
  contentType,
  system: 'Object store',
  category: 'Uploads',
  open: async () => Readable.from([Buffer.from(content)])
})

async function pack(contents: Partial<PackageContents>) {
  const sink = new PassThrough()
  const [written, bytes] = await Promise.all([
    writePackage({ facts, datasets: [], files: [], ...contents, sink }),
    buffer(sink)
  ])
  const entries = await unzip(bytes)
  const text = (name: string) => entries.get(name)?.toString('utf8') ?? t.fail(`${name} is missing`)
  return { written, bytes, entries, text, json: (name: string) => JSON.parse(String(text(name))) }
}
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const people: Row[] = [
  {
    id: 1,
    name: 'Anna Østergård',
    address: { city: 'Vejle', zip: '7100' },
    tags: ['a', 'b'],
    note: '=HYPERLINK("https://evil.example")'
  },
  { id: 2, name: 'Γιώργος, "ο γέρος"', address: null, active: true, 'odd.name': 'x', note: 'line\r\nbreak' },
  { id: -3, name: null, address: { city: 'Aarhus' }, tags: [], note: '' }
]

t.test('A package holds every dataset twice, every file, and the list of them last', async t => {
  const { entries, written, bytes, text, json } = await pack({
    datasets: [dataset('User accounts', people), dataset('Drafts', [])],
    files: [file('../Kontrakt æøå.pdf', 'PDF', 'application/pdf'), file('photo', 'JPEG', 'image/jpeg')]
  })

  await t.test('under names of our own', async t => {
    t.same(
      [...entries.keys()],
      [
        'data/001-user-accounts.json',
        'data/001-user-accounts.csv',
        'data/002-drafts.json',
        'data/002-drafts.csv',
        'files/001-kontrakt-aeoeaa.pdf',
        'files/002-photo',
        'article-15.json',
        'index.html',
        'README.txt',
        'manifest.json'
      ]
    )
  })

  await t.test('with checksums that hold', async t => {
    const { entries: listed } = json('manifest.json')
    t.equal(listed.length, entries.size - 1, 'all but the manifest itself')
    for (const { name, bytes: size, sha256: sum } of listed) {
      const content = entries.get(name) ?? Buffer.alloc(0)
      t.same([size, sum], [content.length, sha256(content)], name)
    }
    t.match(written, { bytes: bytes.length, sha256: sha256(bytes) }, 'and of the archive itself')
    t.same(written.entries.slice(0, -1), listed)
  })

  await t.test('with the original names as data only', async t => {
    t.match(json('manifest.json'), {
      format: 'habeas-package',
      reference: 'HB-2026-0042',
      createdAt: '2026-11-05T10:30:00Z',
      datasets: [
        { name: 'User accounts', json: 'data/001-user-accounts.json', records: 3 },
        { name: 'Drafts', records: 0 }
      ],
      files: [
        { originalName: '../Kontrakt æøå.pdf', entry: 'files/001-kontrakt-aeoeaa.pdf', bytes: 3 },
        { originalName: 'photo' }
      ]
    })
  })

  await t.test('where JSON is exact', async t => {
    t.same(json('data/001-user-accounts.json'), people)
    t.same(json('data/002-drafts.json'), [])
  })

  await t.test('and CSV is flat, and safe to open', async t => {
    const csv = String(text('data/001-user-accounts.csv'))
    t.equal(csv[0], '\ufeff')
    const [header, ...rows] = parse(csv, { bom: true }) as string[][]
    t.same(header, ['id', 'name', 'address.city', 'address.zip', 'tags', 'note', 'active', 'odd\\.name'])
    t.same(rows, [
      ['1', 'Anna Østergård', 'Vejle', '7100', '["a","b"]', `'=HYPERLINK("https://evil.example")`, '', ''],
      ['2', 'Γιώργος, "ο γέρος"', '', '', '', 'line\r\nbreak', 'true', 'x'],
      ['-3', '', 'Aarhus', '', '[]', '', '', '']
    ])
    t.equal(text('data/002-drafts.csv'), '\ufeff')
  })

  await t.test('and the answers of Art. 15 for programs', async t => {
    t.match(json('article-15.json'), {
      controller: { name: 'neexo ApS' },
      systems: [
        { name: 'Application database', categories: [{ purposes: ['Signing in', 'Support'], retention: /deleted/ }] },
        {},
        {}
      ],
      automatedDecisions: [{ decision: 'Credit limit', categories: ['Account'] }],
      authority: { name: 'Datatilsynet' },
      searchedWithoutResult: ['Support mailbox'],
      withheld: [{ what: 'Notes of a colleague' }]
    })
  })
})

t.test('Portable data comes with a field dictionary and without Art. 15', async t => {
  const { entries, json } = await pack({
    facts: { ...facts, right: 'portability', information: null },
    datasets: [dataset('User accounts', people)]
  })

  t.notOk(entries.has('article-15.json'))
  t.same(json('schema.json').$defs['data/001-user-accounts.json'], {
    title: 'User accounts',
    type: 'array',
    items: {
      type: 'object',
      properties: {
        id: { type: 'integer' },
        name: { type: ['string', 'null'] },
        address: {
          type: ['object', 'null'],
          properties: { city: { type: 'string' }, zip: { type: 'string' } },
          required: ['city']
        },
        tags: { type: 'array', items: { type: 'string' } },
        note: { type: 'string' },
        active: { type: 'boolean' },
        'odd.name': { type: 'string' }
      },
      required: ['id', 'name', 'address', 'note']
    }
  })
})

t.test('The page can be read by anybody, in each language', async t => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: { 'long-title': 'off', 'tel-non-breaking': 'off' }
  })
  for (const locale of LOCALES) {
    const { text } = await pack({
      facts: { ...facts, locale },
      datasets: [dataset('User accounts', people), dataset('Drafts', [])],
      files: [file('a.txt', 'x')]
    })
    const page = String(text('index.html'))
    const report = await validator.validateString(page)
    t.same(
      report.results.flatMap(result =>
        result.messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`)
      ),
      [],
      `${locale} is valid and accessible HTML`
    )
    t.match(page, `<html lang="${locale}">`)
    for (const wanted of [
      'User accounts',
      'data/001-user-accounts.csv',
      'Anna Østergård',
      'files/001-a.txt',
      'Support mailbox',
      'Notes of a colleague',
      'Frankfurt, Germany',
      'SCC',
      'Datatilsynet',
      'HB-2026-0042'
    ]) {
      t.ok(page.includes(wanted), `${locale} names ${wanted}`)
    }
    t.notMatch(page, /undefined|\[object|<script|javascript:| on[a-z]+=/i)
    t.match(String(text('README.txt')), /HB-2026-0042\r\n/)
  }
})

t.test('What somebody wrote stays text on the page', async t => {
  const payloads = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' style='x",
    '</title></style><b>',
    '<!--',
    '{{7*7}}',
    '<%= 7*7 %>',
    '&lt;b&gt;',
    'a\0b\u0007\ud800'
  ]
  const elements = async (word: (i: number) => string) => {
    const rows = payloads.map((_, i) => ({ [`field${word(i)}`]: word(i) }))
    const strange: PackageFacts = {
      ...facts,
      reference: word(0),
      organisation: { name: word(1), contact: word(2), dataProtectionOfficer: word(3) },
      nothingFoundIn: payloads.map((_, i) => word(i)),
      withheld: payloads.map((_, i) => ({ what: word(i), why: word(i) })),
      information: {
        ...information,
        systems: information.systems.map((system, i) =>
          i === 0 ? { ...system, automatedDecisions: [decisionOf(word)] } : system
        ),
        authority: { name: word(6), address: [word(7)], url: `javascript:${word(0)}` }
      }
    }
    const { text } = await pack({
      facts: strange,
      datasets: payloads.map((_, i) => dataset(word(i), rows)),
      files: payloads.map((_, i) => file(word(i), 'x'))
    })
    const page = String(text('index.html'))
    return { page, tags: page.match(/<\/?[a-z!][^>\s]*/gi)?.map(tag => tag.toLowerCase()) }
  }
  const hostile = await elements(i => payloads[i] ?? '')
  const harmless = await elements(i => `word ${i}`)

  t.same(hostile.tags, harmless.tags, 'not one element more')
  t.match(hostile.page, '{{7*7}}')
  t.notMatch(hostile.page, /href="javascript/)
  t.notMatch(hostile.page, '\0')
})

t.test('The page allows its own style and nothing else', async t => {
  const { text } = await pack({})
  const page = String(text('index.html'))
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  const sum = createHash('sha256').update(style).digest('base64')
  t.match(page, `content="default-src &#39;none&#39;; style-src &#39;sha256-${sum}&#39;;`)
  t.notMatch(page, /style=|<link|@import|url\(/)
})

t.test('A dataset of a thousand different fields loses none of them', async t => {
  const wide = Array.from({ length: 30 }, (_, i) =>
    Object.fromEntries(Array.from({ length: 50 }, (_, j) => [`f${i * 50 + j}`, i * 50 + j]))
  )
  const { text, json } = await pack({ datasets: [dataset('Wide', wide)] })
  const [header = [], ...rows] = parse(String(text('data/001-wide.csv')), { bom: true }) as string[][]

  t.same([header.length, header.at(-1)], [1_001, '(more fields)'])
  t.same(JSON.parse(rows.at(-1)?.at(-1) ?? ''), wide.at(-1), 'the rest stands in the last column')
  t.same(json('data/001-wide.json'), wide)
})

t.test('Numbers that JavaScript would round arrive as they were', async t => {
  const line = '{"id":900719925474099312345,"price":0.12345678901234567890}'
  const rows = () => readRecords(Readable.from([Buffer.from(line)]), 'application/x-ndjson')
  const { text } = await pack({
    datasets: [{ ...dataset('Exact', []), rows }],
    facts: { ...facts, right: 'portability' }
  })

  t.equal(text('data/001-exact.json'), `[\n${line}\n]\n`)
  t.match(String(text('data/001-exact.csv')), '"900719925474099312345","0.12345678901234567890"')
  t.match(String(text('index.html')), '900719925474099312345')
})

t.test('A package that cannot be finished is no package', async t => {
  /** A sink that remembers how it ended. */
  const sinkThat = (write: (chunk: Buffer, done: (error?: Error) => void) => void) =>
    new Writable({ write: (chunk, _encoding, done) => write(chunk, done) })
  const ended = (sink: Writable) =>
    new Promise<string>(resolve =>
      sink.on('close', () => resolve(sink.writableFinished ? 'whole' : 'torn')).on('error', () => {})
    )
  let released = 0
  const endless: Dataset = {
    ...dataset('Endless', []),
    rows: async function* () {
      try {
        for (let i = 0; ; i += 1) yield { i, text: 'x'.repeat(1_000) }
      } finally {
        released += 1
      }
    }
  }

  await t.test('when a dataset breaks off', async t => {
    const sink = sinkThat((_chunk, done) => done())
    const broken: Dataset = {
      ...dataset('Broken', []),
      rows: () =>
        Readable.from(
          (async function* () {
            yield { a: 1 }
            throw new Error('the table is gone')
          })()
        )
    }
    const end = ended(sink)
    await t.rejects(writePackage({ facts, datasets: [dataset('People', people), broken], files: [], sink }), {
      message: 'the table is gone'
    })
    t.equal(await end, 'torn')
  })

  await t.test('when a file cannot be opened', async t => {
    const sink = sinkThat((_chunk, done) => done())
    const missing: PackageFile = { ...file('a', 'x'), open: () => Promise.reject(new Error('no such file')) }
    const end = ended(sink)
    await t.rejects(writePackage({ facts, datasets: [], files: [missing], sink }), { message: 'no such file' })
    t.equal(await end, 'torn')
  })

  await t.test('when the sink takes no more', async t => {
    let taken = 0
    const sink = sinkThat((chunk, done) => {
      taken += chunk.length
      done(taken > 100_000 ? new Error('the disk is full') : undefined)
    })
    await t.rejects(writePackage({ facts, datasets: [endless], files: [], sink }), { message: 'the disk is full' })
    t.equal(released, 1, 'and the source is let go')
  })

  await t.test('when the sink was closed from outside', async t => {
    const sink = sinkThat((_chunk, done) => setImmediate(done))
    setImmediate(() => sink.destroy())
    await t.rejects(writePackage({ facts, datasets: [endless], files: [], sink }), {
      code: 'ERR_STREAM_PREMATURE_CLOSE'
    })
    t.equal(released, 2)
  })

  await t.test('when the records change between the two readings', async t => {
    let reading = 0
    const moving: Dataset = {
      ...dataset('Moving', []),
      rows: async function* () {
        yield* people.slice(reading++)
      }
    }
    const sink = sinkThat((_chunk, done) => done())
    const end = ended(sink)
    await t.rejects(writePackage({ facts, datasets: [moving], files: [], sink }), /changed between its two readings/)
    t.equal(await end, 'torn')
  })
})
