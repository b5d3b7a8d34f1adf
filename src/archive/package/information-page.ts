// What a person asking for a copy has to be told beside it (GDPR Art. 15(1)(a)-(h) and (2)), as part of a package's page.

import { type AutomatedDecision, type DataCategory, decisionsToTell } from '../../domain/data-map.ts'
import { type Html, html } from './escape-html.ts'
import type { AccessInformation, PackageFacts } from './facts.ts'
import type { PackageWords } from './words.ts'

/** The sections on use, automated decisions, rights and authority; nothing where the right does not call for them. */
export function informationSections({ information }: PackageFacts, words: PackageWords): Html {
  if (information === null) return html``
  return html`<section aria-labelledby="use"><h2 id="use">${words.use}</h2>
${information.systems.map((system, i) => systemSection(system, i + 1, words))}
</section>
<section aria-labelledby="automated"><h2 id="automated">${words.automatedDecisions}</h2>
${automatedDecisions(information, words)}
</section>
<section aria-labelledby="rights"><h2 id="rights">${words.rights}</h2>
<p>${words.rightsText}</p>
<h3>${words.authority}</h3>
<address>
${[information.authority.name, ...information.authority.address].map(line => html`${line}<br>`)}
${authorityLink(information.authority.url)}
</address>
</section>
`
}

function systemSection(system: AccessInformation['systems'][number], number: number, words: PackageWords): Html {
  const note =
    system.personalData === 'none'
      ? (system.description ?? words.anonymous)
      : system.role === 'processor'
        ? words.processor
        : null
  return html`<section aria-labelledby="system-${number}">
<h3 id="system-${number}">${system.name}</h3>
<dl>
<dt>${words.location}</dt><dd>${system.location}</dd>
${system.transferSafeguard === null ? '' : html`<dt>${words.safeguard}</dt><dd>${system.transferSafeguard}</dd>`}
</dl>
${note === null ? system.categories.map(category => categorySection(category, words)) : html`<p>${note}</p>`}
</section>
`
}

function categorySection(category: DataCategory, words: PackageWords): Html {
  return html`<h4>${category.name}</h4>
<dl>
<dt>${words.purposes}</dt><dd>${category.purposes.join('; ')}</dd>
<dt>${words.legalBasis}</dt><dd>${words.legalBases[category.legalBasis]}</dd>
<dt>${words.recipients}</dt><dd>${category.recipients.join('; ') || words.none}</dd>
<dt>${words.retention}</dt><dd>${category.retention}</dd>
<dt>${words.source}</dt><dd>${category.source || words.fromYou}</dd>
</dl>`
}

function automatedDecisions({ systems }: AccessInformation, words: PackageWords): Html {
  const decisions = decisionsToTell(systems)
  if (decisions.length === 0) return html`<p>${words.noAutomatedDecisions}</p>`
  return html`${decisions.map(decision => decisionSection(decision, words))}`
}

function decisionSection(
  { decision, logic, significance, consequences, categories }: AutomatedDecision,
  words: PackageWords
): Html {
  return html`<h3>${decision}</h3>
<dl>
<dt>${words.logic}</dt><dd>${logic}</dd>
<dt>${words.decisionData}</dt><dd>${categories.join('; ') || words.none}</dd>
<dt>${words.significance}</dt><dd>${significance}</dd>
<dt>${words.consequences}</dt><dd>${consequences}</dd>
</dl>
`
}

/** An address from a tenant's settings becomes a link only where it can be nothing but a web page. */
function authorityLink(url: string): Html {
  if (!/^https:\/\/[a-z0-9]/i.test(url)) return html`${url}`
  return html`<a href="${url}" rel="noreferrer">${url}</a>`
}
