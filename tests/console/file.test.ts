import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import { readInvocationsFile, resolveInvocations } from '@clipflight/plan/file'
import { describeConsole, type Visitor } from './describe-console.ts'
import { findViolations } from './find-violations.ts'
import { invocationsOf } from './invocations-of.ts'

const ORDER = 'https://coffee.example.com/order?shop=12'
const LOYALTY = 'https://coffee.example.com/loyalty'
const MENU = 'https://coffee.example.com/menu?build=42'
const ALL_TITLES = {
  [ORDER]: { 'en-US': 'Order at the counter', 'de-DE': 'An der Theke bestellen', ja: 'カウンターで注文' },
  [LOYALTY]: { 'en-US': 'Collect a stamp', 'de-DE': 'Stempel sammeln', ja: 'スタンプを集める' },
}

const CHANGED = `app: com.example.coffee
invocations:
  - url: ${ORDER}
    title:
      en-US: Order here
      de-DE: An der Theke bestellen
      ja: カウンターで注文
  - url: https://coffee.example.com/menu?build=\${BUILD}
    title:
      en-US: See the menu
`

const WANTED = {
  [ORDER]: { 'en-US': 'Order here', 'de-DE': 'An der Theke bestellen', ja: 'カウンターで注文' },
  [MENU]: { 'en-US': 'See the menu' },
}

const openFile = ({ goTo, team, build }: Visitor) => goTo(`/teams/${team}/builds/${build}/file`)
const field = (page: Page) => page.getByLabel('Content of clipflight.yaml')
const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })

