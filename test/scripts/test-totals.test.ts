import t from 'tap'
import { readRun, totalsLine } from '../../scripts/test-totals.ts'

const one = 'ok 1 - test/one.test.ts # time=12ms'
const two = 'ok 2 - test/two.test.ts # time=9ms'
const files = ['test/one.test.ts', 'test/two.test.ts']

const cases = [
  {
    fact: 'a clean run counts its assertions',
    output: `${one}\n${two}\n# { total: 7, pass: 7 }`,
    exitCode: 0,
    line: '7 passed, 0 failed'
  },
  {
    fact: 'failures are counted, and what was skipped or left to do is neither',
    output: `${one}\nnot ${two}\n# { total: 9, pass: 4, fail: 2, todo: 1, skip: 2 }`,
    exitCode: 1,
    line: '4 passed, 2 failed'
  },
  {
    fact: 'an exit code that no failed test explains is one failure',
    output: `${one}\n${two}\n# { total: 7, pass: 7 }`,
    exitCode: 1,
    line: '7 passed, 1 failed'
  },
  {
    fact: 'a file without a test is a failure',
    output: `${one}\nok 2 - test/two.test.ts # SKIP no tests found\n# { total: 4, pass: 3, skip: 1 }`,
    exitCode: 0,
    line: '3 passed, 1 failed'
  },
  {
    fact: 'a file that says why it skips is none',
    output: `${one}\nok 2 - test/two.test.ts # SKIP needs chromium\n# { total: 4, pass: 3, skip: 1 }`,
    exitCode: 0,
    line: '3 passed, 0 failed'
  },
  {
    fact: 'a file that never ran is a failure',
    output: `${one}\n# { total: 3, pass: 3 }`,
    exitCode: 0,
    line: '3 passed, 1 failed'
  },
  {
    fact: 'a run that was killed before it wrote anything fails for every file and for the exit',
    output: '',
    exitCode: null,
    line: '0 passed, 3 failed'
  },
  {
    fact: 'totals that a test prints itself are not the totals of the run',
    output: `    # { total: 99, pass: 99 }\n${one}\n${two}\n# { total: 7, pass: 7 }`,
    exitCode: 0,
    line: '7 passed, 0 failed'
  }
]

for (const { fact, output, exitCode, line } of cases) {
  t.test(fact, async t => {
    const run = readRun(output, exitCode, files)
    t.equal(totalsLine(run), line)
  })
}

t.test('a file that was skipped is named with its reason', async t => {
  const output = `${one}\nok 2 - test/two.test.ts # SKIP needs chromium\n# { total: 4, pass: 3, skip: 1 }`
  t.same(readRun(output, 0, files).skipped, ['test/two.test.ts was skipped: needs chromium'])
})

t.test('a failure that is no failed test is named', async t => {
  const { faults } = readRun(`${one}\n# { total: 3, pass: 3 }`, 0, files)
  t.same(faults, ['test/two.test.ts did not run.'])
})
