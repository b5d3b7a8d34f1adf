// Starts the service in production, and stops it in order.

import closeWithGrace from 'close-with-grace'
import { readSettings, SettingsFaults } from './config.ts'
import { openLog } from './log.ts'
import { startService } from './service.ts'

/** After this long the process ends, whatever is still open: the queue takes its jobs back. */
const GRACE_MS = 25_000

try {
  const { logLevel, ...settings } = readSettings(process.env)
  const log = openLog(logLevel)
  const service = await startService(settings, log)
  log.info({ url: service.url }, 'ready')
  closeWithGrace({ delay: GRACE_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.error({ err }, 'stopping after an error')
    else log.info({ signal }, 'stopping')
    await service.close()
    log.info({}, 'stopped')
  })
} catch (error) {
  refuseToStart(error)
}

/** Names what an operator can mend; of anything else only the kind, for a driver's words may quote an address with its password. */
function refuseToStart(error: unknown): void {
  if (error instanceof SettingsFaults) process.stderr.write(`${error.message}\n`)
  else openLog('fatal').fatal({ err: error }, 'the service could not start')
  process.exit(1)
}
