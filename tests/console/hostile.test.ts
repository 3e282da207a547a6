import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { it } from 'node:test'
import type { ControlClient } from '@clipflight/control'
import type { Page } from 'playwright-core'
import { describeConsole, type StoryTeam, type Visitor } from './describe-console.ts'

/** Text that does something wherever it is taken for more than text. */
const HOSTILE = `</script><img src=x onerror="window.wasHit=1">"'><svg onload=window.wasHit=1>\u202E{{7*7}}$\{7*7}`

/** What text may not do: run, or stand as an element that it wrote itself. */
async function assertNothingRan(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => ({
    wasHit: 'wasHit' in globalThis,
    elements: document.querySelectorAll('[onerror], [onload], img[src="x"]').length,
    addresses: [...document.querySelectorAll('a')].map(({ protocol }) => protocol),
  }))
  assert.deepEqual({ ...found, addresses: [] }, { wasHit: false, elements: 0, addresses: [] }, where)
  assert.deepEqual(
    found.addresses.filter((protocol) => protocol !== 'http:' && protocol !== 'https:'),
    [],
    where,
  )
}

async function writeEverywhere({ client, build, bundle, team }: StoryTeam, control: ControlClient): Promise<string> {
  await client.betaAppClipInvocations.create({
    url: `https://example.com/'$(id)?q=%3C/script%3E`,
    buildBundle: bundle,
    titles: { 'en-US': HOSTILE },
  })
  const [notes] = (await client.builds.betaBuildLocalizations(build).page()).items
  assert.ok(notes)
  await client.betaBuildLocalizations.update(notes.id, { whatsNew: HOSTILE })
  await control.createKey({ team, name: HOSTILE.slice(0, 60) })
  const { path } = await control.createTesterLink({ team, build, name: HOSTILE.slice(0, 60) })
  await client.apps.list({ filter: { name: [HOSTILE] } }).page()
  return path
}

