import { Readable } from 'node:stream'
import fc from 'fast-check'
import t from 'tap'
import { type RecordLimits, readRecords } from '../../src/archive/read-records.ts'

const LIMITS: RecordLimits = { maxRecordBytes: 200, maxDepth: 4 }
type Type = 'application/x-ndjson' | 'application/json' | 'text/csv'

/** Cuts the body into pieces of `size` bytes, as a network would. */
function body(content: string | Buffer, size = 5): Readable {
  const bytes = Buffer.from(content)
  return Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size)),
    { objectMode: false }
  )
}
const read = (content: string | Buffer, type: string, limits = LIMITS, size = 5) =>
  Array.fromAsync(readRecords(body(content, size), type, limits))

const anna = { name: 'Anna Østergård', tags: ['a', '}], {"', '\\'], address: { city: 'Αθήνα', zip: null } }
const bo = { name: 'Bo', age: 41, active: true }

t.test('NDJSON is read line by line', async t => {
  const lines = `\ufeff${JSON.stringify(anna)}\r\n\n   \n${JSON.stringify(bo)}`
  for (const size of [1, 2, 3, 7, 1_000])
    t.same(await read(lines, 'application/x-ndjson', LIMITS, size), [anna, bo], `in pieces of ${size}`)
  t.same(await read('', 'application/x-ndjson'), [], 'nothing is no record')
  t.same(await read('{"a":1}\n', 'Application/X-NDJSON; charset="UTF-8"'), [{ a: 1 }])
})

t.test('A JSON array is read element by element', async t => {
  const array = `\ufeff \n${JSON.stringify([anna, bo], null, 2)}\n`
  for (const size of [1, 2, 3, 7, 1_000])
    t.same(await read(array, 'application/json', LIMITS, size), [anna, bo], `in pieces of ${size}`)
  for (const empty of ['[]', ' [ \n ] ']) t.same(await read(empty, 'application/json'), [])
})

t.test('Whatever JSON can say comes through both, however it is cut', async t => {
  const key = fc.string().filter(name => name !== '__proto__' && name !== 'constructor')
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string(), { maxLength: 3 })
  )
  const records = fc.array(fc.dictionary(key, value, { maxKeys: 4 }), { maxLength: 4 })
  const wide = { maxRecordBytes: 100_000, maxDepth: 8 }
  const held = fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 40 }), async (records, size) => {
      const wanted = records.map(record => JSON.stringify(record))
      const ndjson = await read(wanted.join('\n'), 'application/x-ndjson', wide, size)
      const array = await read(`[${wanted.join(' , ')}]`, 'application/json', wide, size)
      const same = (found: unknown[]) => JSON.stringify(found) === `[${wanted.join(',')}]`
      return same(ndjson) && same(array)
    }),
    { numRuns: 300 }
  )
  await t.resolves(held)
})

t.test('CSV is read by its header', async t => {
  const rows = [
    { name: 'Anna, "A"', note: 'two\r\nlines', empty: '' },
    { name: 'Øjvind', note: '=1+1', empty: '' }
  ]
  for (const separator of [',', ';', '\t']) {
    const csv = `\ufeff${['name', '"note"', 'empty'].join(separator)}\r\n"Anna, ""A"""${separator}"two\r\nlines"${separator}\r\n\r\nØjvind${separator}=1+1${separator}""`
    for (const size of [1, 4, 1_000])
      t.same(
        await read(csv, 'text/csv; header=present', LIMITS, size),
        rows,
        `separated by ${JSON.stringify(separator)}, in pieces of ${size}`
      )
  }
  t.same(await read('id\n1\n2', 'text/csv'), [{ id: '1' }, { id: '2' }], 'one column needs no separator')
  t.same(await read('a,b\n', 'text/csv'), [], 'a header alone is no record')
  t.same(await read('', 'text/csv'), [])
  t.same(
    await read('"a;b",c\n1,2', 'text/csv'),
    [{ 'a;b': '1', c: '2' }],
    'a separator in a quoted name does not count'
  )
})

t.test('Numbers keep their digits', async t => {
  const text =
    '[{"id":9007199254740993,"price":1.10,"exact":0.1234567890123456789,"huge":1e400,"n":[12345678901234567890]}]'
  t.equal(
    JSON.stringify(await read(text, 'application/json')),
    text.replace('1.10', '1.1'),
    'also those that JavaScript would round'
  )
  t.equal(
    typeof (await read('{"id":42,"card":"4111111111111111"}', 'application/x-ndjson'))[0]?.id,
    'number',
    'the usual ones are plain'
  )
})

