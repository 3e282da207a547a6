import assert from 'node:assert/strict'
import { it } from 'node:test'
import { networkInterfaces } from 'node:os'
import type { Page } from 'playwright-core'
import { signFor } from '../support/sign-for.ts'
import { describeConsole, type Visitor } from './describe-console.ts'
import { findViolations } from './find-violations.ts'
import { readQrCode } from './read-qr-code.ts'

function goToLinks({ goTo, team, build }: Visitor): Promise<void> {
  return goTo(`/teams/${team}/builds/${build}/testers`)
}

/** Makes a link and reads its address, which shows this once. */
async function makeLink(page: Page, name: string): Promise<string> {
  await page.getByLabel('Whom it is for').fill(name)
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('heading', { name: 'Your new link' }).waitFor()
  const address = await page.getByRole('link', { name: 'Open it' }).getAttribute('href')
  assert(address !== null)
  return address
}

describeConsole('the links for testers', (console) => {
  it('are made by a manager, open on a phone, and are revoked', async (t) => {
    const manager = await console().visit(t, { as: 'key' })
    const { page, context } = manager
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await goToLinks(manager)
    await page.getByRole('heading', { name: 'Nobody has a link yet' }).waitFor()
    const address = await makeLink(page, 'QA in Berlin')
    await page.getByRole('button', { name: 'Copy the link' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address)

    const tester = await console().visit(t, { size: 'phone', as: 'nobody', with: manager })
    await tester.page.goto(address)
    await tester.page.getByText('Collect a stamp').waitFor()

    await page.getByRole('button', { name: 'Revoke QA in Berlin' }).click()
    const question = page.getByRole('alertdialog', { name: 'Revoke this link?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Revoke QA in Berlin' }).click()
    await question.getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('“QA in Berlin” is revoked').waitFor()
    await page.getByRole('heading', { name: 'Nobody has a link yet' }).waitFor()

    await tester.page.reload()
    await tester.page.getByRole('heading', { name: 'This link opens nothing' }).waitFor()
  })

  it('are shown once: afterwards the list has their names and dates, and nothing that opens them', async (t) => {
    const manager = await console().visit(t)
    const { page } = manager
    await goToLinks(manager)
    const address = await makeLink(page, 'Beta group')
    await page.reload()
    await page.getByRole('cell', { name: 'Beta group', exact: true }).waitFor()
    assert(!(await page.content()).includes(address))
  })

  it('are opened from the console without telling where from', async (t) => {
    const manager = await console().visit(t)
    const { page } = manager
    await goToLinks(manager)
    await makeLink(page, '')
    await page.getByRole('cell', { name: 'Without a name', exact: true }).waitFor()
    const [opened] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open it' }).click(),
    ])
    await opened.getByText('Collect a stamp').waitFor()
    assert.equal(await opened.evaluate(() => document.referrer), '')
    assert.equal(await opened.evaluate(() => window.opener), null)
  })

  it('say beside the name what the service has against it', async (t) => {
    const manager = await console().visit(t)
    const { page } = manager
    await goToLinks(manager)
    await page.getByLabel('Whom it is for').fill('x'.repeat(201))
    await page.getByRole('button', { name: 'Make a link' }).click()
    await page.locator('.field', { hasText: 'Whom it is for' }).locator('.problem').waitFor()
    assert.equal(await page.getByLabel('Whom it is for').getAttribute('aria-invalid'), 'true')
  })

  it('come back into the list, with the reason, when the service does not revoke them', async (t) => {
    const manager = await console().visit(t)
    const { page, team, build } = manager
    await console().control.createTesterLink({ team, build, name: 'Stays' })
    await goToLinks(manager)
    await page.route('**/tester-links/*', (route) =>
      route.request().method() === 'DELETE' ? route.abort() : route.continue(),
    )
    await page.getByRole('button', { name: 'Revoke Stays' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText(/^“Stays” is not revoked\. /).waitFor()
    await page.getByRole('cell', { name: 'Stays', exact: true }).waitFor()
  })

  it('have room for their names on a phone, in a table nevertheless', async (t) => {
    const manager = await console().visit(t, { size: 'phone', language: 'de' })
    const { page, team, build } = manager
    const name = 'QA in Berlin, mit einem recht langen Namen'
    await console().control.createTesterLink({ team, build, name })
    await goToLinks(manager)
    const row = page.getByRole('table').getByRole('row', { name })
    const isBelow = await row.evaluate(({ children }) => {
      const [named, created] = [...children].map((cell) => cell.getBoundingClientRect())
      return named !== undefined && created !== undefined && created.top >= named.bottom
    })
    assert(isBelow, 'the moment stands below the name')
    assert.equal(await row.getByRole('cell').count(), 3)
    assert.deepEqual(await findViolations(page), [])
  })

  it('say in German why they were not revoked', async (t) => {
    const manager = await console().visit(t, { language: 'de' })
    const { page, team, build } = manager
    const { id: link } = await console().control.createTesterLink({ team, build, name: 'Gast' })
    await goToLinks(manager)
    // Somebody else is faster.
    await page.route('**/tester-links/*', async (route) => {
      if (route.request().method() === 'DELETE') await console().control.revokeTesterLink({ team, link })
      return route.continue()
    })
    await page.getByRole('button', { name: 'Gast widerrufen' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Widerrufen' }).click()
    await page.getByText('„Gast“ ist nicht widerrufen. Das gibt es nicht oder nicht mehr.').waitFor()
  })

  it('are made and revoked by keyboard alone', async (t) => {
    const manager = await console().visit(t)
    const { page } = manager
    await goToLinks(manager)
    await page.getByLabel('Whom it is for').focus()
    await page.keyboard.type('Keys only')
    await page.keyboard.press('Enter')
    // The focus is on what is new; from there the copy button, the link, and done.
    await page.getByRole('heading', { name: 'Your new link' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.ariaLabel), 'Copy the link')
    await page.getByRole('button', { name: 'Revoke Keys only' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'hidden' })
    // The focus comes back with the next frame, as fast as no fingers are.
    await page.waitForFunction(() => document.activeElement?.ariaLabel === 'Revoke Keys only')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByText('“Keys only” is revoked').waitFor()
  })

  it('are not for keys that may not change builds', async (t) => {
    const visitor = await console().visit(t, { as: 'nobody' })
    const { team, made, page, context } = visitor
    const { id: keyId, privateKey } = await console().control.createKey({ team, name: 'Reads', roles: ['DEVELOPER'] })
    const token = await signFor({ keyId, issuerId: made.issuerId, privateKey }, Date.now())
    await context.request.post(`${console().url}/_clipflight/session`, { data: { token } })
    await goToLinks(visitor)
    await page.getByText('Links are for managers').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Make a link' }).count(), 0)
  })

  it('warn that a phone cannot reach an address of this computer', async (t) => {
    const manager = await console().visit(t)
    const { page } = manager
    await goToLinks(manager)
    await page.getByText('A phone cannot reach this address').waitFor()
    await page.getByText(/clipflight serve --host 0\.0\.0\.0 .*--public-url http:\/\//).waitFor()
    await makeLink(page, '')
    assert.equal(await page.getByRole('img', { name: /^QR code/ }).count(), 0, 'a code that no phone can follow')
  })
})

describeConsole(
  'the links for testers of a service that is open to the network',
  (console) => {
    it('have a code for one’s own phone', async (t) => {
      const [address] = Object.values(networkInterfaces())
        .flatMap((each) => each ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
      if (address === undefined) {
        t.skip('this machine has no network')
        return
      }
      const { made, team, build, context } = await console().visit(t, { as: 'nobody' })
      const origin = `http://${address.address}:${new URL(console().url).port}`
      const abroad = await context.browser()?.newContext()
      assert(abroad !== undefined)
      t.after(() => abroad.close())
      const [key] = made.keys
      assert(key !== undefined)
      const token = await signFor({ keyId: key.id, issuerId: made.issuerId, privateKey: key.privateKey }, Date.now())
      await abroad.request.post(`${origin}/_clipflight/session`, { data: { token } })
      const page = await abroad.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(`${origin}/console/teams/${team}/builds/${build}/testers`)
      const link = await makeLink(page, '')
      assert(link.startsWith(`${origin}/t/`))
      assert.equal(await readQrCode(page.getByRole('img', { name: /^QR code of the link/ })), link)
      assert.equal(await page.getByText('A phone cannot reach this address').count(), 0)
    })
  },
  ['--host', '0.0.0.0'],
)
