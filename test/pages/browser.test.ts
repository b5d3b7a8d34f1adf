// The pages in a real browser: with the keyboard alone, without scripts, in each language, and what leaves the machine.

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { openChromium } from '../support/chromium.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'
import { linkIn, newestCode } from '../support/visitor.ts'

const PATIENCE_MS = 10_000
const MOST_TABS = 40

t.test('The pages in a browser', async t => {
  const browser = await openChromium(t)
  if (browser === undefined) return
  const canary = await openCanary(t)
  const house = await openHouse(t)
  const { port } = new URL(await house.app.listen({ port: 0, host: '127.0.0.1' }))
  const origin = `http://house.localhost:${port}`
  const organisation = { ...HOUSE_POLICY.organisation, privacyPolicyUrl: canary.url }
  const tenant = await house.tenant({ policy: { organisation, locales: ['en', 'da', 'el'] } })
  const street = { browser, house, tenant, origin }

  await t.test('are filled in with the keyboard alone, and the browser that asked needs no code', async t => {
    const { page, seen, close } = await visit(street)
    await page.goto(`${origin}/privacy/${tenant.slug}`)
    await press(page, page.getByLabel('Access to personal data'), 'Space')
    await press(page, page.getByLabel('Your name (optional)'))
    await page.keyboard.type('Mia Holm')
    await press(page, page.getByLabel('Your email address'))
    await page.keyboard.type('mia@example.com')
    await press(page, page.getByRole('button', { name: 'Send the request' }), 'Enter')
    await page.getByRole('heading', { name: 'Thank you' }).waitFor()

    await house.doPromisedWork()
    const { path } = linkIn(house, 'mia@example.com', 'verify')
    await page.goto(origin + path)
    await press(page, page.getByRole('button', { name: 'Yes, this was me' }), 'Enter')
    await page.getByText('You have confirmed this request').waitFor()
    t.same(seen, NOTHING_AMISS)
    await close()
  })

  await t.test('keep the key of a link out of the address, the page and what other sites are told', async t => {
    const path = await asked(street, 'jens@example.com')
    const { page, seen, close } = await visit(street)
    await page.goto(origin + path)
    const key = path.split('/').at(-1) ?? ''
    t.notOk(page.url().includes(key))
    t.notOk((await page.content()).includes(key))
    await page.reload()
    await page.getByRole('heading', { name: 'Was this you?' }).waitFor()
    t.same(seen, NOTHING_AMISS)

    await page.getByRole('link', { name: 'Privacy policy' }).click()
    await page.getByText('Elsewhere').waitFor()
    t.same(canary.referrers, [undefined])
    const copied = await visit(street)
    await page.goBack()
    await copied.page.goto(page.url())
    await copied.page.getByRole('heading', { name: 'Please open the link in our mail again' }).waitFor()
    await copied.close()
    await close()
  })

  await t.test('work without scripts: another browser types the code, follows, writes and withdraws', async t => {
    const path = await asked(street, 'eva@example.com')
    const { code } = linkIn(house, 'eva@example.com', 'verify')
    const { page, seen, close } = await visit(street, { javaScriptEnabled: false })
    await page.goto(origin + path)
    await page.getByRole('button', { name: 'Yes, this was me' }).click()
    await page.getByRole('alert').getByText('Please type the code').waitFor()
    await page.getByLabel('Code from the mail').fill(code.toLowerCase())
    await page.getByRole('button', { name: 'Yes, this was me' }).click()
    await page.getByText('You have confirmed this request').waitFor()
    await house.doPromisedWork()

    await page.goto(origin + linkIn(house, 'eva@example.com', 'status').path)
    await page.getByLabel('Your message').fill('Which data do you mean?')
    await page.getByRole('button', { name: 'Send the message' }).click()
    await page.getByRole('status').getByText('We have your message').waitFor()
    t.ok(await page.getByRole('heading', { name: 'If you are not content' }).isVisible())
    t.ok(await page.getByText('Datatilsynet').first().isVisible(), 'the authority to complain to is named')
    await page.getByRole('button', { name: 'Withdraw this request' }).click()
    await page.getByLabel('Type STOP').fill('stop')
    await page.getByRole('button', { name: 'Withdraw this request' }).click()
    await page.getByRole('status').getByText('The request is withdrawn').waitFor()
    t.same(seen, NOTHING_AMISS)
    await close()
  })

  await t.test('let somebody say that they did not ask', async t => {
    const path = await asked(street, 'ole@example.com')
    const { page, seen, close } = await visit(street)
    await page.goto(origin + path)
    await page.getByRole('button', { name: 'I did not ask for this' }).click()
    await page.getByLabel('Type STOP').fill('STOP')
    await page.getByRole('button', { name: 'Cancel the request' }).click()
    await page.getByText('The request was cancelled').waitFor()
    await page.goto(origin + path)
    await page.getByText('The request was cancelled').waitFor()
    t.same(seen, NOTHING_AMISS, 'and the old link shows what became of it')
    await close()
  })

  await t.test('hand out the package for a fresh code', async t => {
    const body = {
      rights: ['access'],
      subject: { name: 'Ida', email: 'ida@example.com' },
      verification: { method: 'session' }
    }
    const { requests } = (await tenant.integration.post('/v1/requests', body)).json()
    await answerWithPackage(tenant, requests[0].id)
    await house.doPromisedWork()
    const { page, seen, close } = await visit(street)
    await page.goto(origin + linkIn(house, 'ida@example.com', 'package').path)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByRole('status').getByText('A code is on its way').waitFor()
    await house.doPromisedWork()
    await page.getByLabel('Code from the mail').fill(newestCode(house, 'ida@example.com'))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download', exact: true }).click()
    ])
    t.match(download.suggestedFilename(), /^H-[\w-]+\.zip$/)
    t.equal((await readFile(await download.path())).subarray(0, 2).toString(), 'PK')
    t.same(seen, NOTHING_AMISS)
    await close()
  })

  for (const [locale, heading, send] of [
    ['en-GB', 'Your personal data at', 'Send the request'],
    ['da-DK', 'Dine personoplysninger hos', 'Send anmodningen'],
    ['el-GR', 'Τα προσωπικά σας δεδομένα', 'Αποστολή του αιτήματος']
  ] as const) {
    await t.test(`speak ${locale}, and name every field, on a narrow screen as well`, async t => {
      const { page, seen, close } = await visit(street, { locale, viewport: { width: 320, height: 640 } })
      await page.goto(`${origin}/privacy/${tenant.slug}`)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      t.ok(await page.getByRole('button', { name: send }).isVisible())
      t.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2))
      t.same(await page.evaluate(NAMELESS_FIELDS), [])
      t.same(await page.evaluate(CUT_OFF), [])
      t.same(seen, NOTHING_AMISS)
      await close()
    })
  }

  await t.test('and the documentation is whole without the internet', async t => {
    const { page, seen, close } = await visit(street)
    await page.goto(`${origin}/docs`)
    await page.getByText('/v1/requests', { exact: true }).first().waitFor()
    t.same(seen, NOTHING_AMISS)
    await close()
  })
})

