import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { isRunning, withFileLock } from '../../scripts/file-lock.mjs'

const lockIn = (t: Test) => join(t.testdir({}), 'lock')
const MODULE = new URL('../../scripts/file-lock.mjs', import.meta.url).href

/** A process that takes the lock, says so, and then holds it until it is killed. */
async function holder(path: string) {
  const script = `import { withFileLock } from ${JSON.stringify(MODULE)}
    await withFileLock(${JSON.stringify(path)}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)) })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'close')
  return child.pid ?? 0
}

t.test('only one at a time does the work', async t => {
  const lock = lockIn(t)
  const path = join(t.testdir({ counter: '0' }), 'counter')
  const count = () =>
    withFileLock(lock, async () => {
      const before = Number(await readFile(path, 'utf8'))
      await new Promise(resolve => setImmediate(resolve))
      await writeFile(path, String(before + 1))
    })
  await Promise.all(Array.from({ length: 10 }, count))
  t.equal(await readFile(path, 'utf8'), '10')
})

t.test('who fails releases it too', async t => {
  const lock = lockIn(t)
  await t.rejects(
    withFileLock(lock, async () => {
      throw new Error('broken')
    }),
    /broken/
  )
  t.equal(await withFileLock(lock, async () => 'next'), 'next')
})

t.test('a process that is killed holding it does not keep it', async t => {
  const lock = lockIn(t)
  const child = await holder(lock)
  const told: number[] = []
  const waiting = withFileLock(lock, async () => 'mine', {
    onWait: pid => {
      told.push(pid)
      child.kill('SIGKILL')
    }
  })
  t.equal(await waiting, 'mine')
  t.same(told, [child.pid], 'who waits is told for whom, once')
})

t.test('a lock left by a dead process goes to exactly one of many', async t => {
  const lock = lockIn(t)
  await writeFile(lock, `${await deadPid()} ${hostname()} x`)
  let inside = 0
  let most = 0
  await Promise.all(
    Array.from({ length: 8 }, () =>
      withFileLock(lock, async () => {
        inside += 1
        most = Math.max(most, inside)
        await new Promise(resolve => setImmediate(resolve))
        inside -= 1
      })
    )
  )
  t.equal(most, 1)
})

t.test('a lock with our own process id that we do not hold was left by a predecessor', async t => {
  const lock = lockIn(t)
  await writeFile(lock, `${process.pid} ${hostname()} x`)
  t.equal(await withFileLock(lock, async () => 'mine'), 'mine')
})

t.test('the process ids of another machine say nothing: its heartbeat does', async t => {
  const lock = lockIn(t)
  await writeFile(lock, `${await deadPid()} another-machine x`)
  await t.rejects(
    withFileLock(lock, async () => 'mine', { waitSeconds: 0 }),
    /still holds/
  )
  const longAgo = new Date(0)
  await utimes(lock, longAgo, longAgo)
  t.equal(await withFileLock(lock, async () => 'mine'), 'mine')
})

t.test('zero and negative numbers are no process', async t => {
  t.same([isRunning(0), isRunning(-1), isRunning(Number.NaN), isRunning(process.pid)], [false, false, false, true])
})
