import json,re
def edit(p, *pairs):
    s=open(p).read()
    for a,b in pairs:
        assert s.count(a)==1, (p, a, s.count(a))
        s=s.replace(a,b)
    open(p,'w').write(s)
def done(p, mark): return mark in open(p).read()
edit('src/actions/answers/compose-answer.ts',
 ("  readonly name: string | null\n","  /** For the greeting. */\n  readonly name: string | null\n  readonly actsAs: Contact['actsAs']\n"),
 ("    name: row.verifiedAt === null ? null : subject.name,\n    hasAddress: subject.email !== null,","    name: row.verifiedAt === null ? null : contact.name,\n    actsAs: contact.actsAs,\n    hasAddress: contact.address !== null,"),
 ("  const { subject } = peopleOf(scope, theirs)\n","  const contact = contactOfCase(scope, theirs)\n"),
 ("toPerson(policy, theirs, inputs.name)","toPerson(policy, theirs, inputs)"),
 ("import { type CaseRow, findCase, openCaseVault, peopleOf }","import { type CaseRow, contactOfCase, findCase, openCaseVault }"),
 ("import { type DataSystem, reachedBy } from","import type { Contact } from '../../domain/contact.ts'\nimport { type DataSystem, reachedBy } from"))
edit('src/actions/requests/send-message.ts',
 ("  if (peopleOf(scope, theirs).subject.email === null) {","  if (contactOfCase(scope, theirs).address === null) {"),
 ("import { type CaseRow, findCase, openCaseVault, peopleOf }","import { type CaseRow, contactOfCase, findCase, openCaseVault }"))
edit('src/actions/verification/ask-verification.ts',
 ("  const { subject } = peopleOf(scope, row)\n","  const { subject, requester } = peopleOf(scope, row)\n"),
 ("      rights: waiting.map(request => request.right),\n","      rights: waiting.map(request => request.right),\n      asks: requester?.relation ?? null,\n"),
 ("  const { rights, receivedOn, link, code, expiresOn } = facts as VerificationFacts","  const { rights, asks = null, receivedOn, link, code, expiresOn } = facts as VerificationFacts"),
 ("    { rights, receivedOn, link, code, expiresOn },","    { rights, asks, receivedOn, link, code, expiresOn },"))
edit('src/letters/facts.ts',
 ("export interface VerificationFacts extends ToPerson {\n  readonly rights: readonly Right[]\n","export interface VerificationFacts extends ToPerson {\n  readonly rights: readonly Right[]\n  /** As what somebody else asks; null or missing where the person does. Who it is stands on the page: it is a stranger's word. */\n  readonly asks?: Requester['relation'] | null\n"),
 ("import type { DisabledReason }","import type { Requester } from '../domain/subject-request.ts'\nimport type { DisabledReason }"))
edit('src/letters/bodies/proof.ts',
 ("import { type Block, code, heading, link, list, paragraph } from","import { type Block, code, heading, link, list, paragraph, when } from"),
 ("  return [\n    ...askedFor(facts.rights, tongue),\n    paragraph(say('verification.how'","  return [\n    ...when(facts.asks, relation => paragraph(say(`verification.asks.${relation}`))),\n    ...askedFor(facts.rights, tongue),\n    paragraph(say('verification.how'"))
edit('src/letters/letter.ts',
 ("""  return [paragraph(name === '' ? say('frame.greetingUnknown') : say('frame.greeting', { name }))]
}""","""  const actsAs = isToPerson(facts) ? facts.actsAs : null
  return [
    paragraph(name === '' ? say('frame.greetingUnknown') : say('frame.greeting', { name })),
    ...when(actsAs, relation => paragraph(say(`frame.actsAs.${relation}`)))
  ]
}"""),
 ("import { type Block, lines, paragraph, small } from './blocks.ts'","import { type Block, lines, paragraph, small, when } from './blocks.ts'"))
