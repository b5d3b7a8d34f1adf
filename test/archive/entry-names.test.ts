import fc from 'fast-check'
import t from 'tap'
import { datasetEntry, fileEntry, slugOf } from '../../src/archive/package/entry-names.ts'

t.test('A name becomes a short reminder in ASCII', async t => {
  const rows: [string, string][] = [
    ['Profile', 'profile'],
    ['Usage events (2026)', 'usage-events-2026'],
    ['Ændringer på ønskelisten', 'aendringer-paa-oenskelisten'],
    ['Αιτήματα πελατών', 'aitimata-pelaton'],
    ['Élodie’s Straße', 'elodie-s-strasse'],
    ['../../etc/passwd', 'etc-passwd'],
    ['日本', 'data'],
    ['', 'data'],
    ['x'.repeat(500), 'x'.repeat(40)]
  ]
  for (const [name, slug] of rows) t.equal(slugOf(name, 'data'), slug, JSON.stringify(name.slice(0, 40)))
})

t.test('A file keeps its ending where it is plain', async t => {
  const rows: [string, string][] = [
    ['Invoice 2026.PDF', 'files/001-invoice-2026.pdf'],
    ['archive.tar.gz', 'files/001-archive-tar.gz'],
    ['photo', 'files/001-photo'],
    ['.htaccess', 'files/001-htaccess'],
    ['gpj.\u202eexe.jpg', 'files/001-gpj-exe.jpg'],
    ['report.pdf\0.exe', 'files/001-report-pdf.exe'],
    ['CON', 'files/001-con'],
    ['note.txt ', 'files/001-note-txt'],
    ['x.', 'files/001-x']
  ]
  for (const [name, entry] of rows) t.equal(fileEntry(1, name), entry, JSON.stringify(name))
})

t.test('Whatever somebody calls a thing, its name in the package is ours', async t => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'./\\:*?"<>|\0\r\n~$%a'.split(''), '\u202e', '\u0301', '．', '／', 'Å') })
  )
  const held = fc.property(hostile, hostile, (one, other) => {
    const names = [datasetEntry(7, one), datasetEntry(8, other), fileEntry(7, one), fileEntry(8, other)]
    return (
      names.every(name => /^(data|files)\/\d{3}-[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?(\.[a-z0-9]{1,8})?$/.test(name)) &&
      new Set(names).size === 4
    )
  })
  t.doesNotThrow(() => fc.assert(held, { numRuns: 5_000 }))
  t.equal(datasetEntry(1000, 'a'), 'data/1000-a', 'numbers grow past three digits')
})
