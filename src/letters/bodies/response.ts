// The answer to a request: how it was decided, what was done, what was not done and why. Reasons are written here and nowhere
// else, so that the part about one right cannot leave them out.

import { type Block, heading, link, list, paragraph, quote, rows, when } from '../blocks.ts'
import { incomplete } from '../incomplete.ts'
import { reasonBlocks } from '../reason.ts'
import type { NotSearched, ResponseFacts } from '../response-facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { lawName } from '../words.ts'
import { doneBlocks } from './done.ts'

export function response(facts: ResponseFacts, tongue: Tongue): Body {
  const { say, on, yourRequest, locale } = tongue
  const values = {
    request: yourRequest(facts.right),
    receivedOn: on(facts.receivedOn),
    answeredOn: on(facts.answeredOn),
    law: lawName(facts.regime, locale)
  }
  return {
    subject: say('response.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('response.intro', values)),
      ...decision(facts, tongue),
      ...notSearchedBlocks(facts.notSearched, tongue),
      ...when(facts.explanation, text => [
        heading(say(facts.right === 'objection' ? 'response.weighing' : 'response.explanation')),
        quote(text)
      ]),
      ...when(facts.link, url => link(say('link.read'), url))
    ]
  }
}

function decision(facts: ResponseFacts, tongue: Tongue): Block[] {
  const { say, on } = tongue
  switch (facts.outcome) {
    case 'granted':
      return [paragraph(say('response.granted')), ...doneBlocks(facts, tongue)]
    case 'partly_granted':
      return [
        paragraph(say('response.partly_granted')),
        ...doneBlocks(facts, tongue),
        heading(say('response.whyPartly')),
        ...reasonBlocks(facts.reasons, tongue)
      ]
    case 'refused':
      return [
        paragraph(say('response.refused')),
        heading(say('response.whyRefused')),
        ...reasonBlocks(facts.reasons, tongue)
      ]
    case 'nothing_found':
      return [
        paragraph(say('response.nothing_found')),
        ...(facts.right === 'access' ? [paragraph(say('access.confirmationNone'))] : []),
        ...searchedBlocks(facts.searched, tongue)
      ]
    case 'forwarded':
      if (facts.controller.trim() === '')
        throw incomplete('An answer that a request was forwarded has to name the controller.')
      return [
        paragraph(say('response.forwarded', { controller: facts.controller, forwardedOn: on(facts.forwardedOn) })),
        ...when(facts.controllerContact, contact =>
          paragraph(say('response.forwardedContact', { controller: facts.controller, contact }))
        )
      ]
  }
}

/** "Nothing found" names where was searched: it must never be mistaken for "not searched". */
function searchedBlocks(searched: readonly string[], { say }: Tongue): Block[] {
  if (searched.length === 0) throw incomplete('An answer that nothing was found has to name where was searched.')
  return [heading(say('response.searched')), list(searched)]
}

function notSearchedBlocks(places: readonly NotSearched[], { say }: Tongue): Block[] {
  if (places.length === 0) return []
  return [
    heading(say('response.notSearched')),
    rows(places.map(({ name, because, why }) => [name, why ?? say(`notSearched.${because}`)]))
  ]
}
