// Whether this is production. Plain JavaScript, because install.mjs asks before the project's own Node is there.

const DATABASES = ['DATABASE_URL', 'APP_DATABASE_URL', 'WORKER_DATABASE_URL']

/**
 * Whether a database of one's own is named, by its owner's address or by those of the two logins: then nothing of the demo is
 * needed, nor the tools that it is made of.
 *
 * @param {Record<string, string | undefined>} environment
 * @returns {boolean}
 */
export function namesDatabase(environment) {
  return DATABASES.some(name => Boolean(environment[name]?.trim()))
}
