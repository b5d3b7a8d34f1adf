// Letters about the archive: it is ready, here is the code, it was fetched.

import { code, link, paragraph } from '../blocks.ts'
import type { DownloadCodeFacts, PackageDownloadedFacts, PackageReadyFacts } from '../package-facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { formatMoment } from '../words.ts'

export function packageReady(facts: PackageReadyFacts, { say, on }: Tongue): Body {
  return {
    subject: say('package_ready.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('package_ready.text', { availableUntilOn: on(facts.availableUntilOn) })),
      link(say('package_ready.link'), facts.link),
      paragraph(say('package_ready.code')),
      paragraph(say('package_ready.deleted'))
    ]
  }
}

export function packageDownloaded(facts: PackageDownloadedFacts, { say, locale }: Tongue): Body {
  const moment = formatMoment(facts.downloadedAt, facts.timeZone, locale)
  return {
    subject: say('package_downloaded.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('package_downloaded.text', { moment })),
      paragraph(say('package_downloaded.notYou', { contact: facts.tenant.contact }))
    ]
  }
}

export function downloadCode(facts: DownloadCodeFacts, { say }: Tongue): Body {
  return {
    subject: say('download_code.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('download_code.text')),
      code(facts.code),
      paragraph(say('download_code.valid', { minutes: facts.validMinutes })),
      paragraph(say('download_code.notYou', { contact: facts.tenant.contact }))
    ]
  }
}
