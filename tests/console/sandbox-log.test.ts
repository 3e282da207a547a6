import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import { createClient } from '@clipflight/client'
import type { Page } from 'playwright-core'
import { signFor } from '../support/sign-for.ts'
import { describeConsole, type ConsoleOfTests, type StoryTeam } from './describe-console.ts'

/** Sends requests as the first key of a team does from a shell: no client of ours is between. */
async function senderOf({ url }: ConsoleOfTests, { made: { issuerId, keys } }: StoryTeam) {
  const [key] = keys
  assert(key !== undefined)
  const token = await signFor({ keyId: key.id, issuerId, privateKey: key.privateKey })
  return (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } })
}

const rows = (page: Page) => page.getByRole('list', { name: /Requests, the latest last/ }).getByRole('link')

describeConsole('the log of the console', (console) => {
  it('teaches how to send the first request, shows it as it is answered, and opens it', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team } = visitor
    await console().control.resetTeam({ team })
    await goTo(`/teams/${team}/sandbox`)
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    await page.getByText('clipflight exec -- clipflight apps list').waitFor()

    const send = await senderOf(console(), visitor)
    const answer = await send('/v1/apps?limit=1', { headers: { 'x-made-by': 'a release script' } })
    assert.equal(answer.status, 200)
    await rows(page).filter({ hasText: '/v1/apps' }).click()
    const details = page.getByRole('region', { name: 'Request', exact: true })
    await details.getByText('apps_getCollection').waitFor()
    await details.getByLabel('Answer body').getByText('"bundleId": "com.example.coffee"').waitFor()
    await details.getByText('Request headers').click()
    await details.getByText('a release script').waitFor()

    const id = answer.headers.get('x-request-id') ?? ''
    await goTo(`/teams/${team}/sandbox/log?request=${encodeURIComponent(id)}`)
    await page.getByRole('heading', { name: 'GET /v1/apps' }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('heading', { name: 'GET /v1/apps' }).waitFor({ state: 'detached' })
    await page.goBack()
    await page.getByRole('heading', { name: 'GET /v1/apps' }).waitFor()
  })

  it('says why a request was refused, and copies it as a command for a shell', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team, context } = visitor
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await console().control.resetTeam({ team })
    const send = await senderOf(console(), visitor)
    const body = JSON.stringify({ data: { type: 'betaAppClipInvocations', attributes: { url: "it's no address" } } })
    await send('/v1/betaAppClipInvocations', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    })
    await goTo(`/teams/${team}/sandbox/log`)
    await rows(page).filter({ hasText: '/v1/betaAppClipInvocations' }).click()
    const details = page.getByRole('region', { name: 'Request', exact: true })
    await details.getByRole('heading', { name: 'Problems' }).waitFor()
    await details.getByRole('button', { name: 'Copy as curl' }).click()
    await details.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate<string>('navigator.clipboard.readText()')
    assert.match(copied, /^curl --request POST 'http:\/\/127\.0\.0\.1:\d+\/v1\/betaAppClipInvocations' \\\n/)
    assert.match(copied, /--header "Authorization: Bearer \$\(clipflight auth token --local\)"/)
    assert.match(copied, /--header 'content-type: application\/json'/)
    assert.ok(copied.includes(String.raw`it'\''s no address`), copied)
  })

  it('filters by path, method, status, key and failure, and keeps the filter in the address', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team, build } = visitor
    await console().control.resetTeam({ team })
    const send = await senderOf(console(), visitor)
    await send('/v1/apps')
    await send(`/v1/builds/${build}`)
    await send('/v1/builds/nowhere')
    await send('/v1/betaAppClipInvocations', { method: 'POST', body: '{}' })
    await goTo(`/teams/${team}/sandbox/log`)
    await page.getByRole('main').getByText('4 requests').waitFor()

    await page.getByRole('searchbox', { name: 'Path' }).fill('/v1/builds/*')
    await page.getByRole('main').getByText('2 of 4 requests').waitFor()
    await page.getByRole('checkbox', { name: 'Failed only' }).check()
    await page.getByRole('main').getByText('1 of 4 requests').waitFor()
    assert.equal(new URL(page.url()).search, '?path=%2Fv1%2Fbuilds%2F*&failed=1')
    await page.reload()
    await page.getByRole('main').getByText('1 of 4 requests').waitFor()
    await rows(page).filter({ hasText: '/v1/builds/nowhere' }).waitFor()

    await page.getByLabel('Method').selectOption('POST')
    await page.getByRole('heading', { name: 'No request matches' }).waitFor()
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await page.getByLabel('Status').selectOption('404')
    await page.getByRole('main').getByText('1 of 4 requests').waitFor()
    await page.getByLabel('Status').selectOption('2xx')
    await page.getByRole('main').getByText('2 of 4 requests').waitFor()
    await page.getByLabel('Status').selectOption('')
    await page.getByLabel('Key').selectOption({ label: 'this console' })
    await page.getByRole('main').getByText('0 of 4 requests').waitFor()
  })

  it('is walked through with the keyboard alone', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team } = visitor
    await console().control.resetTeam({ team })
    const send = await senderOf(console(), visitor)
    for (const name of ['one', 'two', 'three']) await send(`/v1/apps/${name}`)
    await goTo(`/teams/${team}/sandbox/log`)
    await page.getByRole('main').getByText('3 requests').waitFor()
    await page.getByRole('switch', { name: 'Follow' }).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'GET /v1/apps/two' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'GET /v1/apps/two' }).waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.activeElement !== document.body)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'GET /v1/apps/three' }).waitFor()
  })

  it('says that the connection is lost, and has missed nothing once it is back', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team } = visitor
    await console().control.resetTeam({ team })
    const send = await senderOf(console(), visitor)
    await send('/v1/apps/before')
    await page.route('**/_clipflight/requests**', (route) => route.abort())
    await page.route('**/_clipflight/requests?**', (route) => route.continue(), { times: 1 })
    await goTo(`/teams/${team}/sandbox/log`)
    await page.getByText('Connection lost, trying again').waitFor()
    await rows(page).filter({ hasText: '/v1/apps/before' }).waitFor()
    await send('/v1/apps/meanwhile')
    await page.unroute('**/_clipflight/requests**')
    await page.getByText('Live', { exact: true }).waitFor()
    await rows(page).filter({ hasText: '/v1/apps/meanwhile' }).waitFor()
    await send('/v1/apps/after')
    await rows(page).filter({ hasText: '/v1/apps/after' }).waitFor()
    assert.equal(await rows(page).count(), 3)
  })

  it('shows one request at a time on a phone, in German', async (t) => {
    const visitor = await console().visit(t, { size: 'phone', language: 'de' })
    const { page, goTo, team } = visitor
    await console().control.resetTeam({ team })
    const send = await senderOf(console(), visitor)
    await send('/v1/apps')
    await goTo(`/teams/${team}/sandbox/log`)
    await page.getByRole('list', { name: 'Anfragen, die neueste zuletzt' }).getByRole('link').tap()
    await page.getByRole('heading', { name: 'GET /v1/apps' }).waitFor()
    await page.getByRole('list', { name: 'Anfragen, die neueste zuletzt' }).waitFor({ state: 'hidden' })
    const width = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    assert.ok(width <= 0, `the page is ${width} pixels too wide`)
    await page.goBack()
    await page.getByRole('list', { name: 'Anfragen, die neueste zuletzt' }).getByRole('link').waitFor()
  })

  it('says to a key that the sandbox is for admins', async (t) => {
    const { page, goTo, team } = await console().visit(t, { as: 'key' })
    await goTo(`/teams/${team}/sandbox/log`)
    await page.getByRole('heading', { name: 'The sandbox is for admins' }).waitFor()
    assert.equal(await page.getByRole('link', { name: 'Sandbox' }).count(), 0)
  })
})

