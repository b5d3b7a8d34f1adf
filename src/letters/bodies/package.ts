// Letters about the archive: here is the code, it was fetched.

import { code, paragraph } from '../blocks.ts'
import type { DownloadCodeFacts, PackageDownloadedFacts } from '../package-facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { formatMoment } from '../words.ts'

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
