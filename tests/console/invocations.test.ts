import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Locator, Page, Route } from 'playwright-core'
import { describeConsole, type StoryTeam, type Visitor } from './describe-console.ts'
import { findViolations } from './find-violations.ts'
import { invocationsOf, untilEqual } from './invocations-of.ts'

const ORDER = 'https://coffee.example.com/order?shop=12'
const LOYALTY = 'https://coffee.example.com/loyalty'
const MENU = 'https://coffee.example.com/menu'
const TITLES = { 'de-DE': 'Die Karte', 'en-US': 'The menu', ja: 'メニュー' }

const pageOf = ({ team, build }: StoryTeam): string => `/teams/${team}/builds/${build}`
const titleField = (page: Page, language: string, url: string): Locator =>
  page.getByRole('textbox', { name: `Title in ${language}, ${url}`, exact: true })
const title = async (visitor: Visitor, url: string, locale: string): Promise<string | undefined> =>
  (await invocationsOf(visitor))[url]?.[locale]

/** Who has the page of the newest build in front of them. */
async function open(visitor: Visitor): Promise<Visitor> {
  await visitor.goTo(pageOf(visitor))
  await visitor.page.getByRole('table').waitFor()
  return visitor
}

/** A third one, so that there is no room for another. */
const addMenu = ({ client, bundle }: StoryTeam): Promise<{ readonly id: string }> =>
  client.betaAppClipInvocations.create({ url: MENU, buildBundle: bundle, titles: { 'en-US': 'The menu' } })

/** Has requests that write wait until the test lets them go on, as it says. */
async function holdWrites(
  page: Page,
  goOn: (route: Route) => Promise<void>,
): Promise<{ readonly first: Promise<unknown>; readonly release: () => void; readonly count: () => number }> {
  const held = Promise.withResolvers<void>()
  let count = 0
  const first = page.waitForRequest((request) => request.method() !== 'GET')
  await page.route('**/v1/**', async (route) => {
    if (route.request().method() === 'GET') return route.continue()
    count += 1
    await held.promise
    return goOn(route)
  })
  return { first, release: held.resolve, count: () => count }
}

const CHANGING = {
  /** An App Clip without invocations, which another build has two of. */
  copy: {
    button: 'Copy from a build',
    asked: 2,
    async prepare({ client, bundle }: Visitor) {
      for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle)) {
        await client.betaAppClipInvocations.delete(id)
      }
    },
    fill: async () => {},
  },
  table: {
    button: 'Paste CSV',
    asked: 3,
    prepare: async () => {},
    fill: (dialog: Locator) =>
      dialog.getByRole('textbox').fill(`locale,${LOYALTY}\nen-US,Stamps\nfr-FR,Tampons\nit,Timbri`),
  },
} as const

/** Has all changes of a dialog made, and closes it while the first of them is on its way. */
async function closeAtWork(visitor: Visitor, what: keyof typeof CHANGING, goOn: (route: Route) => Promise<void>) {
  const { page, goTo } = visitor
  const { prepare, fill, button, asked } = CHANGING[what]
  await prepare(visitor)
  await goTo(pageOf(visitor))
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  await fill(dialog)
  const writes = await holdWrites(page, goOn)
  await dialog.getByRole('button', { name: `Make ${asked} changes` }).click()
  await writes.first
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'detached' })
  writes.release()
  return { asked, button, dialog, writes }
}