describeConsole(
  'the log of a busy service',
  (console) => {
    it('follows the latest of 10,000, and keeps its place once somebody scrolls up', async (t) => {
      const visitor = await console().visit(t)
      const { page, goTo, team } = visitor
      await console().control.resetTeam({ team })
      const send = await senderOf(console(), visitor)
      await goTo(`/teams/${team}/sandbox/log`)
      await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
      await sendMany(10_050, () => send('/v1/apps?limit=1&fields%5Bapps%5D=name'))
      await page.getByRole('main').getByText('10,000 requests').waitFor()
      await page.getByText('Older ones were dropped.').waitFor()
      assert.ok((await rows(page).count()) < 60, 'only what is in view is drawn')

      const last = page.locator('[aria-posinset="10000"]')
      await last.waitFor()
      await rows(page).last().hover()
      await page.mouse.wheel(0, -50_000)
      await assert.doesNotReject(
        page.getByRole('switch', { name: 'Follow' }).and(page.locator(':not(:checked)')).waitFor(),
      )
      await page.locator('[aria-posinset="8750"]').waitFor()
      const before = await firstInView(page)
      await sendMany(300, () => send('/v1/apps?limit=2'))
      await send('/v1/apps/the-last-one')
      await page.getByLabel('Status').locator('option', { hasText: '404' }).waitFor({ state: 'attached' })
      assert.equal(await firstInView(page), before)

      await page.getByRole('switch', { name: 'Follow' }).click({ force: true })
      await rows(page).filter({ hasText: '/v1/apps/the-last-one' }).waitFor()
    })
  },
  ['--rate-limit', 'off'],
)

describeConsole(
  'the console of a service that nobody controls',
  (console) => {
    it('says that there is no sandbox', async (t) => {
      const { page, goTo, team } = await console().visit(t, { as: 'key', with: await seededTeam(console()) })
      await goTo(`/teams/${team}/sandbox/log`)
      await page.getByRole('heading', { name: 'The sandbox is switched off' }).waitFor()
      assert.equal(await page.getByRole('link', { name: 'Sandbox' }).count(), 0)
    })
  },
  ['--control', 'off', '--seed', 'demo'],
)

/** The team that a service has from its start: nobody can make another where nobody controls it. */
async function seededTeam({ url, service: { greeting } }: ConsoleOfTests): Promise<StoryTeam> {
  const { keyId: id, issuerId, privateKeyPath } = greeting
  const privateKey = await readFile(privateKeyPath, 'utf8')
  const key = { id, issuerId, privateKey, name: '', roles: ['ADMIN' as const], individual: false, revoked: false }
  const client = createClient({ keyId: id, issuerId, privateKey, baseUrl: url })
  return { team: 1, made: { team: 1, name: '', issuerId, keys: [key] }, client, app: '', build: '', bundle: '' }
}

/** The address of the request that is at the top of what one sees. */
function firstInView(page: Page): Promise<string> {
  return page.evaluate<string>(`
    const list = document.querySelector('.log-list')
    const top = list.getBoundingClientRect().top
    const link = [...list.querySelectorAll('a')].find((each) => each.getBoundingClientRect().bottom > top + 1)
    link.getAttribute('href')
  `)
}

/** As a few programs at once do. */
async function sendMany(count: number, send: () => Promise<Response>): Promise<void> {
  let left = count
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (left > 0) {
        left -= 1
        await (await send()).arrayBuffer()
      }
    }),
  )
}
