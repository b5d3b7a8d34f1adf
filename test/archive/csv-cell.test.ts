import fc from 'fast-check'
import t from 'tap'
import { cellOf, guardCell } from '../../src/archive/package/csv-cell.ts'

const TRIGGERS = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫', '−']
const PAYLOAD = `cmd|' /C calc'!A0`

t.test('Nothing that begins like a formula is left to begin a cell', async t => {
  for (const trigger of TRIGGERS) {
    t.equal(guardCell(`${trigger}${PAYLOAD}`)[0], "'", `${trigger} at the start`)
    t.equal(guardCell(` \u00a0\u200b\ufeff${trigger}${PAYLOAD}`)[0], "'", `${trigger} behind what a program drops`)
    t.equal(guardCell(`\t\r\n ${trigger}1`)[0], "'", `${trigger} behind white space`)
    for (const separator of [',', ';', '\t', '|', '\n', '\r\n', '"']) {
      t.match(
        guardCell(`a${separator} ${trigger}1`),
        `a${separator}' ${trigger}1`,
        `${trigger} after ${JSON.stringify(separator)}`
      )
    }
  }
  for (const start of ['\t', '\r', '\n', '\0'])
    t.equal(guardCell(`${start}x`), `'${start}x`, 'and these count themselves')
})

t.test('Ordinary text stays as it is', async t => {
  for (const text of [
    '',
    'Anna Østergård',
    'anna@example.com',
    '2026-01-31',
    'a - b',
    'a=b',
    "o'brien",
    'Hi, Bo; see C:\\x',
    '1,5',
    '"quoted"',
    'Αθήνα'
  ]) {
    t.equal(guardCell(text), text, JSON.stringify(text))
  }
})

t.test('Only text is guarded: a number is a number', async t => {
  t.equal(cellOf(-5), '-5')
  t.equal(cellOf('-5'), "'-5")
  t.equal(cellOf(1e21), '1e+21')
  t.equal(cellOf(true), 'true')
  t.equal(cellOf(null), '')
  t.equal(cellOf(['a', { b: 1 }]), '["a",{"b":1}]')
  t.equal(cellOf(['=1']), `["'=1"]`)
})

t.test('However a guarded cell is cut, no piece begins a formula', async t => {
  const unit = fc.oneof(
    fc.constantFrom(...TRIGGERS, ...',;|\t\r\n\0" \'a1'.split(''), '\u00a0', '\u200b', '\ufeff'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })
  )
  const held = fc.property(fc.string({ unit, maxLength: 20 }), text => {
    // A second way to say it: drop what is invisible at the start of every piece, and look at the first letter.
    const pieces = guardCell(text)
      .split(/[,;|\t\r\n"]/)
      .map(piece => piece.replace(/^[\s\p{Cc}\p{Cf}]+/u, ''))
    return !pieces.some(piece => TRIGGERS.includes([...piece][0] ?? ''))
  })
  t.doesNotThrow(() => fc.assert(held, { numRuns: 5_000 }))
})