describeConsole('the file of a build', (console) => {
  it('shows what the build has as a file that reads as it, and hands it out', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context } = visitor
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await openFile(visitor)
    const shown = await page.getByRole('region', { name: 'The invocations of this build as' }).textContent()
    const { apps } = readInvocationsFile(shown ?? '', 'clipflight.yaml')
    const [app] = apps
    assert(app?.app === 'com.example.coffee')
    const read = resolveInvocations(app, { env: {} }, 'clipflight.yaml')
    assert.deepEqual(Object.fromEntries(read.map(({ url, titles }) => [url, titles])), ALL_TITLES)

    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    const download = await downloading
    assert.equal(download.suggestedFilename(), 'clipflight.yaml')
    assert.equal(await readFile(await download.path(), 'utf8'), shown)

    await page.getByRole('button', { name: 'Copy the file' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), shown)
  })

  it('finds nothing to change in its own export', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await page.getByRole('button', { name: 'Begin with the export' }).click()
    await plan(page).getByText('No changes').waitFor()
    assert.equal(
      await plan(page)
        .getByRole('button', { name: /^Apply/ })
        .count(),
      0,
    )
  })

  it('does not count on an invocation whose deletion can still be undone', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await page.getByRole('button', { name: 'Begin with the export' }).click()
    const exported = await field(page).inputValue()
    await page.getByRole('link', { name: 'App Clips' }).click()
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByRole('link', { name: 'File', exact: true }).click()
    await field(page).fill(exported.replace('Order at the counter', 'Order here'))
    await plan(page).getByText('1 to create, 1 to change, 0 to delete (2 requests).').waitFor()
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('Applied: 1 created, 1 changed, 0 deleted.').waitFor()
    assert.deepEqual(await invocationsOf(visitor), { [ORDER]: WANTED[ORDER], [LOYALTY]: ALL_TITLES[LOYALTY] })
  })

  it('names the line and column of every mistake, and leads there', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED.replace('title:', 'titel:').replace('de-DE: An', 'de: An'))
    await page.getByText('The file has 2 problems').waitFor()
    assert.deepEqual(await findViolations(page), [])
    await page.getByText(`'titel' is not a member of an invocation. Did you mean 'title'?`).waitFor()
    await page.getByRole('button', { name: 'Line 4, column 5' }).click()
    assert.equal(await field(page).evaluate((area) => document.activeElement === area), true)
    const start = await field(page).evaluate((area) => (area instanceof HTMLTextAreaElement ? area.selectionStart : -1))
    assert.equal(CHANGED.slice(0, start).split('\n').length, 4)
    assert.equal(await plan(page).count(), 0)
  })

  it('plans a chosen file without touching what is not listed, and makes the build as wanted', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, client, bundle } = visitor
    await openFile(visitor)
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await (
      await choosing
    ).setFiles({ name: 'clipflight.yaml', mimeType: 'application/yaml', buffer: Buffer.from(CHANGED) })
    await plan(page).getByText('1 to create, 1 to change, 0 to delete (2 requests).').waitFor()
    await plan(page).getByRole('list', { name: 'Not listed, left alone' }).getByText(LOYALTY).waitFor()
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('Applied: 1 created, 1 changed, 0 deleted.').waitFor()
    await plan(page).getByText('No changes').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { ...WANTED, [LOYALTY]: ALL_TITLES[LOYALTY] })
    // Who works by key goes on from here, though the button is gone.
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Plan')
  })

  it('deletes what is not listed when it is told to prune', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await plan(page).getByText('Prune: delete what is not listed').click()
    await plan(page).getByText('delete (').waitFor()
    await plan(page)
      .getByRole('button', { name: /^Apply/ })
      .click()
    await plan(page).getByText('Applied:').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), WANTED)
  })

  it('asks for variables that only CI would know', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED.replace('${BUILD}', '${BUILD}&of=${BRANCH}&at=${env.SHOP}'))
    await page.getByLabel('${BRANCH}').fill('fix/1')
    assert.equal(await plan(page).count(), 0)
    await page.getByLabel('${env.SHOP}').fill('12')
    await plan(page).getByText('https://coffee.example.com/menu?build=42&of=fix%2F1&at=12').waitFor()
    assert.deepEqual(await findViolations(page), [])
  })

  it('says that a file is of another app, and in which languages the build has no text', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED.replace('com.example.coffee', 'com.example.tea'))
    await page.getByText('The file is of com.example.tea').waitFor()
    await field(page).fill(CHANGED.replace('en-US: See', 'fr-FR: See'))
    await plan(page).getByText('no text in TestFlight in fr-FR').waitFor()
  })

  it('applies nothing when somebody has changed the build since the plan was shown', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).waitFor()
    const { items } = await client.buildBundles.betaAppClipInvocations(bundle).page()
    const order = items.find(({ url }) => url === ORDER)
    assert(order !== undefined)
    await client.betaAppClipInvocations.delete(order.id)
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('The build has changed meanwhile').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { [LOYALTY]: ALL_TITLES[LOYALTY] })
    await plan(page).getByText('2 to create').waitFor()
  })

  it('says what was done when the network fails half-way, and finishes at the second try', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    let writes = 0
    await context.route('**/v1/**', (route) => {
      if (writes > 0 || (route.request().method() !== 'GET' && writes++ > 0)) return route.abort()
      return route.continue()
    })
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('1 of 2 changes were made.').waitFor()
    const steps = plan(page).getByRole('list', { name: 'What became of each change' })
    assert.equal(await steps.getByText('Done', { exact: true }).count(), 1)
    assert.equal(await steps.getByText('Sent, and not known whether it arrived').count(), 1)

    assert.deepEqual(await findViolations(page), [])
    const again = plan(page).getByRole('button', { name: 'Try again' })
    await again.waitFor()
    await context.unroute('**/v1/**')
    await again.click()
    await plan(page).getByRole('button', { name: 'Apply 1 change' }).click()
    await plan(page).getByText('Applied:').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { ...WANTED, [LOYALTY]: ALL_TITLES[LOYALTY] })
  })

  it('stops behind the change that is under way when it is told to', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    const held = Promise.withResolvers<void>()
    await context.route('**/v1/**', async (route) => {
      if (route.request().method() !== 'GET') await held.promise
      return route.continue()
    })
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByRole('progressbar', { name: 'Applying: 0 of 2' }).waitFor()
    await plan(page).getByRole('button', { name: 'Stop after this one' }).click()
    held.resolve()
    await plan(page).getByText('You stopped it.').waitFor()
    await plan(page).getByText('1 of 2 changes were made.').waitFor()
    await plan(page).getByRole('button', { name: 'Apply 1 change' }).waitFor()
    assert.equal((await invocationsOf({ client, bundle }))[MENU], undefined)
  })

  it('says which change the service refused because somebody was faster', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await context.route('**/v1/betaAppClipInvocations', async (route) => {
      await client.betaAppClipInvocations.create({ url: MENU, buildBundle: bundle, titles: { 'en-US': 'Menu' } })
      await route.continue()
    })
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByRole('alert').getByText('1 of 2 changes were made.').waitFor()
    await plan(page).getByRole('listitem').filter({ hasText: 'Refused' }).getByText(MENU).waitFor()
    // What is left is another plan now: the invocation is there, with a title that is not wanted.
    await plan(page).getByRole('button', { name: 'Apply 1 change' }).click()
    await plan(page).getByText('Applied: 0 created, 1 changed, 0 deleted.').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { ...WANTED, [LOYALTY]: ALL_TITLES[LOYALTY] })
  })

  it('says why more than a build takes cannot be applied, and that pruning helps', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    const more = `  - url: https://coffee.example.com/more\n    title: { en-US: More }\n`
    await field(page).fill(`${CHANGED}${more}`)
    await plan(page).getByText('This cannot be applied.').waitFor()
    await plan(page).getByText('A build takes 3 invocations, and this would be 4').waitFor()
    await plan(page).getByText('With pruning switched on it fits.').waitFor()
    assert.equal(
      await plan(page)
        .getByRole('button', { name: /^Apply/ })
        .count(),
      0,
    )
    await plan(page).getByText('Prune: delete what is not listed').click()
    await plan(page)
      .getByRole('button', { name: /^Apply/ })
      .waitFor()
  })

  it('keeps what was written while one looks at another page', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByRole('link', { name: 'File' }).click()
    assert.equal(await field(page).inputValue(), CHANGED)
  })

  it('keeps what was written when the session ends, and goes on after signing in again', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).waitFor()
    await context.clearCookies()
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await page.getByLabel('Token', { exact: true }).fill(console().adminToken)
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('Applied:').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { ...WANTED, [LOYALTY]: ALL_TITLES[LOYALTY] })
  })

  it('asks before a file that was written is lost, and not once it was applied', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    const close = () => page.close({ runBeforeUnload: true })
    await openFile(visitor)
    // What is exported, or was chosen, is elsewhere too.
    await page.getByRole('button', { name: 'Begin with the export' }).click()
    await page.reload()
    await field(page).fill(CHANGED)
    await page.getByRole('link', { name: 'Compare' }).click()
    const [question] = await Promise.all([page.waitForEvent('dialog'), close()])
    await question.dismiss()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('link', { name: 'File' }).click()
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    await plan(page).getByText('Applied:').waitFor()
    await Promise.all([page.waitForEvent('close'), close()])
  })

  it('asks before something else takes the place of a file that was written', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page } = visitor
    const question = page.getByRole('alertdialog', { name: 'Discard what you have written?' })
    const choose = async (text: string): Promise<void> => {
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: 'Choose a file' }).click()
      const chooser = await choosing
      await chooser.setFiles({ name: 'clipflight.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) })
    }
    const other = CHANGED.replace('Order here', 'Order')
    await openFile(visitor)
    await field(page).fill(CHANGED)
    await choose(other)
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    assert.equal(await field(page).inputValue(), CHANGED)
    await page.getByRole('button', { name: 'Clear' }).click()
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    await choose(other)
    await question.getByRole('button', { name: 'Discard' }).click()
    await question.waitFor({ state: 'detached' })
    assert.equal(await field(page).inputValue(), other)
    // What is in a file as it is here is not lost.
    await choose(CHANGED)
    await plan(page).getByText('Order here').waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('button', { name: 'Begin with the export' }).waitFor()
  })

  it('goes on with a plan, and says how far it is, while one looks at another page', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, context, client, bundle } = visitor
    await openFile(visitor)
    await field(page).fill(CHANGED)
    const held = Promise.withResolvers<void>()
    await context.route('**/v1/**', async (route) => {
      if (route.request().method() !== 'GET') await held.promise
      return route.continue()
    })
    await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
    const progress = plan(page).getByRole('progressbar', { name: 'Applying: 0 of 2' })
    await progress.waitFor()
    await page.getByRole('link', { name: 'For testers' }).click()
    await page.getByRole('button', { name: 'Make a link' }).waitFor()
    const [question] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })])
    await question.dismiss()
    await page.getByRole('link', { name: 'File' }).click()
    await progress.waitFor()
    assert.equal(
      await plan(page)
        .getByRole('button', { name: /^Apply/ })
        .count(),
      0,
    )
    await page.getByRole('link', { name: 'For testers' }).click()
    held.resolve()
    await page.getByRole('button', { name: 'Make a link' }).waitFor()
    await page.getByRole('link', { name: 'File' }).click()
    await plan(page).getByText('Applied: 1 created, 1 changed, 0 deleted.').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), { ...WANTED, [LOYALTY]: ALL_TITLES[LOYALTY] })
  })

  for (const [how, text] of [
    ['well', 'Applied: 1 created, 1 changed, 0 deleted.'],
    ['half-way', '1 of 2 changes were made.'],
  ] as const) {
    it(`tells who has gone to another page that a plan has ended ${how}, and lets nobody write meanwhile`, async (t) => {
      const visitor = await console().visit(t, { as: 'key' })
      const { page, context } = visitor
      await openFile(visitor)
      await field(page).fill(CHANGED)
      const held = Promise.withResolvers<void>()
      let writes = 0
      await context.route('**/v1/**', async (route) => {
        if (route.request().method() === 'GET') return route.continue()
        await held.promise
        return how === 'half-way' && writes++ > 0 ? route.abort() : route.continue()
      })
      await plan(page).getByRole('button', { name: 'Apply 2 changes' }).click()
      await plan(page).getByRole('progressbar', { name: 'Applying: 0 of 2' }).waitFor()
      await page.getByRole('link', { name: 'App Clips' }).click()
      await page.getByText('A plan is being applied').waitFor()
      await page.getByRole('cell', { name: 'Order at the counter' }).waitFor()
      assert.equal(await page.getByRole('main').getByRole('textbox').count(), 0)
      assert.equal(await page.getByRole('button', { name: 'Add invocation' }).count(), 0)
      assert.deepEqual(await findViolations(page), [])
      held.resolve()
      const message = page.getByRole('region', { name: /Messages/ })
      await message.getByText(text).waitFor()
      await page.getByText('A plan is being applied').waitFor({ state: 'detached' })
      await page.getByRole('textbox', { name: `Title in American English, ${ORDER}` }).waitFor()
      await message.getByRole('button', { name: 'Show the plan' }).click()
      await plan(page).getByText(text).waitFor()
      // Whoever sees it there is told once.
      await message.waitFor({ state: 'detached' })
    })
  }

  it('speaks German and fits a phone', async (t) => {
    const visitor = await console().visit(t, { as: 'key', language: 'de', size: 'phone' })
    const { page } = visitor
    await openFile(visitor)
    const fits = (): Promise<boolean> =>
      page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
    await page
      .getByLabel('Inhalt der clipflight.yaml')
      .fill(CHANGED.replace('See the menu', 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'))
    await page.getByText('1 anzulegen, 1 zu ändern, 0 zu löschen (2 Anfragen).').waitFor()
    assert(await fits(), 'the plan is wider than the screen')
    await page.getByRole('button', { name: '2 Änderungen anwenden' }).click()
    await page.getByText('Angewendet: 1 angelegt, 1 geändert, 0 gelöscht.').waitFor()
    assert(await fits(), 'what became of it is wider than the screen')
  })
})
