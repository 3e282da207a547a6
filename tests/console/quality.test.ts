import assert from 'node:assert/strict'
import { it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { describeConsole, type StoryTeam } from './describe-console.ts'
import { findViolations } from './find-violations.ts'

const LOST = 'an address that leads nowhere'

/** Every page with something on it, by the heading that shows that it is there. */
const PAGES: Readonly<Record<string, (team: StoryTeam) => string>> = {
  'the teams': () => '/teams',
  'the apps': ({ team }) => `/teams/${team}/apps`,
  'the builds of an app': ({ team, app }) => `/teams/${team}/apps/${app}`,
  'the invocations of a build': ({ team, build }) => `/teams/${team}/builds/${build}`,
  'links for testers': ({ team, build }) => `/teams/${team}/builds/${build}/testers`,
  'the test sheet': ({ team, build }) => `/teams/${team}/builds/${build}/sheet`,
  'the comparison of builds': ({ team, build }) => `/teams/${team}/builds/${build}/compare`,
  'the file of a build': ({ team, build }) => `/teams/${team}/builds/${build}/file`,
  'the request log': ({ team }) => `/teams/${team}/sandbox/log`,
  'the keys of a team': ({ team }) => `/teams/${team}/sandbox/keys`,
  'the faults': ({ team }) => `/teams/${team}/sandbox/faults`,
  'the state of a team': ({ team }) => `/teams/${team}/sandbox/state`,
  'adding a build': ({ team }) => `/teams/${team}/sandbox/builds`,
  [LOST]: () => '/nowhere',
}

const LOOKS = [
  { size: 'desktop', theme: 'light' },
  { size: 'phone', theme: 'dark' },
] as const

/** Nothing is on its way any more. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('h1, h2') !== null && document.querySelector('.skeleton') === null,
  )
}

describeConsole('the quality of the console', (console) => {
  for (const [name, pathOf] of Object.entries(PAGES)) {
    for (const look of LOOKS) {
      it(`${name} is accessible, fits and stands still (${look.size}, ${look.theme})`, async (t) => {
        const visitor = await console().visit(t, look)
        const { page, goTo } = visitor
        await page.addInitScript(() => {
          const shifts: number[] = []
          Object.assign(globalThis, { shifts })
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) shifts.push(Number(Reflect.get(entry, 'value')))
          }).observe({ type: 'layout-shift', buffered: true })
        })
        await goTo(pathOf(visitor))
        await settle(page)
        const isLost = await page.getByRole('heading', { name: 'There is no such page' }).isVisible()
        assert.equal(isLost, name === LOST, 'that is another page')
        assert.deepEqual(await findViolations(page), [])
        const [wide, shifted] = await page.evaluate(() => [
          document.documentElement.scrollWidth - document.documentElement.clientWidth,
          (Reflect.get(globalThis, 'shifts') as number[]).reduce((sum, shift) => sum + shift, 0),
        ])
        assert.equal(wide, 0, 'the page is wider than the window')
        // What Lighthouse calls good, of its score for layout shift.
        assert((shifted ?? 1) < 0.1, `things have moved by ${shifted}`)
      })
    }
  }

  for (const theme of ['light', 'dark'] as const) {
    it(`the page of testers is accessible, fits, and costs a phone less than 100 kB of script (${theme})`, async (t) => {
      const { page, team, build } = await console().visit(t, { size: 'phone', as: 'nobody', theme })
      const { path } = await console().control.createTesterLink({ team, build })
      const scripts: Promise<Buffer>[] = []
      page.on('response', (answer) => {
        if (answer.request().resourceType() === 'script') scripts.push(answer.body())
      })
      await page.goto(`${console().url}${path}#1`)
      await page.getByRole('heading', { name: 'What the App Clip is handed' }).waitFor()
      for (const more of await page.locator('details details').all()) await more.locator('summary').click()
      assert.deepEqual(await findViolations(page), [])
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      assert.equal(wide, 0, 'the page is wider than the window')
      const total = (await Promise.all(scripts)).reduce((sum, script) => sum + gzipSync(script).length, 0)
      assert(total > 50_000 && total < 100_000, `${total} bytes`)
      await page.goto(`${console().url}/t/${'A'.repeat(43)}`)
      await page.getByRole('heading', { name: 'This link opens nothing' }).waitFor()
      assert.deepEqual(await findViolations(page), [])
    })
  }

  it('the form to sign in is accessible', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody', theme: 'dark' })
    await goTo('/')
    await page.getByLabel('Token', { exact: true }).waitFor()
    assert.deepEqual(await findViolations(page), [])
  })

  it('the first page costs less than 150 kB of gzipped script, and nothing is asked of another host', async (t) => {
    const { page, goTo, team, build } = await console().visit(t)
    const scripts = new Map<string, Promise<Buffer>>()
    page.on('response', (answer) => {
      if (answer.request().resourceType() === 'script') scripts.set(answer.url(), answer.body())
    })
    await goTo(`/teams/${team}/builds/${build}`)
    await settle(page)
    const sizes = (await Promise.all(scripts.values())).map((script) => gzipSync(script).length)
    const total = sizes.reduce((sum, size) => sum + size, 0)
    assert(total > 50_000 && total < 150_000, `${total} bytes in ${sizes.length} files`)
  })

  it('asks for a build and its invocations while what draws them is on its way', async (t) => {
    const { page, goTo, team, build } = await console().visit(t)
    const asked = page.waitForRequest((request) => request.url().includes('/v1/buildBundles/'))
    const drawing = page.waitForRequest(/\/assets\/draw-[^/]*\.js$/)
    await page.route(/\/assets\/draw-[^/]*\.js$/, async (route) => {
      await asked
      return route.continue()
    })
    // That is not asked for by the script that waits for it, but by the page.
    await page.route(/\/assets\/index-[^/]*\.js$/, async (route) => {
      await drawing
      return route.continue()
    })
    await goTo(`/teams/${team}/builds/${build}`)
    await page.getByRole('button', { name: 'Add invocation' }).waitFor()
  })

  it('lets no script in but its own, and is framed by nobody', async (t) => {
    const { page, goTo } = await console().visit(t)
    const answered = page.waitForResponse((answer) => answer.request().resourceType() === 'document')
    await goTo('/')
    const headers = await (await answered).allHeaders()
    const policy = headers['content-security-policy'] ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /script-src 'self'(?:;|$)/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'no-referrer')
  })
})
