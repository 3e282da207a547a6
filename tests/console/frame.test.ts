import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeConsole } from './describe-console.ts'
import { findViolations } from './find-violations.ts'

describeConsole('the frame of the console', (console) => {
  it('leads from the start over the apps to the newest build, and back', async (t) => {
    const { page, goTo, team, build } = await console().visit(t, { as: 'key' })
    await goTo('/')
    await page.getByRole('link', { name: 'Example Coffee' }).click()
    await page.locator(`a[href$="/builds/${build}"]`).click()
    await page.getByRole('heading', { level: 1, name: /Example Coffee/ }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/builds/${build}`)
    await page.goBack()
    await page.getByRole('columnheader', { name: 'Uploaded' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
  })

  it('names the team on every page and in the title of the window to who may see several', async (t) => {
    const { page, goTo, team, made, build } = await console().visit(t)
    await console().control.createTeam({ name: 'Rivals', seed: 'demo' })
    await goTo(`/teams/${team}/builds/${build}`)
    await page.getByText(`Team: ${made.name}`, { exact: true }).waitFor()
    await page.waitForFunction((name) => document.title.endsWith(` 1.4 (42) · ${name} · Clipflight`), made.name)
    await page.getByRole('link', { name: 'Teams' }).click()
    await page.getByRole('link', { name: 'Rivals' }).click()
    for (const place of ['Apps', 'Sandbox']) {
      await page.getByRole('link', { name: place, exact: true }).click()
      await page.getByText('Team: Rivals', { exact: true }).waitFor()
      await page.waitForFunction(() => document.title.endsWith(' · Rivals · Clipflight'))
    }
    await page.getByRole('link', { name: 'Teams' }).click()
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
    assert.equal(await page.getByText(/^Team: /).count(), 0)
    await page.waitForFunction(() => document.title === 'Teams · Clipflight')
  })

  it('asks for a build and its invocations, once, while the script of their page is on its way', async (t) => {
    const visitor = await console().visit(t)
    const { page, team, build, goTo } = visitor
    const asked: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.startsWith('/v1/')) asked.push(pathname)
    })
    const script = Promise.withResolvers<void>()
    await page.route('**/assets/invocations-page-*.js', async (route) => {
      await script.promise
      await route.continue()
    })
    const ofInvocations = page.waitForRequest('**/betaAppClipInvocations?*')
    await goTo(`/teams/${team}/builds/${build}`)
    await ofInvocations
    script.resolve()
    await page.getByRole('table').waitFor()
    assert.deepEqual(asked, [`/v1/builds/${build}`, `/v1/buildBundles/${visitor.bundle}/betaAppClipInvocations`])
  })

  it('speaks German when the browser does, and keeps what is chosen', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'key', language: 'de' })
    await goTo('/')
    await page.getByText('Wähle eine App, um ihre Builds zu sehen, oder gleich ihren neuesten Build.').waitFor()
    assert.equal(await page.getAttribute('html', 'lang'), 'de')
    await page.getByLabel('Sprache').selectOption('English')
    await page.getByText('Choose an app to see its builds, or its newest build at once.').waitFor()
    await page.reload()
    await page.getByText('Choose an app to see its builds, or its newest build at once.').waitFor()
  })

  it('is dark or light as the system is, or as one chooses', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'key', theme: 'dark' })
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    await goTo('/')
    await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
    assert.equal(await ground(), 'rgb(16, 18, 20)')
    await page.getByLabel('Theme').selectOption('Light')
    assert.equal(await ground(), 'rgb(246, 247, 249)')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
    assert.equal(await ground(), 'rgb(246, 247, 249)')
  })

  it('says where an address leads nowhere, and moves the focus to the title of each page', async (t) => {
    const { page, goTo, team } = await console().visit(t, { as: 'key' })
    await goTo('/no/such/page')
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await goTo(`/teams/${team}/builds/no-such-build`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await page.getByRole('link', { name: 'To the start' }).click()
    await page.getByRole('link', { name: 'Example Coffee' }).click()
    await page.getByRole('heading', { level: 1, name: 'Example Coffee' }).and(page.locator(':focus')).waitFor()
    await page.waitForFunction(() => document.title === 'Example Coffee · Clipflight')
    await page.getByText('iOS', { exact: true }).first().waitFor()
  })

  it('says that the service cannot be reached, and goes on when it can', async (t) => {
    const { page, context, goTo, team, app } = await console().visit(t, { as: 'key' })
    await goTo(`/teams/${team}/apps`)
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    await context.route('**/v1/**', (route) => route.abort())
    await page.getByRole('link', { name: 'Example Coffee' }).click()
    await page.getByRole('alert').getByText('The service cannot be reached.').waitFor()
    await context.unroute('**/v1/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('columnheader', { name: 'Uploaded' }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/apps/${app}`)
  })

  for (const piece of ['js', 'css']) {
    it(`stays when a page does not come, and loads it once the service is there again (${piece})`, async (t) => {
      const { page, context, goTo, team, build } = await console().visit(t, { as: 'key' })
      await goTo(`/teams/${team}/builds/${build}`)
      await page.getByRole('table').waitFor()
      await context.route(`**/assets/compare-page*.${piece}`, (route) => route.abort())
      const failed = page.waitForEvent('requestfailed')
      await page.getByRole('link', { name: 'Compare' }).hover()
      await failed
      await page.getByRole('link', { name: 'Compare' }).click()
      const reason = page.getByRole('main').getByRole('alert').getByText('The service cannot be reached.')
      await reason.waitFor()
      await page.getByRole('heading', { level: 1 }).and(page.locator(':focus')).waitFor()
      assert.deepEqual(await findViolations(page), [])
      await page.goBack()
      await page.getByRole('table').waitFor()
      await page.goForward()
      await reason.waitFor()

      await context.setOffline(true)
      await page.getByRole('button', { name: 'Try again' }).press('Enter')
      await page.getByRole('status').getByText('The service cannot be reached.').waitFor({ state: 'attached' })
      await page.getByRole('button', { name: 'Try again' }).and(page.locator(':focus')).waitFor()
      await page.getByRole('banner').getByRole('link', { name: 'Apps' }).waitFor()
      await context.setOffline(false)
      await context.unroute(`**/assets/compare-page*.${piece}`)
      await page.getByRole('button', { name: 'Try again' }).press('Enter')
      await page.getByRole('link', { name: 'Compare' }).and(page.locator('[aria-current]')).waitFor()
      assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/builds/${build}/compare`)
    })
  }

  it('tries requests on the reference page as whoever has signed in', async (t) => {
    const { page, goTo, team } = await console().visit(t, { as: 'key' })
    await goTo('/')
    await page.getByRole('link', { name: 'API', exact: true }).click()
    await page.locator('#operations-Apps-apps_getCollection').click()
    await page.getByRole('button', { name: 'Try it out' }).click()
    const answered = page.waitForResponse((answer) => answer.url().includes('/v1/apps'))
    await page.getByRole('button', { name: 'Execute' }).click()
    const answer = await answered
    assert.equal(answer.status(), 200)
    assert.equal(await answer.request().headerValue('x-clipflight-team'), String(team))
    await page.getByRole('link', { name: 'Back to the console' }).click()
    await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
  })

  it('has a header of one line on a phone, which leads everywhere and never hides what has the focus', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    for (const width of [393, 360, 320]) {
      await page.setViewportSize({ width, height: 640 })
      await goTo(`/teams/${team}/sandbox/faults`)
      await page.getByRole('switch').first().waitFor()
      const header = await page.getByRole('banner').boundingBox()
      assert(header !== null && header.height < 60, `${header?.height} at ${width}`)
      const navigation = page.getByRole('navigation', { name: 'Hauptnavigation' })
      const room = await navigation.boundingBox()
      assert(room !== null)
      for (const link of await navigation.getByRole('link').all()) {
        const box = await link.boundingBox()
        const isSeen = box !== null && box.x >= room.x && box.x + box.width <= room.x + room.width
        assert(isSeen, `${await link.textContent()} at ${width}`)
      }
    }
    await page.getByRole('button', { name: 'Abmelden' }).waitFor()
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    for (let n = 0; n < 12; n += 1) {
      await page.keyboard.press('Shift+Tab')
      const top = await page.evaluate(() => document.activeElement?.getBoundingClientRect().top ?? 0)
      const isInHeader = await page.evaluate(() => document.activeElement?.closest('header.shell-header') !== null)
      assert(isInHeader || top >= 50, `${top}: below the header`)
    }
  })

  it('keeps the focus on the page when what had it is deleted', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/state`)
    await page.getByLabel('Name').fill('before')
    await page.getByLabel('Name').press('Enter')
    await page.getByRole('button', { name: 'Delete before' }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).press('Enter')
    await page.getByRole('button', { name: 'Delete before' }).waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  })

  it('says that it is working, and leaves nothing nameless behind, when a button takes its time', async (t) => {
    const { page, context, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/keys`)
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
    await context.route('**/keys', async (route) => {
      if (route.request().method() === 'POST') await answered
      await route.continue()
    })
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('button', { name: 'Make the key' }).press('Enter')
    const button = page.getByRole('button', { name: 'Make the key', disabled: true })
    await button.waitFor()
    assert(await button.evaluate((element) => element === document.activeElement))
    await page.getByRole('status').getByText('Working …').waitFor()
    answer()
    await page.getByRole('heading', { name: 'Keep this key now' }).waitFor()
    assert.deepEqual(await findViolations(page), [])
  })
})