describeConsole('managing invocations', (console) => {
  for (const size of ['desktop', 'phone'] as const) {
    it(`adds an invocation in three languages with one click and Enter (${size})`, async (t) => {
      const visitor = await open(await console().visit(t, { size }))
      const { page } = visitor
      await page.getByRole('button', { name: 'Add invocation' }).click()
      await page.getByRole('dialog').getByLabel('URL').and(page.locator(':focus')).waitFor()
      for (const text of [MENU, ...Object.values(TITLES)]) {
        await page.keyboard.insertText(text)
        await page.keyboard.press(text === TITLES.ja ? 'Enter' : 'Tab')
      }
      await page.getByText(`Added ${MENU}`).waitFor()
      assert.deepEqual((await invocationsOf(visitor))[MENU], TITLES)
      // Where there is room for one only, it is the new one.
      assert.equal(await titleField(page, 'Japanese', MENU).inputValue(), TITLES.ja)
    })
  }

  it('is used without a mouse: add, edit from cell to cell, delete, and undo that', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    const { keyboard } = page
    const goTo = async (wanted: Locator): Promise<void> => {
      await wanted.waitFor()
      while (!(await wanted.evaluate((element) => element === document.activeElement))) await keyboard.press('Tab')
    }
    await goTo(page.getByRole('button', { name: 'Add invocation' }))
    await keyboard.press('Enter')
    await page.getByRole('dialog').getByLabel('URL').and(page.locator(':focus')).waitFor()
    await keyboard.type(MENU)
    await keyboard.press('Tab')
    await keyboard.type('Die Karte')
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // The button is of no use any more.
    await page
      .getByRole('heading', { name: /^App Clip/ })
      .and(page.locator(':focus'))
      .waitFor()

    // Down the column by Enter: each is saved as one goes on.
    await goTo(titleField(page, 'German (Germany)', MENU))
    await keyboard.press('ControlOrMeta+A')
    await keyboard.type('Speisekarte')
    await keyboard.press('Enter')
    await keyboard.type('The menu')
    await keyboard.press('Enter')
    await keyboard.type('No')
    await keyboard.press('Escape')
    await untilEqual(async () => (await invocationsOf(visitor))[MENU], { 'de-DE': 'Speisekarte', 'en-US': 'The menu' })

    await goTo(page.getByRole('button', { name: `Delete ${MENU}` }))
    await keyboard.press('Enter')
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    // The focus has stayed where the deletion is taken back.
    await page
      .getByRole('button', { name: `Undo the deletion of ${MENU}` })
      .and(page.locator(':focus'))
      .waitFor()
    await keyboard.press('Enter')
    await page
      .getByRole('button', { name: `Delete ${MENU}` })
      .and(page.locator(':focus'))
      .waitFor()
    assert(MENU in (await invocationsOf(visitor)))
  })

  it('fits its dialogs on a phone, in German', async (t) => {
    const { page } = await open(await console().visit(t, { size: 'phone', language: 'de' }))
    for (const name of ['Aufruf hinzufügen', 'Aus einem Build kopieren', 'CSV einfügen']) {
      await page.getByRole('button', { name }).click()
      const dialog = page.getByRole('dialog')
      await dialog.waitFor()
      const tooWide = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
      assert.equal(tooWide, 0, `${name} is ${tooWide} pixels too wide`)
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'detached' })
    }
  })

  it('ends a dialog above what it says meanwhile on a phone, however long that is', async (t) => {
    const visitor = await console().visit(t, { size: 'phone' })
    const { page, client, bundle } = visitor
    const long = `${MENU}?campaign=${'winter-'.repeat(20)}`
    await client.betaAppClipInvocations.create({ url: long, buildBundle: bundle, titles: { 'en-US': 'The menu' } })
    await open(visitor)
    await page.getByRole('radio').last().check()
    await page.getByRole('button', { name: `Delete ${long}` }).click()
    await page.getByRole('button', { name: 'Add invocation' }).click()
    // It refuses to press what something else covers.
    await page.getByRole('dialog').getByRole('button', { name: 'Add invocation' }).click()
    await page.getByRole('dialog').getByText('Write a title').waitFor()
    await page.getByText(`${long} will be deleted`).waitFor()
  })

  it('shows all of the ring around the invocation that is chosen by keyboard on a phone', async (t) => {
    const { page } = await open(await console().visit(t, { size: 'phone' }))
    await page.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowRight')
    const chosen = page.getByRole('radio', { checked: true })
    const { ring, room } = await chosen.evaluate((input) => {
      const { outlineWidth, outlineOffset } = getComputedStyle(input)
      const below = (element: Element | null): number => element?.getBoundingClientRect().bottom ?? Number.NaN
      return {
        ring: Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset),
        room: below(input.closest('[role=radiogroup]')) - below(input),
      }
    })
    assert.ok(ring > 0)
    assert.ok(room >= ring, `of ${ring} pixels ${room} are seen`)
  })

  it('takes no blanks around a URL and titles that were pasted', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    await page.getByRole('button', { name: 'Add invocation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill(`\u00a0${MENU} \u00a0`)
    await dialog.getByLabel('Title in American English').fill(' The menu\t')
    await dialog.getByLabel('Title in Japanese').fill('  ')
    assert.equal(await dialog.locator('.problem').count(), 0)
    await dialog.getByLabel('Title in Japanese').press('Enter')
    await page.getByText(`Added ${MENU}`).waitFor()
    assert.deepEqual((await invocationsOf(visitor))[MENU], { 'en-US': 'The menu' })
  })

  it('says what is wrong while one types, in the words of the service, and sends nothing', async (t) => {
    const { page } = await open(await console().visit(t))
    const writes: string[] = []
    page.on('request', (request) => {
      if (request.method() !== 'GET') writes.push(request.url())
    })
    await page.getByRole('button', { name: 'Add invocation' }).click()
    const dialog = page.getByRole('dialog')
    const url = dialog.getByLabel('URL')
    await url.fill('https://')
    assert.equal(await dialog.locator('.problem').count(), 0, 'it is only begun')
    await url.fill('http://coffee.example.com')
    await dialog.getByText('It must be an absolute https URL with a host.').waitFor()
    assert.equal(await url.getAttribute('aria-invalid'), 'true')
    await url.fill(LOYALTY)
    await dialog.getByText('already exists').waitFor()
    await url.fill(MENU)
    await dialog.getByLabel('Title in American English').fill('x'.repeat(256))
    await dialog.getByText('It cannot exceed 255 characters.').waitFor()
    await dialog.getByLabel('Title in American English').press('Enter')
    assert.deepEqual(writes, [])
  })

  it('says in German what is wrong with a text, and marks as English what the service refuses', async (t) => {
    const visitor = await open(await console().visit(t, { language: 'de' }))
    const { page } = visitor
    const title = page.getByRole('textbox', { name: `Titel auf Japanisch, ${LOYALTY}` })
    await title.fill('x'.repeat(256))
    await page.getByText('Das ist zu lang: Es gehen höchstens 255 Zeichen.').waitFor()
    await title.press('Escape')
    const url = page.getByRole('textbox', { name: 'URL von Aufruf 2' })
    await url.fill('')
    await page.getByText('Das muss eine vollständige https-URL mit einem Host sein.').waitFor()
    await url.fill(ORDER)
    await page.getByText('Einen Aufruf mit dieser URL gibt es schon.').waitFor()
    await url.press('Escape')
    await page.getByRole('button', { name: 'CSV einfügen' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('xx\tNein')
    await page.getByText('Diese Locale hat App Store Connect nicht.').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    // Somebody else had it for just so long that only the service knows.
    await page.route('**/v1/betaAppClipInvocations/*', async (route) => {
      if (route.request().method() !== 'PATCH') return route.continue()
      const { id } = await addMenu(visitor)
      const response = await route.fetch()
      await visitor.client.betaAppClipInvocations.delete(id)
      return route.fulfill({ response })
    })
    await url.fill(MENU)
    await url.press('Enter')
    await page.getByText('Nicht gespeichert. Was du geschrieben hast, bleibt stehen. Den Wert gibt es schon.').waitFor()
    await page.getByRole('columnheader').locator('[lang=en]').getByText('already exists').waitFor()
    await url.press('Escape')
    await addMenu(visitor)
    await page.reload()
    const only = page.getByRole('textbox', { name: /^Titel auf .*englisch.*menu$/i })
    await only.fill('')
    await page.getByText('Hier muss etwas stehen.').waitFor()
    await only.press('Escape')
    await page.getByRole('button', { name: `${MENU} löschen` }).click()
    await page.getByRole('button', { name: 'Aufruf hinzufügen' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill('http://coffee.example.com')
    await dialog.getByText('Das muss eine vollständige https-URL mit einem Host sein.').waitFor()
  })

  for (const [language, asked, german] of [
    ['en', 'Write a title in at least one language.', 'Title in German (Germany)'],
    ['de', 'Schreib einen Titel in mindestens einer Sprache.', 'Titel auf Deutsch (Deutschland)'],
  ] as const) {
    it(`asks for a title in any language, in that of the page (${language})`, async (t) => {
      const visitor = await open(await console().visit(t, { language }))
      const { page } = visitor
      await page.getByRole('button', { name: language === 'en' ? 'Add invocation' : 'Aufruf hinzufügen' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('URL').press('Enter')
      const question = dialog.getByText(asked)
      await question.waitFor()
      await dialog.getByLabel('URL').and(page.locator(':focus')).waitFor()
      await dialog.getByLabel('URL').fill(MENU)
      await dialog.getByLabel('URL').press('Enter')
      const first = dialog.getByLabel(german)
      await first.and(page.locator(':focus')).waitFor()
      assert.equal(await first.getAttribute('aria-invalid'), null, 'none of the languages is wrong')
      assert.equal(await dialog.locator('.problem').count(), 1)
      assert.deepEqual(await findViolations(page), [])
      await dialog.getByRole('textbox').last().fill('メニュー')
      await question.waitFor({ state: 'detached' })
      await dialog.getByRole('textbox').last().press('Enter')
      await dialog.waitFor({ state: 'detached' })
      assert.deepEqual((await invocationsOf(visitor))[MENU], { ja: 'メニュー' })
    })
  }

  it('shows what the service refuses beside the field that it names, and keeps the text', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    // Somebody else is faster.
    await addMenu(visitor)
    await page.getByRole('button', { name: 'Add invocation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill(MENU)
    await dialog.getByLabel('Title in Japanese').fill(TITLES.ja)
    await dialog.getByLabel('Title in Japanese').press('Enter')
    const url = dialog.getByLabel('URL').and(page.locator('[aria-invalid]')).and(page.locator(':focus'))
    await url.waitFor()
    const about = (await url.getAttribute('aria-describedby')) ?? ''
    const texts = await Promise.all(about.split(' ').map((id) => page.locator(`[id="${id}"]`).textContent()))
    assert.match(texts.join(' '), /already exists|already been used/)
    assert.equal(await dialog.getByLabel('Title in Japanese').inputValue(), TITLES.ja)
    // What is written is still there when the form is closed and opened again.
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add invocation' }).click()
    assert.equal(await dialog.getByLabel('Title in Japanese').inputValue(), TITLES.ja)
    await page.keyboard.press('Escape')

    // The same, for what is edited in its place.
    const cell = page.getByRole('textbox', { name: 'URL of invocation 2' })
    await cell.fill(MENU)
    await cell.press('Enter')
    await page
      .getByRole('columnheader')
      .filter({ has: cell })
      .getByText(/already exists|already been used/)
      .waitFor()
    assert.equal(await cell.inputValue(), MENU)
    await cell.press('Escape')
    assert.equal(await cell.inputValue(), LOYALTY)
  })

  for (const size of ['desktop', 'phone'] as const) {
    it(`saves a title where it stands, adds one in another language, and takes one away (${size})`, async (t) => {
      const visitor = await open(await console().visit(t, { size }))
      const { page } = visitor
      if (size === 'phone') await page.getByRole('radio', { name: '/loyalty' }).click()
      await titleField(page, 'American English', LOYALTY).fill('Stamps')
      await titleField(page, 'American English', LOYALTY).press('Enter')
      await titleField(page, 'Japanese', LOYALTY).fill('')
      await page.getByRole('combobox', { name: 'Another language' }).selectOption('ar-SA')
      await page.getByRole('button', { name: 'Add language' }).click()
      const arabic = titleField(page, 'Arabic (Saudi Arabia)', LOYALTY)
      await page.getByText('No notes in the build').waitFor()
      if (size === 'phone') await arabic.and(page.locator(':focus')).waitFor()
      await arabic.fill('اجمع طابعًا')
      await arabic.press('Enter')
      await untilEqual(async () => (await invocationsOf(visitor))[LOYALTY], {
        'en-US': 'Stamps',
        'de-DE': 'Stempel sammeln',
        'ar-SA': 'اجمع طابعًا',
      })
      assert.equal(await arabic.evaluate((element) => getComputedStyle(element).direction), 'rtl')
      // Japanese of one, Arabic of the other.
      await page.getByText('2 titles missing').waitFor()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await untilEqual(() => title(visitor, LOYALTY, 'ja'), 'スタンプを集める')
    })
  }

  it('sends a deletion when ten seconds are over, and not before', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await page.clock.install()
    await open(visitor)
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    await page.clock.fastForward(9000)
    assert.deepEqual(Object.keys(await invocationsOf(visitor)).toSorted(), [LOYALTY, ORDER])
    await page.clock.fastForward(1500)
    await page.getByRole('button', { name: `Undo the deletion of ${LOYALTY}` }).waitFor({ state: 'detached' })
    await untilEqual(async () => Object.keys(await invocationsOf(visitor)), [ORDER])
  })

  it('sends a deletion no sooner when its message is dismissed, and lets it be taken back until then', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await page.clock.install()
    await open(visitor)
    const dismissed = page.getByRole('region', { name: /Messages/ }).getByText(`${LOYALTY} will be deleted`)
    const remove = async (): Promise<void> => {
      await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
      await dismissed.waitFor()
      await page.getByRole('button', { name: 'Dismiss message' }).click()
      await dismissed.waitFor({ state: 'detached' })
    }
    await remove()
    await page.clock.fastForward(5000)
    await page.getByRole('button', { name: `Undo the deletion of ${LOYALTY}` }).click()
    await remove()
    // The time of the first is over, that of the second is not.
    await page.clock.fastForward(6000)
    assert.deepEqual(Object.keys(await invocationsOf(visitor)).toSorted(), [LOYALTY, ORDER])
    await page.getByRole('button', { name: `Undo the deletion of ${LOYALTY}` }).waitFor()
    await page.clock.fastForward(4500)
    await page.getByRole('button', { name: `Undo the deletion of ${LOYALTY}` }).waitFor({ state: 'detached' })
    await untilEqual(async () => Object.keys(await invocationsOf(visitor)), [ORDER])
  })

  it('offers to take a deletion back no more once it was sent', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    const held = Promise.withResolvers<void>()
    await page.route('**/v1/betaAppClipInvocations/*', async (route) => {
      if (route.request().method() === 'DELETE') await held.promise
      await route.continue()
    })
    await page.clock.install()
    await open(visitor)
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    const sending = page.waitForRequest((request) => request.method() === 'DELETE')
    await page.clock.fastForward(10_500)
    await sending
    await page.getByRole('button', { name: `Undo the deletion of ${LOYALTY}` }).waitFor({ state: 'detached' })
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    held.resolve()
    await page.getByText('Will be deleted', { exact: true }).waitFor({ state: 'detached' })
    assert.deepEqual(Object.keys(await invocationsOf(visitor)), [ORDER])
  })

  it('leaves what is on its way out out of the file, the sheet and the comparison, until that is undone', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await page.clock.install()
    await open(visitor)
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByRole('link', { name: 'Test sheet' }).click()
    await page.getByText(ORDER).first().waitFor()
    assert.equal(await page.getByRole('main').getByText(LOYALTY).count(), 0)
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByLabel('Compare with').selectOption({ index: 1 })
    await page.getByText('1 invocation differs.').waitFor()
    await page.getByText('Only there').waitFor()
    await page.getByRole('link', { name: 'File', exact: true }).click()
    const file = page.getByRole('region', { name: 'The invocations of this build as' })
    await file.getByText(ORDER).waitFor()
    assert.equal(await file.getByText(LOYALTY).count(), 0)
    await page
      .getByRole('region', { name: /Messages/ })
      .getByRole('button', { name: 'Undo' })
      .click()
    await file.getByText(LOYALTY).waitFor()
  })

  it('sends no deletion that was taken back', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    const deletions: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'DELETE') deletions.push(request.url())
    })
    await page.clock.install()
    await open(visitor)
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page
      .getByRole('region', { name: /Messages/ })
      .getByRole('button', { name: 'Undo' })
      .click()
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).waitFor()
    await page.clock.fastForward(20_000)
    await titleField(page, 'Japanese', LOYALTY).fill('スタンプ')
    await titleField(page, 'Japanese', LOYALTY).press('Enter')
    await untilEqual(() => title(visitor, LOYALTY, 'ja'), 'スタンプ')
    assert.deepEqual(deletions, [])
  })

  it('sends a deletion at once when the page is left, so that it outlives the page', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    // On one machine a request is on its way before its page is gone, whether it was meant to outlive it or not.
    await page.addInitScript(() => {
      const { fetch } = globalThis
      globalThis.fetch = (input, init) => {
        if (init?.method === 'DELETE') sessionStorage.setItem('outlives', String(init.keepalive))
        return fetch(input, init)
      }
    })
    await open(visitor)
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    await page.goto(`${console().url}/docs`)
    await untilEqual(async () => Object.keys(await invocationsOf(visitor)), [ORDER])
    assert.equal(await page.evaluate(() => sessionStorage.getItem('outlives')), 'true')
  })

  it('sends a deletion at once when one signs out', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await page.getByText('Will be deleted', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token', { exact: true }).waitFor()
    assert.deepEqual(Object.keys(await invocationsOf(visitor)), [ORDER])
  })

  it('does not ask for a fourth invocation, until one is on its way out', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await addMenu(visitor)
    await open(visitor)
    await page.getByText('An App Clip has 3 invocations at most.').waitFor()
    const add = page.getByRole('button', { name: 'Add invocation' })
    assert.equal(await add.isDisabled(), true)
    await page.getByRole('button', { name: `Delete ${MENU}` }).click()
    await add.click()
    // The same URL: the other one has to go first.
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill(MENU)
    await dialog.getByLabel('Title in Japanese').fill(TITLES.ja)
    await dialog.getByLabel('Title in Japanese').press('Enter')
    await page.getByText(`Added ${MENU}`).waitFor()
    assert.deepEqual((await invocationsOf(visitor))[MENU], { ja: TITLES.ja })
  })

  it('copies from another build what one chooses of it', async (t) => {
    const visitor = await console().visit(t)
    const { page, client, bundle } = visitor
    const list = client.buildBundles.betaAppClipInvocations(bundle, { include: ['betaAppClipInvocationLocalizations'] })
    for await (const { id, url, localizations } of list) {
      if (url === LOYALTY) await client.betaAppClipInvocations.delete(id)
      for (const { id, locale } of url === ORDER ? localizations : []) {
        if (locale === 'ja') await client.betaAppClipInvocationLocalizations.delete(id)
        if (locale === 'de-DE') await client.betaAppClipInvocationLocalizations.update(id, { title: 'Bestellen' })
      }
    }
    await open(visitor)
    await page.getByRole('button', { name: 'Copy from a build' }).click()
    const dialog = page.getByRole('dialog')
    const { items } = await client.builds.list({ filter: { version: ['36'] } }).page()
    await dialog.getByRole('combobox', { name: 'Build' }).selectOption(items[0]?.id ?? '')
    await dialog.getByRole('checkbox', { name: /Replace German.*Bestellen/ }).uncheck()
    await dialog.getByRole('button', { name: 'Make 2 changes' }).click()
    await dialog.waitFor({ state: 'detached' })
    const has = await invocationsOf(visitor)
    assert.equal(has[ORDER]?.['de-DE'], 'Bestellen')
    assert.equal(has[ORDER]?.['ja'], 'カウンターで注文')
    assert.equal(has[LOYALTY]?.['en-US'], 'Collect a stamp')
    await titleField(page, 'American English', LOYALTY).waitFor()
  })

  it('takes titles from CSV, says before what that changes, and which lines it cannot read', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByRole('textbox')
      .fill(
        `locale,${LOYALTY},${MENU}\nen-US,Stamps,"The menu,\nof today"\nfr-FR,,Le menu\nxx,No,No\nfr-FR,Encore,\nit,`,
      )
    await dialog
      .getByRole('listitem')
      .filter({ hasText: /^Line 5.*locale/ })
      .waitFor()
    await dialog.getByText('Line 6').waitFor()
    await dialog.getByText('Line 7').waitFor()
    await dialog.getByRole('checkbox', { name: /Replace American English.*Stamps/ }).waitFor()
    assert.equal((await invocationsOf(visitor))[MENU], undefined, 'nothing has been changed yet')
    await dialog.getByRole('button', { name: 'Make 2 changes' }).click()
    await dialog.waitFor({ state: 'detached' })
    const has = await invocationsOf(visitor)
    assert.equal(has[LOYALTY]?.['en-US'], 'Stamps')
    assert.deepEqual(has[MENU], { 'en-US': 'The menu,\nof today', 'fr-FR': 'Le menu' })
  })

  for (const what of ['copy', 'table'] as const) {
    it(`begins no more changes of a ${what} whose dialog was closed, and tells how many were made`, async (t) => {
      const visitor = await console().visit(t)
      const { page } = visitor
      const { asked, button, dialog, writes } = await closeAtWork(visitor, what, (route) => route.continue())
      await page.getByText(`1 of ${asked} changes were made.`).waitFor()
      assert.equal(writes.count(), 1)
      await page.getByRole('button', { name: button }).click()
      await dialog.getByRole('button', { name: /^Make \d change/ }).waitFor()
      assert.equal(await dialog.getByRole('checkbox').count(), asked - 1)
    })

    it(`tells why a change of a ${what} was not made whose dialog was closed`, async (t) => {
      const visitor = await console().visit(t)
      const { asked } = await closeAtWork(visitor, what, (route) => route.abort())
      await visitor.page.getByText(`0 of ${asked} changes were made. The service cannot be reached.`).waitFor()
    })
  }

  it('tells that all of a table was taken whose dialog was closed, and leaves the one open that is there now', async (t) => {
    const { page } = await open(await console().visit(t))
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill(`locale,${LOYALTY}\nfr-FR,Tampons`)
    const writes = await holdWrites(page, (route) => route.continue())
    await dialog.getByRole('button', { name: 'Make 1 change' }).click()
    await writes.first
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add invocation' }).click()
    await dialog.getByLabel('URL').fill(MENU)
    writes.release()
    await page.getByText('1 change made').waitFor()
    assert.equal(await dialog.getByLabel('URL').inputValue(), MENU)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    assert.equal(await dialog.getByRole('textbox').inputValue(), '')
  })

  it('reads the table that a spreadsheet puts on the clipboard, and quotes what it cannot read', async (t) => {
    const { page } = await open(await console().visit(t))
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const dialog = page.getByRole('dialog')
    const changes = dialog.getByRole('listitem')
    const tables: [string, string[]][] = [
      ['de-DE\tKaffee bestellen\r\nen-US\tOrder coffee\r\n', ['Kaffee bestellen', 'Order coffee']],
      ['de-DE;Kaffee bestellen\r\nen-US;Order coffee\r\n', ['Kaffee bestellen', 'Order coffee']],
      [`locale;${LOYALTY}\r\nfr-FR;Des points\r\n`, ['Des points']],
      ['de-DE\tHallo, Welt\nen-US\tHello; world', ['Hallo, Welt', 'Hello; world']],
      ['de-DE,Hallo; Welt', ['Hallo; Welt']],
    ]
    for (const [table, expected] of tables) {
      await dialog.getByRole('textbox').fill(table)
      await untilEqual(
        async () =>
          (await changes.allTextContents()).map((text) => expected.find((each) => text.includes(each)) ?? text),
        expected,
      )
    }
    await dialog.getByRole('textbox').fill('Deutsch\tBestellen')
    await changes.filter({ hasText: /^Line 1.*'locale'.*“Deutsch”/ }).waitFor()
    await dialog.getByRole('textbox').fill('locale,http://coffee.example.com\nde-DE,Bestellen')
    await changes.filter({ hasText: /^Line 1.*https.*“http:\/\/coffee\.example\.com”/ }).waitFor()
  })

  it('reads a file as spreadsheets save it, and says where letters may be others', async (t) => {
    const { page } = await open(await console().visit(t))
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const dialog = page.getByRole('dialog')
    const choose = async (buffer: Buffer): Promise<void> => {
      const choosing = page.waitForEvent('filechooser')
      await dialog.getByRole('button', { name: 'Open a file' }).click()
      await (await choosing).setFiles({ name: 'titles.csv', mimeType: 'text/csv', buffer })
    }
    const warning = dialog.getByRole('status').getByText('The file is not in UTF-8')
    await choose(Buffer.from('de-DE;Karte öffnen\r\n', 'latin1'))
    await dialog.getByText('Karte öffnen', { exact: true }).waitFor()
    await warning.waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    await warning.waitFor()
    await choose(Buffer.from('\ufeffde-DE\tÖffne die Karte\r\n', 'utf16le'))
    await dialog.getByText('Öffne die Karte', { exact: true }).waitFor()
    assert.equal(await warning.count(), 0)
    await choose(Buffer.from('\ufeffde-DE,Die Karte öffnen\n'))
    await dialog.getByText('Die Karte öffnen', { exact: true }).waitFor()
    assert.equal(await warning.count(), 0)
  })

  it('takes lines of a spreadsheet for the invocation that one chooses', async (t) => {
    const visitor = await open(await console().visit(t, { size: 'phone' }))
    const { page } = visitor
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('de-DE\tStempel\nko\t도장')
    await dialog.getByRole('combobox', { name: 'Titles of' }).selectOption(LOYALTY)
    await dialog.getByRole('button', { name: 'Make 2 changes' }).click()
    await dialog.waitFor({ state: 'detached' })
    const has = await invocationsOf(visitor)
    assert.equal(has[LOYALTY]?.['de-DE'], 'Stempel')
    assert.equal(has[LOYALTY]?.['ko'], '도장')
  })

  it('loses nothing that was written while the network fails', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, context } = visitor
    const field = titleField(page, 'German (Germany)', LOYALTY)
    await context.setOffline(true)
    await field.fill('Stempelkarte')
    await field.press('Enter')
    await page
      .getByText('Not saved. What you wrote stays where it is. The service cannot be reached.')
      .first()
      .waitFor()
    assert.equal(await field.inputValue(), 'Stempelkarte')
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    // The form comes from the service too.
    await page.getByRole('button', { name: 'Add invocation' }).click()
    const again = page.getByRole('button', { name: 'Load the page again' })
    await again.waitFor()
    await context.setOffline(false)
    await again.click()
    // What was not saved is still there.
    await again.waitFor({ state: 'detached' })
    await field.waitFor()
    assert.equal(await field.inputValue(), 'Stempelkarte')

    await page.getByRole('button', { name: 'Add invocation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('URL').fill(MENU)
    await context.setOffline(true)
    await dialog.getByLabel('Title in Japanese').fill(TITLES.ja)
    await dialog.getByLabel('Title in Japanese').press('Enter')
    await dialog.getByRole('alert').waitFor()
    await context.setOffline(false)
    await page.reload()
    await page.getByRole('button', { name: 'Try again' }).click()
    await untilEqual(() => title(visitor, LOYALTY, 'de-DE'), 'Stempelkarte')
    await page.getByRole('button', { name: 'Add invocation' }).click()
    await dialog.getByRole('button', { name: 'Add invocation' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.deepEqual((await invocationsOf(visitor))[MENU], { ja: TITLES.ja })
  })

  it('says that the session is over, and keeps what was written', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, context } = visitor
    const field = titleField(page, 'German (Germany)', LOYALTY)
    await context.clearCookies()
    await field.fill('Stempelkarte')
    await field.press('Enter')
    await page.getByRole('alert').getByText('Your session has ended').waitFor()
    await page.getByLabel('Token', { exact: true }).and(page.locator(':focus')).waitFor()
    await page.keyboard.insertText(console().adminToken)
    await page.keyboard.press('Enter')
    await field.waitFor()
    assert.equal(await field.inputValue(), 'Stempelkarte')
    // The page of who was signed out has gone, and what it would have said of that with it.
    assert.equal(await page.getByText(/bearer token/).count(), 0)
    await page.getByRole('button', { name: 'Try again' }).press('Enter')
    await field.and(page.locator(':focus')).waitFor()
    await untilEqual(() => title(visitor, LOYALTY, 'de-DE'), 'Stempelkarte')
  })

  it('has the browser ask before it closes a page with text that was not sent', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    const field = titleField(page, 'German (Germany)', LOYALTY)
    await field.click()
    await page.keyboard.type('Neu: ')
    const [question] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })])
    assert.equal(question.type(), 'beforeunload')
    await question.dismiss()
    await page.keyboard.press('Escape')
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })])
  })

  it('asks before a table is lost that was written, and not of one that a file has', async (t) => {
    const { page } = await open(await console().visit(t))
    const close = () => page.close({ runBeforeUnload: true })
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill('de-DE\tKaffee bestellen')
    await page.keyboard.press('Escape')
    const [question] = await Promise.all([page.waitForEvent('dialog'), close()])
    await question.dismiss()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Paste CSV' }).click()
    const file = { name: 'titles.csv', mimeType: 'text/csv', buffer: Buffer.from('de-DE,Die Karte\n') }
    const answer = async (name: string): Promise<void> => {
      const choosing = page.waitForEvent('filechooser')
      await page.getByRole('dialog').getByRole('button', { name: 'Open a file' }).click()
      await (await choosing).setFiles(file)
      const discarding = page.getByRole('alertdialog', { name: 'Discard what you have written?' })
      await discarding.getByRole('button', { name }).click()
      await discarding.waitFor({ state: 'detached' })
    }
    await answer('Cancel')
    assert.equal(await page.getByRole('dialog').getByRole('textbox').inputValue(), 'de-DE\tKaffee bestellen')
    await answer('Discard')
    await page.getByRole('dialog').getByText('Die Karte', { exact: true }).waitFor()
    await Promise.all([page.waitForEvent('close'), close()])
  })

  it('asks before one signs out of what was not sent, and waits for what is being saved', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    const url = page.getByRole('textbox', { name: 'URL of invocation 2' })
    const field = titleField(page, 'German (Germany)', LOYALTY)
    const signOut = page.getByRole('button', { name: 'Sign out' })
    const question = page.getByRole('alertdialog', { name: 'Sign out and lose what is not saved?' })
    const held = Promise.withResolvers<void>()
    await page.route('**/v1/betaAppClipInvocationLocalizations/*', async (route) => {
      await held.promise
      await route.continue()
    })
    await url.fill('http://coffee.example.com')
    await field.fill('Stempelkarte')
    await signOut.click()
    held.resolve()
    await question.getByRole('button', { name: 'Cancel' }).click()
    await signOut.and(page.locator(':focus')).waitFor()
    assert.equal(await url.inputValue(), 'http://coffee.example.com')
    assert.equal(await title(visitor, LOYALTY, 'de-DE'), 'Stempelkarte')

    await url.press('Escape')
    await field.fill('Stempel')
    await signOut.click()
    await page.getByLabel('Token', { exact: true }).waitFor()
    assert.equal(await title(visitor, LOYALTY, 'de-DE'), 'Stempel')
  })

  it('forgets what was not sent when one signs out knowingly', async (t) => {
    const { page } = await open(await console().visit(t))
    const field = titleField(page, 'German (Germany)', LOYALTY)
    const saved = await field.inputValue()
    await field.fill('x'.repeat(1000))
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token', { exact: true }).fill(console().adminToken)
    await page.getByLabel('Token', { exact: true }).press('Enter')
    await field.waitFor()
    assert.equal(await field.inputValue(), saved)
  })

  it('takes what is pasted as one line, and a URL without the spaces around it', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, context } = visitor
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const paste = async (field: Locator, text: string): Promise<void> => {
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
      await field.press('ControlOrMeta+A')
      await page.keyboard.press('ControlOrMeta+V')
    }
    const url = page.getByRole('textbox', { name: 'URL of invocation 2' })
    await paste(url, `  ${MENU} `)
    await page.keyboard.type(' ')
    await url.press('Enter')
    await untilEqual(async () => Object.keys(await invocationsOf(visitor)), [ORDER, MENU])

    const field = titleField(page, 'German (Germany)', MENU)
    // A cell of a spreadsheet ends so.
    await paste(field, 'Die Karte\r\n')
    assert.equal(await field.inputValue(), 'Die Karte')
    assert.equal(await page.getByText('Pasted as one text').count(), 0)
    await paste(field, 'Karte\tMenü\r\nSpeisen\r\n')
    assert.equal(await field.inputValue(), 'Karte Menü Speisen')
    await page.getByText('Pasted as one text').waitFor()
    // Whoever meant something else takes it back as anything that was written.
    await page.keyboard.press('ControlOrMeta+Z')
    assert.equal(await field.inputValue(), 'Die Karte')
    await field.press('Enter')
    await untilEqual(() => title(visitor, MENU, 'de-DE'), 'Die Karte')
  })

  it('saves what is written on while the first half of it is being saved', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page } = visitor
    const field = titleField(page, 'German (Germany)', LOYALTY)
    const held = Promise.withResolvers<void>()
    await page.route('**/v1/betaAppClipInvocationLocalizations/*', async (route) => {
      await held.promise
      await route.continue()
    })
    await field.fill('Stempel')
    await field.press('Enter')
    await field.fill('Stempelkarte')
    await field.press('Enter')
    held.resolve()
    await untilEqual(() => title(visitor, LOYALTY, 'de-DE'), 'Stempelkarte')
    assert.equal(await field.inputValue(), 'Stempelkarte')
  })

  it('brings back what could not be deleted', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, context } = visitor
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).click()
    await context.setOffline(true)
    await page
      .getByRole('region', { name: /Messages/ })
      .getByRole('button', { name: 'Dismiss' })
      .click()
    await page.getByText(`${LOYALTY} was not deleted.`).waitFor()
    await page.getByRole('button', { name: `Delete ${LOYALTY}` }).waitFor()
    assert(LOYALTY in (await invocationsOf(visitor)))
  })

  it('shows both texts when two tabs write the same title, and lets one choose', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, context, goTo } = visitor
    const other = await context.newPage()
    await other.goto(page.url())
    for (const [language, locale, choice, kept] of [
      ['American English', 'en-US', 'Keep mine', 'Mine'],
      ['Japanese', 'ja', 'Take theirs', 'Theirs'],
    ] as const) {
      await titleField(other, language, LOYALTY).fill('Theirs')
      await titleField(other, language, LOYALTY).press('Enter')
      await untilEqual(() => title(visitor, LOYALTY, locale), 'Theirs')
      const field = titleField(page, language, LOYALTY)
      await field.fill('Mine')
      await field.press('Enter')
      await page.getByText('Elsewhere: “Theirs”').waitFor()
      assert.equal(await field.inputValue(), 'Mine')
      assert.equal(await title(visitor, LOYALTY, locale), 'Theirs', 'nothing was written over')
      await page.getByRole('button', { name: choice }).press('Enter')
      await page.getByText('Elsewhere: “Theirs”').waitFor({ state: 'detached' })
      // The buttons have gone, and who had pressed one goes on in the cell.
      await field.and(page.locator(':focus')).waitFor()
      await untilEqual(() => title(visitor, LOYALTY, locale), kept)
      assert.equal(await field.inputValue(), kept)
    }
    await goTo(pageOf(visitor))
    assert.equal(await titleField(page, 'American English', LOYALTY).inputValue(), 'Mine')
  })

  it('hands back what was written for an invocation that another tab has deleted', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, client, bundle } = visitor
    const { items } = await client.buildBundles.betaAppClipInvocations(bundle).page()
    for (const { id, url } of items) if (url === LOYALTY) await client.betaAppClipInvocations.delete(id)
    await titleField(page, 'Japanese', LOYALTY).fill('スタンプ')
    await titleField(page, 'Japanese', LOYALTY).press('Enter')
    await page.getByText('Deleted elsewhere while you were writing').waitFor()
    await page.getByRole('status').getByText('スタンプ').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('Deleted elsewhere while you were writing').waitFor({ state: 'detached' })
  })

  it('only shows invocations to a key that may not change them', async (t) => {
    const team = await console().makeTeam()
    const key = await console().control.createKey({ team: team.team, roles: ['DEVELOPER'] })
    const { page } = await open(
      await console().visit(t, { as: 'key', with: { ...team, made: { ...team.made, keys: [key] } } }),
    )
    await page.getByText('You can look, but not change').waitFor()
    await page.getByRole('cell', { name: 'Collect a stamp' }).waitFor()
    assert.equal(await page.getByRole('main').getByRole('textbox').count(), 0)
    for (const name of ['Add invocation', 'Paste CSV', 'Copy from a build', /Delete/])
      assert.equal(await page.getByRole('button', { name }).count(), 0)
  })

  for (const size of ['desktop', 'phone'] as const) {
    it(`tells invocations apart whose URLs begin alike (${size})`, async (t) => {
      const visitor = await console().visit(t, { size })
      const { page, client, bundle } = visitor
      for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle))
        await client.betaAppClipInvocations.delete(id)
      const shop = 'https://coffee.example.com/order/at/the/counter?campaign=spring-of-the-year-2026&shop='
      for (const number of [12, 13, 14])
        await client.betaAppClipInvocations.create({
          url: `${shop}${number}`,
          buildBundle: bundle,
          titles: { 'en-US': `Order in shop ${number}` },
        })
      await open(visitor)
      for (const number of [12, 13, 14]) {
        const part =
          size === 'phone'
            ? page.locator('label').filter({ has: page.getByRole('radio', { name: `&shop=${number}`, exact: true }) })
            : page
                .getByRole('columnheader')
                .filter({ has: page.getByRole('button', { name: `Delete ${shop}${number}` }) })
                .getByText(`&shop=${number}`, { exact: true })
        await part.waitFor()
        assert(await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), 'it is cut')
      }
    })
  }

  it('keeps the choice of an invocation low on a phone, however long its URL is', async (t) => {
    const visitor = await console().visit(t, { size: 'phone' })
    const { page, client, bundle } = visitor
    const url = `${MENU}/${'very-long-part-'.repeat(100)}`
    await client.betaAppClipInvocations.create({ url, buildBundle: bundle, titles: { 'en-US': 'The menu' } })
    await open(visitor)
    const box = await page.getByRole('radiogroup').boundingBox()
    assert(box !== null && box.height < 100, `${box?.height} pixels`)
    await page.getByRole('radio', { name: '/menu/very-long-part' }).check()
    await titleField(page, 'American English', url).waitFor()
  })

  it('says of a build what testers do not see', async (t) => {
    const visitor = await open(await console().visit(t))
    const { page, client, build, team, app, goTo } = visitor
    await client.builds.update(build, { expired: true })
    await page.reload()
    await page.getByText('This build has expired').waitFor()
    // It was expired before the date that it keeps.
    const about = page.locator('.build-about')
    await about.getByText('Expired', { exact: true }).waitFor()
    assert.equal(await about.getByText('Expires').count(), 0)
    await page.getByRole('link', { name: 'Test sheet' }).click()
    const sheet = page.getByRole('article')
    await sheet.getByText('Expired').waitFor()
    assert.equal(await sheet.getByText('Expires').count(), 0)
    const { build: made } = await console().control.createBuild({
      team,
      app,
      version: '2.0',
      processing: { seconds: 3600 },
      bundles: [
        { bundleId: 'com.example.coffee' },
        { bundleId: 'com.example.coffee.Clip', bundleType: 'APP_CLIP' },
        { bundleId: 'com.example.coffee.Tasting', bundleType: 'APP_CLIP' },
      ],
    })
    await goTo(`/teams/${team}/builds/${made}`)
    await page.getByText('This build is still being processed').waitFor()
    // Each App Clip has its own.
    await page
      .getByRole('region', { name: /coffee\.Clip/ })
      .getByText('of 3 invocations')
      .waitFor()
    const tasting = page.getByRole('region', { name: /coffee\.Tasting/ })
    await tasting.getByText('Testers cannot launch this App Clip yet').waitFor()
    // Nobody has described the build: there is the language of the app, and whichever one adds.
    await tasting.getByRole('button', { name: 'Add invocation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title in American English').waitFor()
    await dialog.getByRole('combobox', { name: 'Another language' }).selectOption('ja')
    await dialog.getByRole('button', { name: 'Add language' }).click()
    await dialog.getByLabel('Title in Japanese').and(page.locator(':focus')).waitFor()
  })
})
