// Where something may be sent at all. A tenant names the address, so behind it may be our own network: only what is public is
// reached, unless the operator says otherwise.

import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

export interface GuardSettings {
  /** CIDR. What lies in one of them may be reached although it is not public, by http and at any port as well. */
  readonly allowNetworks: readonly string[]
  /** Of this service: it tells nothing to itself. */
  readonly publicUrl: string
}

export interface AddressGuard {
  /** What is wrong with an address that somebody names, or null. A name is looked up only when something is sent. */
  readonly faultOf: (url: string) => UrlFault | null
  /** Whether a connection may be made, once it is known where the name leads. @param address  IPv4 or IPv6, as text */
  readonly permits: (url: URL, address: string) => boolean
}

export interface UrlFault {
  readonly rule: string
  readonly fix: string
}

const LONGEST_URL = 2_000
/** The default of https, and what else receivers use where only public addresses are reached. */
const PORTS = ['', '8443']

/**
 * Names that mean something within a network only, or nothing at all. IANA "Special-Use Domain Names" (RFC 6761, 6762, 7686, 8375,
 * 9476), ICANN's reservation of `internal` in 2024, and what home and company networks call themselves.
 */
const PRIVATE_SUFFIXES = [
  'alt',
  'corp',
  'home',
  'home.arpa',
  'internal',
  'intranet',
  'invalid',
  'lan',
  'local',
  'localdomain',
  'localhost',
  'onion',
  'private',
  'test'
]

/** All public IPv6 addresses lie in it so far. IANA "IPv6 Global Unicast Address Assignments". */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3')
/** Public by its number and yet within every virtual machine there: Azure's platform, which hands out credentials. */
const NOT_PUBLIC = [ipaddr.parseCIDR('168.63.129.16/32')]

export function openAddressGuard({ allowNetworks, publicUrl }: GuardSettings): AddressGuard {
  const allowed = allowNetworks.map(network => ipaddr.parseCIDR(network))
  const ownHost = bareName(new URL(publicUrl).hostname)
  const isAllowed = (address: Address) => allowed.some(network => isWithin(address, network))

  return {
    faultOf: text => {
      const url = URL.parse(text)
      if (url === null) return fault('url', 'Send an absolute address such as https://hooks.example.com/habeas.')
      const host = bareName(url.hostname)
      const literal = addressOf(host)
      // Where a name leads is not known yet: it may be into one of the networks.
      const mayBeAllowed = literal === null ? allowed.length > 0 : isAllowed(literal)
      return faultOfForm(text, url) ?? (mayBeAllowed ? null : (faultOfDoor(url) ?? faultOfHost(host, literal, ownHost)))
    },

    permits: (url, text) => {
      const address = addressOf(text)
      if (address === null) return false
      return isAllowed(address) || (isPublic(address) && faultOfDoor(url) === null)
    }
  }
}

/** @returns whether it can be read as a network in CIDR notation */
export const isNetwork = (text: string): boolean => ipaddr.isValidCIDR(text)

function faultOfForm(text: string, url: URL): UrlFault | null {
  if (text.length > LONGEST_URL) return fault('maxLength', `Send an address of ${LONGEST_URL} characters at most.`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fault('https', 'Send an address that begins with https://.')
  if (url.username !== '' || url.password !== '')
    return fault('noCredentials', 'Leave user and password out: the signature says who sends.')
  if (url.hash !== '') return fault('noFragment', 'Leave out what follows #: it is never sent.')
  return null
}

function faultOfDoor(url: URL): UrlFault | null {
  if (url.protocol !== 'https:') return fault('https', 'Send an address that begins with https://.')
  if (!PORTS.includes(url.port)) return fault('port', 'Use port 443 or 8443.')
  return null
}

function faultOfHost(host: string, literal: Address | null, ownHost: string): UrlFault | null {
  if (host === ownHost) return fault('notOurs', 'Send the address of another service than this one.')
  if (literal !== null)
    return isPublic(literal) ? null : fault('public', 'Send an address that can be reached from everywhere.')
  const isPrivate = !host.includes('.') || PRIVATE_SUFFIXES.some(suffix => host.endsWith(`.${suffix}`))
  return isPrivate ? fault('public', 'Send a name that is known everywhere and not in one network only.') : null
}

/** Global unicast and of no special use. IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), as ipaddr.js knows them. */
function isPublic(address: Address): boolean {
  if (address.kind() === 'ipv6' && !isWithin(address, PUBLIC_IPV6)) return false
  return address.range() === 'unicast' && !NOT_PUBLIC.some(network => isWithin(address, network))
}

const isWithin = (address: Address, [network, bits]: Network): boolean =>
  address.kind() === network.kind() && address.match(network, bits)

/** @returns null for what is no address but a name */
function addressOf(host: string): Address | null {
  return ipaddr.IPv4.isValidFourPartDecimal(host) || ipaddr.IPv6.isValid(host) ? ipaddr.parse(host) : null
}

/** Without the brackets of IPv6 and the dot that ends a complete name. */
const bareName = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')

const fault = (rule: string, fix: string): UrlFault => ({ rule, fix })
