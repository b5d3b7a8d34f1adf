import t from 'tap'
import { authorityFor } from '../../src/domain/authorities.ts'
import { AUTHORITIES } from '../../src/domain/authorities-data.ts'
import { REGIME_NAMES } from '../../src/domain/deadline/regimes.ts'

t.test('The tenants’ own authorities', async t => {
  t.match(authorityFor({ iso: 'GR' }), {
    nameEn: 'Hellenic Data Protection Authority',
    regime: 'eu-gdpr',
    web: /dpa\.gr/
  })
  t.match(authorityFor({ iso: 'DK' }), {
    nameLocal: 'Datatilsynet',
    postalAddress: ['Carl Jacobsens Vej 35', '2500 Valby', 'Denmark']
  })
  t.match(authorityFor({ iso: 'AU' }), { nameEn: /Australian Information Commissioner/, regime: 'au-privacy' })
})

t.test('A region has its own authority or that of its country', async t => {
  t.equal(authorityFor({ iso: 'de-hh' })?.iso, 'DE-HH')
  t.equal(authorityFor({ iso: 'AU-NSW' })?.iso, 'AU')
  t.equal(authorityFor({ iso: 'CA-QC' })?.iso, 'CA-QC')
  t.equal(authorityFor({ iso: 'CA-ON' })?.iso, 'CA')
  t.equal(authorityFor({ iso: 'EL' })?.iso, 'GR', 'as the Union writes Greece')
  t.equal(authorityFor({ iso: 'US-TX' }), undefined, 'a state without a row has none')
  t.equal(authorityFor({ iso: 'constructor' }), undefined)
})

t.test('Every authority can be reached and says how far its addresses were checked', async t => {
  for (const [iso, authority] of Object.entries(AUTHORITIES)) {
    t.equal(authority.iso, iso)
    t.ok(authority.nameEn !== '' && authority.nameLocal !== '', iso)
    t.ok(authority.postalAddress.length >= 2, `${iso} has a postal address`)
    t.match(authority.complaintUrl, /^https:\/\//, iso)
    t.match(authority.web, /^https:\/\//, iso)
    t.ok(authority.confidence.complaintUrl && authority.confidence.postalAddress, iso)
  }
})

t.test('Every law has an authority that watches over it', async t => {
  const watched = new Set(Object.values(AUTHORITIES).map(authority => authority.regime))
  t.same(
    REGIME_NAMES.filter(regime => !watched.has(regime)),
    []
  )
})

t.test('All of the Union and the EEA is there', async t => {
  const members = 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(' ')
  t.same(
    members.filter(iso => AUTHORITIES[iso]?.regime !== 'eu-gdpr'),
    []
  )
})
