import t from 'tap'
import { isNetwork, openAddressGuard } from '../../src/outbound/address-guard.ts'

const OWN = 'https://privacy.habeas.example.org/base'
const guard = openAddressGuard({ allowNetworks: [], publicUrl: OWN })
const within = openAddressGuard({ allowNetworks: ['10.20.0.0/16', 'fd12::/16', '127.0.0.0/8'], publicUrl: OWN })

/** What is wrong with an address, by the rule it breaks; null where nothing is. */
const URLS: readonly (readonly [url: string, rule: string | null])[] = [
  ['https://hooks.example.com/habeas', null],
  ['https://hooks.example.com', null],
  ['https://hooks.example.com:443/', null],
  ['https://hooks.example.com:8443/in?tenant=7', null],
  ['HTTPS://HOOKS.EXAMPLE.COM/', null],
  ['https://bücher.example.com/', null],
  ['https://1.1.1.1/', null],
  ['https://[2606:4700:4700::1111]/', null],
  ['https://hooks.example.com./', null],

  ['', 'url'],
  ['hooks.example.com/habeas', 'url'],
  ['//hooks.example.com/', 'url'],
  ['https://', 'url'],
  ['https://exa mple.com/', 'url'],
  ['https://[::1', 'url'],
  ['https://hooks.example.com:99999/', 'url'],
  [`https://hooks.example.com/${'a'.repeat(2_000)}`, 'maxLength'],

  ['http://hooks.example.com/', 'https'],
  ['ftp://hooks.example.com/', 'https'],
  ['file:///etc/passwd', 'https'],
  ['gopher://hooks.example.com/', 'https'],
  ['javascript:alert(1)', 'https'],
  ['data:text/plain,hello', 'https'],
  ['ws://hooks.example.com/', 'https'],

  ['https://user:pass@hooks.example.com/', 'noCredentials'],
  ['https://user@hooks.example.com/', 'noCredentials'],
  ['https://hooks.example.com@127.0.0.1/', 'noCredentials'],
  ['https://hooks.example.com/#top', 'noFragment'],

  ['https://hooks.example.com:80/', 'port'],
  ['https://hooks.example.com:22/', 'port'],
  ['https://hooks.example.com:5432/', 'port'],
  ['https://hooks.example.com:6379/', 'port'],
  ['https://hooks.example.com:9200/', 'port'],

  ['https://privacy.habeas.example.org/', 'notOurs'],
  ['https://PRIVACY.habeas.example.org./v1/requests', 'notOurs'],

  ['https://localhost/', 'public'],
  ['https://database/', 'public'],
  ['https://printer.local/', 'public'],
  ['https://api.service.internal/', 'public'],
  ['https://metadata.google.internal/', 'public'],
  ['https://router.home.arpa/', 'public'],
  ['https://a.localhost/', 'public'],
  ['https://nas.lan./', 'public'],
  ['https://abcdefghij.onion/', 'public'],
  ['https://one.test/', 'public'],

  ['https://127.0.0.1/', 'public'],
  ['https://127.1/', 'public'],
  ['https://2130706433/', 'public'],
  ['https://0x7f000001/', 'public'],
  ['https://0177.0.0.1/', 'public'],
  ['https://127.0.0.1./', 'public'],
  ['https://①②⑦.⓪.⓪.①/', 'public'],
  ['https://0.0.0.0/', 'public'],
  ['https://0/', 'public'],
  ['https://10.0.0.1/', 'public'],
  ['https://172.31.255.255/', 'public'],
  ['https://192.168.1.1/', 'public'],
  ['https://169.254.169.254/latest/meta-data/', 'public'],
  ['https://168.63.129.16/', 'public'],
  ['https://100.100.100.200/', 'public'],
  ['https://[::1]/', 'public'],
  ['https://[::]/', 'public'],
  ['https://[::ffff:127.0.0.1]/', 'public'],
  ['https://[::ffff:8.8.8.8]/', 'public'],
  ['https://[64:ff9b::7f00:1]/', 'public'],
  ['https://[fd00:ec2::254]/', 'public']
]

