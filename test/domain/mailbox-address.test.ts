import fc from 'fast-check'
import t from 'tap'
import { HabeasError } from '../../src/domain/errors.ts'
import { findMailbox, parseMailbox } from '../../src/domain/mailbox-address.ts'

const canonical = (text: string) => findMailbox(text)?.indexForm ?? null

t.test('An address is read into the form that mail is sent to', async t => {
  const rows: [string, string, string][] = [
    ['anna@example.com', 'anna@example.com', 'as it stands'],
    ['  anna@example.com ', 'anna@example.com', 'spaces around it are a clumsy hand'],
    ['Anna.K+habeas@Example.COM', 'Anna.K+habeas@example.com', 'only the domain is lower-cased'],
    ["o'brien@example.ie", "o'brien@example.ie", 'an apostrophe is a letter of names'],
    ['søren@bücher.de', 'søren@xn--bcher-kva.de', 'a domain outside ASCII travels in punycode'],
    ['γιώργος@παράδειγμα.ελ', 'γιώργος@xn--hxajbheg2az3al.xn--qxam', 'a Greek address'],
    ['rene\u0301@example.com', 'ren\u00e9@example.com', 'the local part is normalized to NFC'],
    ['a@XN--BCHER-KVA.de', 'a@xn--bcher-kva.de', 'punycode as typed'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`, '64 bytes before the @']
  ]
  for (const [typed, address, why] of rows) t.equal(parseMailbox(typed).address, address, why)
})

t.test('What is not exactly one plain mailbox is refused', async t => {
  const rows: [string, string][] = [
    ['', 'nothing'],
    ['anna', 'no @'],
    ['@example.com', 'no local part'],
    ['anna@', 'no domain'],
    ['anna@localhost', 'one label'],
    ['a@b@example.com', 'two @'],
    ['anna@example.com\r\nBcc: evil@example.net', 'a header after it'],
    ['anna@example.com\n', 'a line break after it'],
    ['anna@example.com\u2028', 'a Unicode line separator after it'],
    ['anna@example.com,evil@example.net', 'a list with comma'],
    ['anna@example.com;evil@example.net', 'a list with semicolon'],
    ['anna@example.com evil@example.net', 'a list with space'],
    ['Anna <anna@example.com>', 'a display name'],
    ['<anna@example.com>', 'angle brackets'],
    ['friends:anna@example.com;', 'a group'],
    ['"anna"@example.com', 'a quoted local part'],
    ['"a@evil.net> "@example.com', 'a quoted local part that closes a bracket'],
    ['anna(comment)@example.com', 'a comment'],
    ['anna\\@example.com', 'a backslash'],
    ['anna\0@example.com', 'a NUL'],
    ['an\u202ena@example.com', 'a direction override'],
    ['an\u200dna@example.com', 'a zero-width joiner'],
    ['an\u00adna@example.com', 'a soft hyphen'],
    ['ａnna@example.com', 'a fullwidth letter'],
    ['ﬁona@example.com', 'a ligature'],
    ['\u0301anna@example.com', 'a combining mark with nothing to combine with'],
    ['.anna@example.com', 'a leading dot'],
    ['anna.@example.com', 'a trailing dot before the @'],
    ['an..na@example.com', 'two dots'],
    ['anna%evil.net@example.com', 'the percent route'],
    ['evil.net!anna@example.com', 'the bang path'],
    ['anna@example.com.', 'a trailing dot'],
    ['anna@example..com', 'an empty label'],
    ['anna@-example.com', 'a leading hyphen'],
    ['anna@example-.com', 'a trailing hyphen'],
    ['anna@exa_mple.com', 'an underscore'],
    ['anna@127.0.0.1', 'an IPv4 address'],
    ['anna@0x7f.1', 'an IPv4 address in hex'],
    ['anna@1.2.3', 'a shortened IPv4 address'],
    ['anna@[127.0.0.1]', 'an address literal'],
    ['anna@[IPv6:::1]', 'an IPv6 literal'],
    ['anna@example.com:25', 'a port'],
    ['anna@example.com/path', 'a path'],
    ['anna@example.com?x', 'a query'],
    ['anna@example.com#x', 'a fragment'],
    ['anna@ex%61mple.com', 'a percent escape'],
    ['anna@ｅxample.com', 'a fullwidth domain'],
    ['anna@example。com', 'an ideographic full stop'],
    ['anna@exa\u00admple.com', 'a soft hyphen in the domain'],
    ['anna@xn--abc-.de', 'a forged punycode label'],
    ['anna@xn--example-.de', 'punycode that hides plain ASCII'],
    [`${'a'.repeat(65)}@example.com`, '65 bytes before the @'],
    [`${'é'.repeat(33)}@example.com`, '66 bytes in 33 letters before the @'],
    [`a@${'b'.repeat(64)}.com`, 'a label of 64'],
    [`a@${'b.'.repeat(125)}com`, 'too long altogether'],
    [`${'a@'.repeat(100_000)}example.com`, 'very long, and refused at once']
  ]
  for (const [typed, why] of rows) t.equal(findMailbox(typed), null, why)
})

t.test('A refusal names the place and the fix, and never the address', async t => {
  try {
    parseMailbox('secret-name@@example.com', '/subject/email')
    t.fail('it was accepted')
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error
    t.equal(error.code, 'invalid')
    t.match(error.facts.errors, [{ pointer: '/subject/email', rule: 'mailbox' }])
    t.notMatch(JSON.stringify([error.message, error.facts]), 'secret-name')
  }
})

t.test('Two people are never taken for one', async t => {
  const victim = parseMailbox('anna.berg+shop@bücher.de')
  const rows: [string, string][] = [
    ['Anna.berg+shop@bücher.de', 'case before the @ is the host’s to judge'],
    ['annaberg+shop@bücher.de', 'dots are not folded'],
    ['anna.berg@bücher.de', 'tags are not folded'],
    ['аnna.berg+shop@bücher.de', 'a Cyrillic а'],
    ['anna.berg+shop@bucher.de', 'another domain'],
    ['anna.berg+shop@bücһer.de', 'a Cyrillic һ in the domain']
  ]
  for (const [typed, why] of rows) t.not(canonical(typed), victim.indexForm, why)

  t.equal(canonical('anna.berg+shop@BÜCHER.DE'), victim.indexForm, 'the case of a domain means nothing')
  t.equal(canonical('anna.berg+shop@xn--bcher-kva.de'), victim.indexForm, 'nor does its spelling in ASCII')
  t.equal(parseMailbox('ANNA.berg+shop@bücher.de').foldedForm, victim.foldedForm, 'only the folded form forgets case')
})

const VICTIM = 'Anna.Berg+dsr@Post-7.example.dk'

t.test('No mutation of an address meets it again, unless the RFCs hold them equal', async t => {
  const strange = fc.constantFrom(
    ...'.+-_"\'<>()[],;:@%!/|\\ \t\r\n\0'.split(''),
    ...['\u00a0', '\u00ad', '\u200b', '\u200d', '\u202e', '\ufeff', '\u0301', '＠', '。', 'а', 'ı', 'ａ', 'ß', 'K']
  )
  const mutation = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), at: fc.nat(40), with: strange }),
    fc.record({
      kind: fc.constant('replace' as const),
      at: fc.nat(40),
      with: fc.oneof(strange, fc.string({ unit: 'grapheme', maxLength: 2 }))
    }),
    fc.record({ kind: fc.constant('drop' as const), at: fc.nat(40), with: fc.constant('') }),
    fc.record({ kind: fc.constant('case' as const), at: fc.nat(40), with: fc.constant('') })
  )
  /** RFC 5321 2.4 and 4.1.2, RFC 5890 2.3.2.4, RFC 6532 3.1: written again here, without the code under test. */
  const rfcEqual = (text: string) => {
    const plain = text.replace(/^ +| +$/g, '').normalize('NFC')
    const at = VICTIM.indexOf('@')
    return (
      plain.slice(0, at) === VICTIM.slice(0, at) && plain.slice(at).toLowerCase() === VICTIM.slice(at).toLowerCase()
    )
  }
  const wanted = canonical(VICTIM)
  let accepted = 0
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), mutations => {
      const mutated = mutations.reduce((text, { kind, at, with: other }) => {
        const place = at % (text.length + 1)
        if (kind === 'insert') return text.slice(0, place) + other + text.slice(place)
        const letter = text[place] ?? ''
        const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
        return text.slice(0, place) + (kind === 'case' ? swapped : other) + text.slice(place + 1)
      }, VICTIM)
      const found = canonical(mutated)
      if (found !== null) accepted += 1
      return (found === wanted) === rfcEqual(mutated)
    }),
    { numRuns: 10_000 }
  )
  t.ok(accepted > 500, `the property saw accepted addresses too (${accepted})`)
})

t.test('What is accepted cannot be split, and reads the same a second time', async t => {
  const plain = fc.constantFrom(...'aZ9.-_+éøλж'.split(''))
  const hostile = fc.constantFrom(...'\'"<>,;:()[]\\@%!/| \r\n\t\0'.split(''), '\u00ad', '\u200b', '\u2028', '\u202e')
  const anything = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
  const unit = fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: hostile },
    { weight: 1, arbitrary: anything }
  )
  const part = fc.string({ unit, minLength: 1, maxLength: 6 })
  let accepted = 0
  fc.assert(
    fc.property(part, part, fc.constantFrom('com', 'dk', 'ελ', '1', 'c\r\nom'), (local, host, top) => {
      const found = findMailbox(`${local}@${host}.${top}`)
      if (found === null) return true
      accepted += 1
      const again = parseMailbox(found.address)
      return (
        !/[\s,;:<>"()[\]\\%!/|\p{C}\p{Z}]/u.test(found.address) &&
        found.address.split('@').length === 2 &&
        found.address === found.address.normalize('NFC') &&
        again.indexForm === found.indexForm &&
        again.foldedForm === found.foldedForm
      )
    }),
    { numRuns: 20_000 }
  )
  t.ok(accepted > 1_000, `the property saw accepted addresses too (${accepted})`)
})
