import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { it, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { describeConsole, type Visit, type Visitor } from './describe-console.ts'
import { readQrCode } from './read-qr-code.ts'

/** Has everything that a URL can have, and what a shell must not see. */
const MENU = "https://coffee.example.com/menu/entr%C3%A9es?table=5&name=O'Brien%20%26%20Sons&$(id)=1#specials"

const MENU_TITLES = { 'en-US': 'Open the menu', 'ar-SA': 'افتح قائمة الطعام', he: 'פתח את התפריט' }

describeConsole('the page of a link for testers', (console) => {
  /** Somebody on a phone, who has a link to a build with a menu, and neither a key nor a session. */
  async function visitByLink(t: TestContext, visit: Visit = {}): Promise<Visitor & { link: string; linkId: string }> {
    const visitor = await console().visit(t, { size: 'phone', as: 'nobody', ...visit })
    const { client, team, build, bundle, page } = visitor
    if (visit.with === undefined)
      await client.betaAppClipInvocations.create({ url: MENU, buildBundle: bundle, titles: MENU_TITLES })
    const { path, id } = await console().control.createTesterLink({ team, build })
    const link = `${console().url}${path}`
    await page.goto(link)
    return { ...visitor, link, linkId: id }
  }

  const titlesOf = (page: Page): Promise<string[]> => page.locator('.tester-title').allTextContents()

  async function openMenu(page: Page): Promise<void> {
    await page.locator('summary', { hasText: 'Open the menu' }).click()
    await page.getByRole('heading', { name: 'What the App Clip is handed' }).waitFor()
  }

  it('shows the build as TestFlight lists it', async (t) => {
    const { page } = await visitByLink(t)
    await page.getByRole('heading', { level: 1, name: 'Example Coffee' }).waitFor()
    await page.getByText('Version 1.4 (42)').waitFor()
    await page.getByText(/^Expires in 88 days, on /).waitFor()
    await page.getByText('The menu card opens from the code on the table.').waitFor()
    assert.deepEqual(await titlesOf(page), ['Order at the counter', 'Collect a stamp', 'Open the menu'])
    assert.equal(await page.title(), 'Example Coffee 1.4 (42)')
  })

  it('speaks German to who does, and shows what has no German title as TestFlight would', async (t) => {
    const { page } = await visitByLink(t, { language: 'de' })
    await page.getByRole('heading', { name: 'Was getestet werden soll' }).waitFor()
    await page.getByText('Die Karte öffnet sich über den Code auf dem Tisch.').waitFor()
    assert.deepEqual(await titlesOf(page), ['An der Theke bestellen', 'Stempel sammeln', 'Open the menu'])
    assert.equal(await page.locator('html').getAttribute('lang'), 'de')
  })

  it('shows Arabic titles to who reads Arabic, from right to left', async (t) => {
    const { page } = await visitByLink(t, { language: 'ar' })
    const title = page.getByText(MENU_TITLES['ar-SA'])
    await title.waitFor()
    assert.equal(await title.getAttribute('lang'), 'ar-SA')
    assert.equal(await title.evaluate((element) => getComputedStyle(element).direction), 'rtl')
    // Whoever reads no language that the page speaks gets English, as in TestFlight.
    assert.deepEqual((await titlesOf(page)).slice(0, 2), ['Order at the counter', 'Collect a stamp'])
    assert.equal(
      await page.getByText('Order at the counter').evaluate((element) => getComputedStyle(element).direction),
      'ltr',
    )
  })

  it('shows the titles of a locale that is chosen by hand, says which are missing, and keeps the choice', async (t) => {
    const { page } = await visitByLink(t)
    const choice = page.getByLabel('Titles and notes in')
    await choice.selectOption({ label: '日本語' })
    await page.getByText('カウンターで注文').waitFor()
    await page.getByText('テーブルのコードからメニューが開きます。').waitFor()
    await page.getByText('No title in Japanese; this is American English').waitFor()
    await page.reload()
    await page.getByText('カウンターで注文').waitFor()
    await choice.selectOption({ label: 'עברית' })
    await page.getByText(MENU_TITLES.he).waitFor()
    await choice.selectOption('')
    await page.getByText('Open the menu').waitFor()
    assert.equal(new URL(page.url()).search, '')
  })

  it('takes apart what the App Clip is handed, and copies it', async (t) => {
    const { page, context } = await visitByLink(t)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openMenu(page)
    const terms = await page.locator('dl dt').allInnerTexts()
    const values = await page.locator('dl dd').allInnerTexts()
    assert.deepEqual(
      terms.map((term, index) => [term, values[index]]),
      [
        ['Host', 'coffee.example.com'],
        ['Path', '/menu/entrées'],
        ['Parameter table', '5'],
        ['Parameter name', "O'Brien & Sons"],
        ['Parameter $(id)', '1'],
        ['Fragment', 'specials'],
      ],
    )
    await page.getByRole('button', { name: 'Copy the URL', exact: true }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), MENU)
  })

  it('says that nothing was copied where the browser lets nothing be', async (t) => {
    const { page, context } = await visitByLink(t)
    await page.reload()
    const browser = await context.newCDPSession(page)
    await browser.send('Browser.setPermission', { permission: { name: 'clipboard-write' }, setting: 'denied' })
    await openMenu(page)
    await page.getByRole('button', { name: 'Copy the URL' }).click()
    await page.getByRole('button', { name: 'Not copied' }).waitFor()
    await page.getByRole('button', { name: 'Copy the URL' }).waitFor()
  })

  it('has a code of exactly that URL, and says what it is good for', async (t) => {
    const { page } = await visitByLink(t, { theme: 'dark' })
    await openMenu(page)
    assert.equal(await readQrCode(page.getByRole('img', { name: /^QR code of / })), MENU)
    await page.getByText('For a local experience on the device, or the released App Clip').waitFor()
    await page.getByText(/^Scanning this does not start the beta/).waitFor()
    await page.getByText('Set up a local experience', { exact: true }).click()
    assert.match(await page.getByRole('list').innerText(), /Local Experiences[^]*com\.example\.coffee\.Clip/)
  })

  it('gives developers a command that a shell takes as it is, and the value of the variable', async (t) => {
    const { page, context } = await visitByLink(t)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openMenu(page)
    await page.getByText('For developers: launch it elsewhere').click()
    await page.getByRole('button', { name: 'Copy the command' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    const words = execFileSync('sh', ['-c', `xcrun() { printf '%s\\n' "$@"; }; ${command}`], { encoding: 'utf8' })
    assert.deepEqual(words.trimEnd().split('\n'), ['simctl', 'openurl', 'booted', MENU])
    await page.getByText(`_XCAppClipURL = ${MENU}`).waitFor()
  })

  it('keeps the open invocation in its address', async (t) => {
    const { page, link } = await visitByLink(t)
    await openMenu(page)
    assert.equal(page.url(), `${link}#3`)
    await page.reload()
    await page.getByRole('heading', { name: 'What the App Clip is handed' }).waitFor()
    await page.locator('summary', { hasText: 'Collect a stamp' }).click()
    await page.getByRole('button', { name: 'Copy the URL', exact: true }).waitFor()
    assert.equal(await page.locator('details[name=invocation][open]').count(), 1, 'one at a time')
    assert.equal(page.url(), `${link}#2`)
  })

  it('opens and copies by keyboard alone', async (t) => {
    const { page, context } = await visitByLink(t, { size: 'desktop' })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('heading', { level: 1 }).waitFor()
    const focused = (): Promise<string> =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? '')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    assert.match(await focused(), /^Order at the counter/)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'What the App Clip is handed' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await focused(), 'Copy the URL')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'https://coffee.example.com/order?shop=12')
  })

  it('says whom to ask when the link is unknown', async (t) => {
    const { page } = await console().visit(t, { size: 'phone', as: 'nobody' })
    await page.goto(`${console().url}/t/${'A'.repeat(43)}`)
    await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor()
    await page.getByText(/Ask whoever sent it to you/).waitFor()
  })

  it('opens nothing any more when the link was revoked', async (t) => {
    const { page, team, linkId } = await visitByLink(t)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await console().control.revokeTesterLink({ team, link: linkId })
    await page.reload()
    await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor()
  })

  it('opens nothing else: no cookie, no API, and its address is told to nobody', async (t) => {
    const { page, context, link } = await visitByLink(t)
    await page.getByRole('heading', { level: 1 }).waitFor()
    const asked: { path: string; referrer: string | undefined }[] = []
    page.on('request', (request) => {
      asked.push({ path: new URL(request.url()).pathname, referrer: request.headers()['referer'] })
    })
    await page.reload()
    await page.getByText('Collect a stamp').waitFor()
    assert.deepEqual(await context.cookies(), [])
    const token = new URL(link).pathname.split('/').at(-1)
    for (const { path, referrer } of asked) {
      assert.match(path, new RegExp(String.raw`^/(?:t/${token}$|_clipflight/tester/${token}$|console/assets/)`))
      assert.equal(referrer ?? '', '')
    }
    assert(asked.length > 2)
    const statuses = await page.evaluate(() =>
      Promise.all(
        ['/v1/apps', '/_clipflight/teams', '/_clipflight/session'].map(
          async (path) => (await fetch(path, { headers: { 'x-clipflight-team': 'none' } })).status,
        ),
      ),
    )
    assert.deepEqual(statuses, [401, 401, 401])
  })

  it('shows no more to who has signed in to the console', async (t) => {
    const { page } = await visitByLink(t, { as: 'admin' })
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.url().includes('/_clipflight/tester/')),
      page.reload(),
    ])
    assert.equal((await request.allHeaders())['cookie'], undefined)
    await page.getByText('Collect a stamp').waitFor()
  })

  it('says that a build has expired', async (t) => {
    const { page, client, build } = await visitByLink(t)
    await client.builds.update(build, { expired: true })
    await page.reload()
    await page.getByText('This build has expired').waitFor()
    await page.getByText(/Ask whoever sent you this link for a newer build/).waitFor()
    // It did so before its date, which says nothing any more.
    await page.getByText('Expired', { exact: true }).waitFor()
  })

  it('shows what an expired build had, and no way to start it', async (t) => {
    const { page, client, build, bundle } = await visitByLink(t)
    await client.builds.update(build, { expired: true })
    await page.reload()
    await page.getByText('This build has expired').waitFor()
    await openMenu(page)
    await page.getByText('coffee.example.com', { exact: true }).waitFor()
    assert.equal(await page.getByText(/Open TestFlight/).count(), 0)
    assert.equal(await page.getByRole('img', { name: /^QR code/ }).count(), 0)
    for (const way of ['Set up a local experience', 'For developers: launch it elsewhere'])
      assert.equal(await page.getByText(way).count(), 0, way)
    for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle)) {
      await client.betaAppClipInvocations.delete(id)
    }
    await page.reload()
    await page.getByText('This build has expired').waitFor()
    // Nobody needs to add one any more.
    assert.equal(await page.getByText('No App Clip to start yet').count(), 0)
  })

  it('counts the days that are left, and those that are over, by the clock of the service', async (t) => {
    const { page } = await visitByLink(t)
    const { control } = console()
    const pass = (days: number) => control.changeClock({ advanceMilliseconds: days * 86_400_000 })
    t.after(() => control.changeClock({ release: true }))
    await pass(80)
    await page.reload()
    await page.getByText(/^Expires in 8 days, on /).waitFor()
    await pass(10)
    await page.reload()
    await page.getByText(/^Expired on /).waitFor()
  })

  it('says that there is nothing to start when a build has no invocations', async (t) => {
    const { page, client, bundle } = await visitByLink(t)
    for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle)) {
      await client.betaAppClipInvocations.delete(id)
    }
    await page.reload()
    await page.getByRole('heading', { name: 'No App Clip to start yet' }).waitFor()
  })

  it('can be tried again when the network failed', async (t) => {
    const { page } = await visitByLink(t)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.route('**/_clipflight/tester/*', (route) => route.abort())
    await page.reload()
    await page.getByRole('heading', { name: 'The build could not be loaded' }).waitFor()
    await page.unroute('**/_clipflight/tester/*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('Collect a stamp').waitFor()
  })

  it('comes by itself when the device is connected again', async (t) => {
    const { page, context } = await visitByLink(t)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.route('**/_clipflight/tester/*', (route) => route.abort())
    await page.reload()
    await page.getByRole('heading', { name: 'The build could not be loaded' }).waitFor()
    await page.unroute('**/_clipflight/tester/*')
    await context.setOffline(true)
    await context.setOffline(false)
    await page.getByText('Collect a stamp').waitFor()
  })
})