t.test(`Of ${URLS.length} addresses that somebody might name`, async t => {
  for (const [url, rule] of URLS) t.equal(guard.faultOf(url)?.rule ?? null, rule, url.slice(0, 80))
  t.match(guard.faultOf('http://hooks.example.com/'), { fix: /https:\/\// }, 'the fault says what to send instead')
})

/** One or two of each range that IANA keeps for a special use, and their neighbours that it does not. */
const ADDRESSES: readonly (readonly [address: string, isPublic: boolean])[] = [
  ['0.0.0.0', false],
  ['0.255.255.255', false],
  ['1.0.0.0', true],
  ['9.255.255.255', true],
  ['10.0.0.0', false],
  ['10.255.255.255', false],
  ['11.0.0.0', true],
  ['100.63.255.255', true],
  ['100.64.0.0', false],
  ['100.127.255.255', false],
  ['100.128.0.0', true],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['128.0.0.1', true],
  ['169.253.255.255', true],
  ['169.254.0.1', false],
  ['169.254.169.254', false],
  ['172.15.255.255', true],
  ['172.16.0.0', false],
  ['172.31.255.255', false],
  ['172.32.0.0', true],
  ['168.63.129.16', false],
  ['192.0.0.1', false],
  ['192.0.0.192', false],
  ['192.0.1.0', true],
  ['192.0.2.1', false],
  ['192.88.99.1', false],
  ['192.168.0.1', false],
  ['192.169.0.1', true],
  ['198.17.255.255', true],
  ['198.18.0.1', false],
  ['198.19.255.255', false],
  ['198.51.100.1', false],
  ['203.0.113.1', false],
  ['223.255.255.255', true],
  ['224.0.0.1', false],
  ['239.255.255.255', false],
  ['240.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::7f00:1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:1.1.1.1', false],
  ['::ffff:0:1.1.1.1', false],
  ['64:ff9b::1', false],
  ['64:ff9b:1::1', false],
  ['100::1', false],
  ['1fff::1', false],
  ['2001::1', false],
  ['2001:2::1', false],
  ['2001:db8::1', false],
  ['2001:20::1', false],
  ['2001:4860:4860::8888', true],
  ['2002:7f00:1::', false],
  ['2606:4700::1', true],
  ['2a00:1450:4001::1', true],
  ['3fff:1::1', false],
  ['4000::1', false],
  ['5f00::1', false],
  ['fc00::1', false],
  ['fd00:ec2::254', false],
  ['fe80::1', false],
  ['fe80::1%eth0', false],
  ['fec0::1', false],
  ['ff02::1', false],
  ['', false],
  ['localhost', false],
  ['0x7f.1', false],
  ['2130706433', false]
]

t.test('Of the addresses that a name may lead to', async t => {
  const url = new URL('https://hooks.example.com/')
  for (const [address, isPublic] of ADDRESSES) t.equal(guard.permits(url, address), isPublic, address)
})

t.test('A network that the operator lets in', async t => {
  await t.test('is reached by http and at any port', async t => {
    for (const url of [
      'http://10.20.0.7:3000/',
      'https://10.20.255.255/',
      'http://[fd12::7]:8080/',
      'http://127.0.0.1:4000/'
    ]) {
      t.equal(within.faultOf(url), null, url)
      t.ok(within.permits(new URL(url), new URL(url).hostname.replace(/[[\]]/g, '')), url)
    }
  })
  await t.test('may hide behind any name until it is known where that leads', async t => {
    const url = 'http://orders.internal:3000/hook'
    t.equal(within.faultOf(url), null)
    t.equal(within.permits(new URL(url), '10.20.1.1'), true)
    for (const address of ['10.21.0.1', '1.1.1.1', '::1'])
      t.equal(within.permits(new URL(url), address), false, address)
  })
  await t.test('opens no other', async t => {
    for (const url of ['https://10.21.0.1/', 'https://192.168.1.1/', 'https://[::ffff:10.20.0.1]/'])
      t.equal(within.faultOf(url)?.rule, 'public', url)
    t.equal(within.faultOf('http://1.1.1.1/')?.rule, 'https')
    t.equal(within.faultOf('https://user@10.20.0.1/')?.rule, 'noCredentials')
    t.equal(
      within.permits(new URL('https://hooks.example.com:5432/'), '1.1.1.1'),
      false,
      'elsewhere the ports are as ever'
    )
  })
  await t.test('is written as CIDR', async t => {
    for (const good of ['10.0.0.0/8', '::1/128', 'fd00::/8', '127.0.0.1/32']) t.equal(isNetwork(good), true, good)
    for (const bad of ['10.0.0.0', '10.0.0.0/33', 'localhost/8', '', '*']) t.equal(isNetwork(bad), false, bad)
  })
})