def addkeys(path, after, items):
    s=open(path).read()
    m=re.search(r'^  "%s": .*\n'%re.escape(after), s, re.M)
    assert m,(path,after)
    assert m.group(0).rstrip().endswith(',')
    assert items[0][0] not in s
    ins=''.join('  %s: %s,\n'%(json.dumps(k),json.dumps(v,ensure_ascii=False)) for k,v in items)
    s=s[:m.end()]+ins+s[m.end():]
    json.loads(s)
    open(path,'w').write(s)
L={'en':[("frame.actsAs.agent","You get this because you asked as the authorised agent of the person whose data it is. Where we write “you” of the data, we mean that person."),
         ("frame.actsAs.guardian","You get this because you asked as the guardian of the person whose data it is. Where we write “you” of the data, we mean that person.")],
   'da':[("frame.actsAs.agent","Du får dette, fordi du har bedt om det med fuldmagt fra den person, oplysningerne handler om. Hvor vi skriver “du” om oplysningerne, mener vi den person."),
         ("frame.actsAs.guardian","Du får dette, fordi du har bedt om det som værge eller forældremyndighedsindehaver for den person, oplysningerne handler om. Hvor vi skriver “du” om oplysningerne, mener vi den person.")],
   'el':[("frame.actsAs.agent","Λαμβάνετε αυτό το μήνυμα επειδή ζητήσατε ως εξουσιοδοτημένος εκπρόσωπος του προσώπου το οποίο αφορούν τα δεδομένα. Όπου γράφουμε «εσείς» για τα δεδομένα, εννοούμε το πρόσωπο αυτό."),
         ("frame.actsAs.guardian","Λαμβάνετε αυτό το μήνυμα επειδή ζητήσατε ως γονέας ή επίτροπος του προσώπου το οποίο αφορούν τα δεδομένα. Όπου γράφουμε «εσείς» για τα δεδομένα, εννοούμε το πρόσωπο αυτό.")]}
V={'en':[("verification.asks.agent","It was made by somebody who says that they are your authorised agent. The page behind the link says who."),
         ("verification.asks.guardian","It was made by somebody who says that they are your guardian. The page behind the link says who.")],
   'da':[("verification.asks.agent","Den er fremsat af en person, som oplyser at have fuldmagt fra dig. Siden bag linket siger hvem."),
         ("verification.asks.guardian","Den er fremsat af en person, som oplyser at være din værge eller have forældremyndigheden over dig. Siden bag linket siger hvem.")],
   'el':[("verification.asks.agent","Το υπέβαλε κάποιος που δηλώνει ότι είναι εξουσιοδοτημένος εκπρόσωπός σας. Η σελίδα πίσω από τον σύνδεσμο λέει ποιος."),
         ("verification.asks.guardian","Το υπέβαλε κάποιος που δηλώνει ότι είναι γονέας ή επίτροπός σας. Η σελίδα πίσω από τον σύνδεσμο λέει ποιος.")]}
P={'en':[("verify.text.agent","{tenant} received this request on {receivedOn}. {requester} ({address}) made it in your name, as your authorised agent. We know of them only what they wrote: confirm only if you want them to act for you."),
         ("verify.text.guardian","{tenant} received this request on {receivedOn}. {requester} ({address}) made it in your name, as your guardian. We know of them only what they wrote: confirm only if that is so.")],
   'da':[("verify.text.agent","{tenant} har modtaget denne anmodning {receivedOn}. {requester} ({address}) har fremsat den i dit navn, med fuldmagt fra dig. Vi ved kun det om vedkommende, som står i anmodningen: bekræft kun, hvis vedkommende skal handle for dig."),
         ("verify.text.guardian","{tenant} har modtaget denne anmodning {receivedOn}. {requester} ({address}) har fremsat den i dit navn, som din værge eller som indehaver af forældremyndigheden over dig. Vi ved kun det om vedkommende, som står i anmodningen: bekræft kun, hvis det passer.")],
   'el':[("verify.text.agent","Ο οργανισμός {tenant} έλαβε αυτό το αίτημα {receivedOn}. Το υπέβαλε στο όνομά σας {requester} ({address}), ως εξουσιοδοτημένος εκπρόσωπός σας. Γνωρίζουμε μόνο όσα έγραψε: επιβεβαιώστε μόνο αν θέλετε να ενεργεί για εσάς."),
         ("verify.text.guardian","Ο οργανισμός {tenant} έλαβε αυτό το αίτημα {receivedOn}. Το υπέβαλε στο όνομά σας {requester} ({address}), ως γονέας ή επίτροπός σας. Γνωρίζουμε μόνο όσα έγραψε: επιβεβαιώστε μόνο αν αυτό ισχύει.")]}
