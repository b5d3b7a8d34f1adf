// What the terminal says when the demo is ready, and when a mail comes.

import { stripVTControlCharacters, styleText } from 'node:util'
import type { StaffRole } from '../../src/domain/actor.ts'
import { portalLink } from '../../src/domain/links.ts'
import type { Mail } from '../mailbox/mail-store.ts'
import { SANDBOX, SEEDS } from '../seed.ts'
import type { SignStaffToken } from './staff-tokens.ts'
import type { TenantSeed } from './tenant-seed.ts'

export interface Demo {
  readonly apiUrl: string
  readonly docsUrl: string
  readonly mailboxUrl: string
  readonly tenants: readonly DemoTenant[]
  /** One whose clock can be sent ahead. */
  readonly sandbox: DemoTenant
}

interface DemoTenant {
  readonly slug: string
  readonly portalUrl: string
  readonly staffToken: string
  readonly approverToken: string
  readonly adminToken: string
  readonly apiKey: string
}

interface Described {
  readonly publicUrl: string
  readonly mailboxUrl: string
  readonly apiKeys: Readonly<Record<string, string>> | null
  readonly sign: SignStaffToken
}

export async function describeDemo({ publicUrl, mailboxUrl, apiKeys, sign }: Described): Promise<Demo> {
  const describe = async (seed: TenantSeed): Promise<DemoTenant> => ({
    slug: seed.slug,
    portalUrl: portalLink(publicUrl, seed.slug),
    staffToken: await sign(seed, 'agent'),
    approverToken: await sign(seed, 'approver'),
    adminToken: await sign(seed, 'admin'),
    apiKey: apiKeys?.[seed.slug] ?? ''
  })
  const tenants = await Promise.all(SEEDS.map(describe))
  const sandbox = await describe(SANDBOX)
  return { apiUrl: publicUrl, docsUrl: `${publicUrl}/docs`, mailboxUrl, tenants, sandbox }
}

export const jsonOf = (demo: Demo): string => `${JSON.stringify(demo)}\n`

export function tableOf(demo: Demo, { folder, logFile }: { folder: string; logFile: string }): string {
  const [first] = demo.tenants
  const lines = [
    '',
    `${styleText(['bold', 'inverse'], ' DEMO ')}  ${bold('Habeas')}: invented people, one machine, and no mail leaves it`,
    '',
    row('API', demo.apiUrl),
    row('Docs', demo.docsUrl),
    row('Mailbox', demo.mailboxUrl),
    row('Data', folder),
    row('Log', logFile),
    ...SEEDS.flatMap((seed, index) => tenantLines(seed, demo.tenants[index]!)),
    ...tenantLines(SANDBOX, demo.sandbox),
    '',
    bold('Open a request, then follow the link in the mailbox:'),
    '',
    `curl ${demo.apiUrl}/v1/requests \\`,
    `  -H 'authorization: Bearer ${first?.apiKey}' \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '{ "rights": ["access"], "subject": { "name": "Ada Lund", "email": "ada@example.com" } }'`,
    '',
    bold('Let three months pass in the sandbox:'),
    '',
    `curl ${demo.apiUrl}/v1/test-clock/advance \\`,
    `  -H 'authorization: Bearer ${demo.sandbox.apiKey}' \\`,
    "  -H 'content-type: application/json' -H 'prefer: wait=20' \\",
    `  -d '{ "by": "P3M" }'`,
    '',
    'Ctrl-C stops it. Mails that come:',
    ''
  ]
  return `${lines.join('\n')}\n`
}

/** The link that the person would follow: our own page where there is one. */
export function lineOfMail(mail: Mail, links: readonly string[], publicUrl: string): string {
  const link = links.find(url => url.startsWith(`${publicUrl}/privacy/`)) ?? links[0] ?? ''
  // The words of a mail come from outside: they do not get to move the cursor.
  const plain = stripVTControlCharacters(`${mail.to}: ${mail.subject}`).replace(/\s+/g, ' ')
  return `mail  ${plain}  ${link}`.trimEnd()
}

function tenantLines({ name, staff }: TenantSeed, tenant: DemoTenant): string[] {
  const token = (label: string, role: StaffRole, text: string) => [
    row(`${label} token`, styleText('dim', staff[role].name)),
    `    ${text}`
  ]
  return [
    '',
    `${bold(name)}  ${styleText('dim', tenant.slug)}`,
    row("Subjects' page", tenant.portalUrl),
    row('API key', tenant.apiKey),
    ...token('Staff', 'agent', tenant.staffToken),
    ...token('Approver', 'approver', tenant.approverToken),
    ...token('Admin', 'admin', tenant.adminToken)
  ]
}

const bold = (text: string) => styleText('bold', text)
const row = (name: string, value: string) => `  ${name.padEnd(15)} ${value}`