t.test('A fault names its place, its rule and the fix', async t => {
  const deep = `${'{"a":'.repeat(5)}1${'}'.repeat(5)}`
  const big = `{"a":"${'x'.repeat(300)}"}`
  const rows: [Type, string | Buffer, string, string, string][] = [
    ['application/x-ndjson', '{"a":1}\n\n{"a":secret}', 'json', '/line/3', 'not JSON'],
    ['application/x-ndjson', '{"a":1}\n[1]', 'object', '/line/2', 'an array for a record'],
    ['application/x-ndjson', '12345678901234567890', 'object', '/line/1', 'a long number for a record'],
    ['application/x-ndjson', 'null', 'object', '/line/1', 'null for a record'],
    ['application/x-ndjson', deep, 'depth', '/line/1', 'too deep'],
    ['application/x-ndjson', `{"a":1}\n${big}`, 'maxBytes', '/line/2', 'too large, with nothing after it'],
    ['application/x-ndjson', Buffer.of(0x7b, 0xff, 0x7d), 'utf8', '/line/1', 'Latin letters'],
    ['application/x-ndjson', '{"__proto__":{"polluted":1}}', 'key', '/line/1', 'a prototype key'],
    ['application/x-ndjson', '{"a":[{"\\u005f_proto__":1}]}', 'key', '/line/1', 'a prototype key in disguise'],
    ['application/x-ndjson', '{"constructor":{"prototype":{}}}', 'key', '/line/1', 'a constructor’s prototype'],
    ['application/json', '[{"a":1},{"a":}]', 'json', '/1', 'not JSON'],
    ['application/json', '[{"a":1},]', 'json', '/1', 'a trailing comma'],
    ['application/json', '[,{"a":1}]', 'json', '/0', 'a leading comma'],
    ['application/json', '[{"a":1}{"b":1}]', 'json', '/0', 'a missing comma'],
    ['application/json', '[{"a":1}', 'array', '', 'a missing end'],
    ['application/json', '', 'array', '', 'nothing at all'],
    ['application/json', '{"a":1}', 'array', '', 'an object'],
    ['application/json', '[]x', 'array', '', 'something after it'],
    ['application/json', '[][]', 'array', '', 'a second array'],
    ['application/json', '[{"a":1]]', 'json', '/0', 'mixed brackets'],
    ['application/json', '[1}', 'array', '', 'the wrong bracket at the end'],
    ['application/json', `[${deep}]`, 'depth', '/0', 'too deep'],
    ['application/json', '['.repeat(100_000), 'maxBytes', '/0', 'brackets only'],
    ['application/json', `[{"a":1},${big}`, 'maxBytes', '/1', 'too large'],
    ['text/csv', 'a,b\n1,2\n3', 'columns', '/line/3', 'a field too few'],
    ['text/csv', 'a,b\n1,2,3', 'columns', '/line/2', 'a field too many'],
    ['text/csv', 'a,b\n1,"2', 'quotes', '/line/2', 'an open quote'],
    ['text/csv', 'a,b\n1,"2"x', 'quotes', '/line/2', 'text after a quote'],
    ['text/csv', 'a,b\n1,x"2"', 'quotes', '/line/2', 'a quote within text'],
    ['text/csv', 'a,a\n1,2', 'header', '/line/1', 'a name twice'],
    ['text/csv', 'a,\n1,2', 'header', '/line/1', 'a column without a name'],
    ['text/csv', '__proto__,b\n1,2', 'key', '/line/1', 'a prototype key'],
    ['text/csv', `a,b\n1,${'x'.repeat(400)}`, 'maxBytes', '/line/2', 'too large'],
    ['text/csv', Buffer.of(0x61, 0x0a, 0xe6, 0x0a), 'utf8', '', 'Latin letters'],
    ['text/csv', Buffer.of(0x61, 0x0a, 0xe6), 'utf8', '', 'cut within a letter']
  ]
  for (const [type, content, rule, pointer, why] of rows) {
    const error = await read(content, type).then(
      () => null,
      error => error
    )
    t.match(
      error,
      { code: rule === 'maxBytes' ? 'too_large' : 'invalid', facts: { errors: [{ rule, pointer, fix: /\.$/ }] } },
      `${type}: ${why}`
    )
    t.notMatch(JSON.stringify([error?.message, error?.facts]), 'secret', 'and does not quote the data')
  }
  t.equal(Object.hasOwn({}, 'polluted') || 'polluted' in {}, false)
})

t.test('Records before a fault were real, and the source is let go', async t => {
  for (const type of ['application/x-ndjson', 'application/json', 'text/csv'] as const) {
    const content = {
      'application/x-ndjson': '{"a":"1"}\nx\n',
      'application/json': '[{"a":"1"},x]',
      'text/csv': 'a\n1\n1,2\n'
    }[type]
    const source = body(content + ' '.repeat(100), 1)
    const seen: unknown[] = []
    await t.rejects(async () => {
      for await (const record of readRecords(source, type, LIMITS)) seen.push(record)
    })
    // The CSV parser reads ahead, so its fault may overtake a record.
    t.ok(seen.length === 1 || type === 'text/csv')
    t.same(seen, [{ a: '1' }].slice(0, seen.length))
    t.ok(source.destroyed, type)
  }
})

t.test('A source that breaks off breaks the reading off', async t => {
  const starts = { 'application/x-ndjson': '{"a":1}\n', 'application/json': '[{"a":1},', 'text/csv': 'a\n' }
  for (const [type, start] of Object.entries(starts)) {
    const source = Readable.from(
      (async function* () {
        yield Buffer.from(start)
        throw new Error('the caller went away')
      })()
    )
    await t.rejects(Array.fromAsync(readRecords(source, type, LIMITS)), { message: 'the caller went away' }, type)
  }
})

t.test('Other types and other alphabets are refused', async t => {
  for (const type of ['', 'text/plain', 'application/xml', 'application/jsonx'])
    t.throws(() => readRecords(body('[]'), type), { code: 'invalid', facts: { errors: [{ rule: 'contentType' }] } })
  t.throws(() => readRecords(body('[]'), 'text/csv; charset=windows-1253'), {
    code: 'invalid',
    facts: { errors: [{ rule: 'utf8' }] }
  })
})