S={'en':[("status.requester","Asked for by"),("relation.agent","authorised agent"),("relation.guardian","guardian")],
   'da':[("status.requester","Fremsat af"),("relation.agent","med fuldmagt"),("relation.guardian","værge eller forældremyndighedsindehaver")],
   'el':[("status.requester","Υποβλήθηκε από"),("relation.agent","εξουσιοδοτημένος εκπρόσωπος"),("relation.guardian","γονέας ή επίτροπος")]}
for l in L:
    addkeys(f'src/letters/catalogue/{l}.json','frame.greetingUnknown',L[l])
    addkeys(f'src/letters/catalogue/{l}.json','verification.received',V[l])
    addkeys(f'src/pages/catalogue/{l}.json','verify.text',P[l])
    addkeys(f'src/pages/catalogue/{l}.json','status.reference',S[l])
edit('src/pages/case-behind.ts',
 ("import type { Policy } from","import { contactOf } from '../domain/contact.ts'\nimport type { Policy } from"),
 ("import { type CaseRow, findCase, peopleIfKept }","import type { Requester } from '../domain/subject-request.ts'\nimport { type CaseRow, findCase, peopleIfKept }"),
 ("  /** Where we write to, so that","  /** Who asks for the person, where it is somebody else. */\n  readonly requester: Requester | null\n  /** Where we write to, so that"),
 ("  const address = peopleIfKept(scope, theirs)?.subject.email ?? ''\n","  const people = peopleIfKept(scope, theirs)\n  const address = (people === null ? null : contactOf(people, theirs.proof?.method ?? null).address) ?? ''\n"),
 ("    maskedAddress: address","    requester: people?.requester ?? null,\n    maskedAddress: address"))
edit('src/pages/verify-pages.ts',
 ("<p>${say('verify.text', { tenant: policy.organisation.name, receivedOn })}</p>","<p>${whoAsks}</p>"),
 ("  const { frame, theirs, requests, policy, maskedAddress } = behind","  const { frame, theirs, requests, requester, policy, maskedAddress } = behind"),
 ("  const body = html`${errorBox(...(error === null ? [] : [error]))}\n<p>${whoAsks}","""  const asked = { tenant: policy.organisation.name, receivedOn }
  const whoAsks =
    requester === null
      ? say('verify.text', asked)
      : say(`verify.text.${requester.relation}`, {
          ...asked,
          requester: requester.name,
          address: maskAddress(requester.email)
        })
  const body = html`${errorBox(...(error === null ? [] : [error]))}
<p>${whoAsks}"""),
 ("import { NOTHING, renderPage } from './layout.ts'\n","import { NOTHING, renderPage } from './layout.ts'\nimport { maskAddress } from './mask-address.ts'\n"))
edit('src/pages/status-page.ts',
 ("  const { frame, theirs, requests, policy } = following","  const { frame, theirs, requests, requester, policy } = following"),
 ("<dl><dt>${say('status.reference')}</dt><dd>${theirs.reference}</dd></dl>","<dl><dt>${say('status.reference')}</dt><dd>${theirs.reference}</dd>\n${requester === null ? NOTHING : html`<dt>${say('status.requester')}</dt><dd>${requester.name} (${say(`relation.${requester.relation}`)})</dd>`}</dl>"))
edit('src/actions/intake/file-mail-reply.ts',
 ("  const onFile = [people.subject.email, people.requester?.email ?? null]","  const onFile = [people.subject.email, contactOfCase(scope, theirs).address]"),
 ("import { findCase, peopleIfKept }","import { contactOfCase, findCase, peopleIfKept }"))
