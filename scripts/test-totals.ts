// What a run of tap came to, from its own output: the line of totals, the exit code, and the files it ran.

export interface Totals {
  readonly passed: number
  readonly failed: number
}

export interface Run extends Totals {
  /** What makes the run a failure although no test failed, one sentence each. */
  readonly faults: readonly string[]
  /** Files that chose not to run here, with their reason. */
  readonly skipped: readonly string[]
}

/**
 * Counts the assertions of a run, and what should not go by unseen as one failure each: a file without a test, which
 * tap calls skipped, a file that never ran, and an exit code that no failed test explains.
 *
 * @param output    what tap wrote to its output file; TAP 14
 * @param exitCode  of tap; null when it was killed
 * @param files     the test files it was given
 */
export function readRun(output: string, exitCode: number | null, files: readonly string[]): Run {
  const { pass = 0, fail = 0 } = lastTotals(output)
  const ran = new Map(
    [...output.matchAll(/^(?:not )?ok \d+ - (\S+)(.*)$/gm)].map(([, file = '', rest = '']) => [file, rest])
  )
  const faults = files.flatMap(file => {
    if (!ran.has(file)) return [`${file} did not run.`]
    return reasonOf(ran.get(file)) === 'no tests found' ? [`${file} holds no test.`] : []
  })
  const skipped = files.flatMap(file => {
    const reason = reasonOf(ran.get(file))
    return reason === undefined || reason === 'no tests found' ? [] : [`${file} was skipped: ${reason}`]
  })
  if (exitCode !== 0 && fail === 0) faults.push(`tap ended with ${exitCode ?? 'a signal'} and names no failed test.`)
  return { passed: pass, failed: fail + faults.length, faults, skipped }
}

/** The last line of every run, for people and for `.ci/run`. */
export function totalsLine({ passed, failed }: Totals): string {
  return `${passed} passed, ${failed} failed`
}

/** Why a whole file was skipped: `# SKIP needs chromium` behind its name. */
function reasonOf(rest: string | undefined): string | undefined {
  return /# SKIP (.*?)(?: # time=\S+)?$/.exec(rest ?? '')?.[1]
}

/** `# { total: 49, pass: 44, fail: 2, todo: 1, skip: 2 }`; counts of zero are left out. */
function lastTotals(output: string): Partial<Record<string, number>> {
  const line = [...output.matchAll(/^# \{ (total: .*) \}$/gm)].at(-1)?.[1] ?? ''
  return Object.fromEntries([...line.matchAll(/(\w+): (\d+)/g)].map(([, name = '', count]) => [name, Number(count)]))
}