describeConsole('the console, among hostile texts and pages', (console) => {
  it('shows as text whatever a team has written', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team, build, app } = visitor
    const path = await writeEverywhere(visitor, console().control)
    page.on('dialog', () => assert.fail('a dialog was opened'))

    const below = `/teams/${team}/builds/${build}`
    for (const place of [
      `/teams/${team}/apps`,
      `/teams/${team}/apps/${app}`,
      below,
      `${below}/testers`,
      `${below}/sheet`,
      `${below}/compare`,
      `${below}/file`,
      `/teams/${team}/sandbox/log`,
      `/teams/${team}/sandbox/keys`,
      `/teams/${team}/sandbox/state`,
      `/teams/${team}/sandbox/faults`,
    ]) {
      await goTo(place)
      await page.locator('main h1').first().waitFor()
      await assertNothingRan(page, place)
    }
    await page.goto(`${console().url}${path}`)
    await page.locator('summary').first().click()
    await assertNothingRan(page, 'tester page')
  })

  it('lets nothing run that its policy does not know, on none of its pages', async (t) => {
    const visitor = await console().visit(t, { as: 'nobody' })
    for (const path of ['/console/', '/t/any', '/docs']) await assertPolicy(visitor, `${console().url}${path}`)
  })

  it('is in no frame of another page, and tells no other page anything', async (t) => {
    const { context, team } = await console().visit(t)
    const { url } = console()
    const foreign = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>Foreign</title>')
    }).listen(0, '127.0.0.1')
    await once(foreign, 'listening')
    t.after(() => foreign.close())
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`)

    const found = await page.evaluate(
      async ({ url, team }) => {
        const json = { 'content-type': 'application/json' }
        const own = { 'x-clipflight-team': String(team) }
        const seen = (path: string, init: RequestInit) =>
          fetch(`${url}${path}`, { credentials: 'include', ...init }).then(
            async (response) => `${response.type} ${response.status} ${await response.text()}`,
            () => 'refused',
          )
        const frames = ['/console/', '/docs', '/t/any'].map((path) => {
          const frame = document.createElement('iframe')
          frame.src = `${url}${path}`
          document.body.append(frame)
          return frame
        })
        return {
          answers: await Promise.all([
            seen('/v1/apps', {}),
            seen('/v1/apps', { headers: own }),
            seen('/_clipflight/session', { headers: own }),
            seen('/_clipflight/session', { method: 'DELETE', headers: own }),
            seen('/_clipflight/session', { method: 'POST', headers: json, body: '{"token":"x"}' }),
            seen(`/_clipflight/teams/${team}/reset`, { method: 'POST', mode: 'no-cors' }),
            seen('/console/', {}),
          ]),
          frames: frames.map((frame) => {
            try {
              return frame.contentDocument?.body.textContent ?? 'foreign'
            } catch {
              return 'foreign'
            }
          }),
        }
      },
      { url, team },
    )

    assert.deepEqual(
      found.answers.filter((answer) => answer !== 'refused' && answer !== 'opaque 0 '),
      [],
    )
    assert.equal((await context.request.get(`${url}/v1/apps`, { headers: own(team) })).status(), 200)
  })

  it('signs out though the session has ended already', async (t) => {
    const { page, context, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/apps`)
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    const { url } = console()
    await context.request.delete(`${url}/_clipflight/session`, { headers: own(team) })
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token', { exact: true }).waitFor()
  })

  it('says that one is still signed in where the service does not answer', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/apps`)
    await page.route('**/_clipflight/session', (route) => route.abort())
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('You are still signed in: the service does not answer.').waitFor()
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
  })

  it('keeps nothing of who has signed out', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team, build } = visitor
    await goTo(`/teams/${team}/builds/${build}/file`)
    await page.getByLabel('Content of clipflight.yaml').fill('secret-of-file: 1')
    await page.getByRole('link', { name: 'App Clips' }).click()
    await page
      .getByRole('button', { name: /CSV|spreadsheet/i })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('textbox').first().fill('secret-of-table')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page
      .getByRole('textbox', { name: /^Title/ })
      .first()
      .fill(`secret-of-grid${'x'.repeat(300)}`)
    await page.keyboard.press('Tab')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token', { exact: true }).fill(console().adminToken)
    await page.evaluate(() => dispatchEvent(new Event('pagehide')))
    const stored = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state]),
    )
    assert.doesNotMatch(stored, /secret-of/)
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await page.getByRole('link', { name: 'File' }).click()
    assert.equal(await page.getByLabel('Content of clipflight.yaml').inputValue(), '')
    await page.getByRole('link', { name: 'App Clips' }).click()
    await page
      .getByRole('button', { name: /CSV|spreadsheet/i })
      .first()
      .click()
    assert.equal(await page.getByRole('dialog').getByRole('textbox').first().inputValue(), '')
    assert.doesNotMatch(await page.content(), /secret-of/)
  })

  it('stays usable with a file and a table that are wrong in every line', async (t) => {
    const { page, goTo, team, build } = await console().visit(t)
    const choose = async (name: RegExp, file: string, line: string): Promise<void> => {
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name }).click()
      const buffer = Buffer.from(line.repeat(50_000))
      await (await choosing).setFiles({ name: file, mimeType: 'text/plain', buffer })
    }
    await goTo(`/teams/${team}/builds/${build}/file`)
    await choose(/^Choose/, 'clipflight.yaml', 'x: y\n')
    await page.getByText(/^and [\d,]+ more$/).waitFor()
    assert.ok((await page.getByRole('listitem').count()) < 200)
    await page.getByRole('button', { name: 'Clear' }).click()

    await page.getByRole('link', { name: 'App Clips' }).click()
    await page
      .getByRole('button', { name: /CSV|spreadsheet/i })
      .first()
      .click()
    await choose(/file/i, 'titles.csv', 'xx-YY,"=1+1"\n')
    await page.getByText(/^and [\d,]+ more$/).waitFor()
    assert.ok((await page.getByRole('listitem').count()) < 200)
  })

  it('keeps no token that is tried on the reference page', async (t) => {
    const { page } = await console().visit(t, { as: 'nobody' })
    await page.goto(`${console().url}/docs`)
    await page.getByRole('button', { name: 'Authorize' }).first().click()
    await page.locator('.modal-ux input').first().fill('a-token-to-keep-secret')
    await page.locator('.modal-ux .authorize').first().click()
    await page.locator('.modal-ux').getByText('Logout').first().waitFor()
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    assert.doesNotMatch(stored, /a-token-to-keep-secret/)
  })
})

const own = (team: number) => ({ 'x-clipflight-team': String(team) })

/** Tries by hand what an injection would have to do. */
async function assertPolicy({ context }: Visitor, address: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(address)
  const ran = await page.evaluate(async () => {
    const ran: string[] = []
    Object.assign(globalThis, { note: (what: string) => ran.push(what) })
    const script = document.createElement('script')
    script.textContent = "note('inline script')"
    const data = document.createElement('script')
    data.src = `data:text/javascript,note('script from data')`
    const handler = document.createElement('img')
    handler.setAttribute('onerror', "note('handler')")
    handler.src = '/none'
    const link = document.createElement('a')
    link.href = "javascript:note('address')"
    const object = document.createElement('object')
    object.data = 'data:text/html,x'
    const base = document.createElement('base')
    base.href = 'https://elsewhere.example/'
    document.body.append(script, data, handler, link, object)
    document.head.append(base)
    link.click()
    if (document.baseURI.startsWith('https://elsewhere')) ran.push('base')
    // Not at once: what is run from outside of the page may use `eval`, and what the page runs later may not.
    setTimeout(() => {
      // oxlint-disable-next-line no-eval -- that is what is tried
      globalThis.eval("note('eval')")
    })
    await fetch('https://elsewhere.example/').then(
      () => ran.push('fetch'),
      (error: unknown) => error,
    )
    await new Promise((resolve) => setTimeout(resolve, 100))
    return ran
  })
  assert.deepEqual(ran, [], address)
  await page.close()
}