interface Street {
  readonly browser: Browser
  readonly house: House
  readonly tenant: TenantInHouse
  readonly origin: string
}

const NOTHING_AMISS = { complaints: [], elsewhere: [] }

/** Somebody with a browser of their own, and what it complained of and asked of others. */
async function visit({ browser, origin }: Street, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const page = await context.newPage()
  const seen: { complaints: string[]; elsewhere: string[] } = { complaints: [], elsewhere: [] }
  page.on('console', message => {
    // A page that answers 4xx is meant to be seen; the browser calls it an error.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      seen.complaints.push(message.text())
  })
  page.on('pageerror', error => seen.complaints.push(error.message))
  page.on('request', request => {
    if (
      !/^(data|blob):/.test(request.url()) &&
      new URL(request.url()).origin !== origin &&
      !request.isNavigationRequest()
    )
      seen.elsewhere.push(request.url())
  })
  return { page, seen, close: () => context.close() }
}

/** @returns the path of the link in the mail */
async function asked({ house, tenant }: Street, email: string): Promise<string> {
  await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Somebody', email } })
  await house.doPromisedWork()
  return linkIn(house, email, 'verify').path
}

/** Goes to a control with the Tab key, as people do who use no mouse. */
async function press(page: Page, control: Locator, key?: 'Space' | 'Enter'): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if ((await control.and(page.locator(':focus')).count()) === 1) {
      if (key !== undefined) await page.keyboard.press(key)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`${control} is not reached with the Tab key.`)
}

/** In the browser: the controls that a screen reader has no words for. */
const NAMELESS_FIELDS = `[...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
  .filter(field => !field.labels[0]?.textContent.trim()).map(field => field.name)`
/** In the browser: what reaches beyond the side of the screen. */
const CUT_OFF = `[...document.body.querySelectorAll('*')]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1).map(part => part.outerHTML.slice(0, 80))`

/** A site of somebody else's, which notes what it is told of where its visitors come from. */
async function openCanary(test: { teardown(undo: () => unknown): unknown }) {
  const referrers: (string | undefined)[] = []
  const server = createServer(({ url, headers }, answer) => {
    if (url === '/') referrers.push(headers.referer)
    answer.setHeader('content-type', 'text/html').end('<p>Elsewhere</p>')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  test.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, referrers }
}
