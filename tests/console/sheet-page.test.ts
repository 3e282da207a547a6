import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeConsole, type Visitor } from './describe-console.ts'
import { readQrCode } from './read-qr-code.ts'

const URLS = [
  'https://coffee.example.com/order?shop=12',
  'https://coffee.example.com/loyalty',
  "https://coffee.example.com/menu?name=O'Brien",
]

const TITLES = { 'en-US': 'Open the menu', 'ar-SA': 'افتح قائمة الطعام' }

async function goToSheet({ goTo, page, client, team, build, bundle }: Visitor, search = ''): Promise<void> {
  await client.betaAppClipInvocations.create({ url: URLS[2] ?? '', buildBundle: bundle, titles: TITLES })
  await goTo(`/teams/${team}/builds/${build}/sheet${search}`)
  await page.getByText('Test sheet', { exact: true }).last().waitFor()
  await page.getByRole('button', { name: /^(Print|Drucken)$/ }).waitFor()
}

describeConsole('the test sheet', (console) => {
  it('has every invocation with its code, its titles in all locales, and boxes to tick', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await goToSheet(visitor)
    const sheet = page.getByRole('article')
    await sheet.getByRole('heading', { name: 'Example Coffee 1.4 (42)' }).waitFor()
    for (const url of URLS) {
      assert.equal(await readQrCode(sheet.getByRole('img', { name: `QR code of ${url}`, exact: true })), url)
    }
    const rows = await sheet.getByRole('table').last().locator('tbody tr').allInnerTexts()
    assert.deepEqual(
      rows.map((row) =>
        row
          .split(/\s*\t\s*/)
          .slice(0, 2)
          .map((cell) => cell.replaceAll(/\s+/g, ' ')),
      ),
      [
        ['Arabic (Saudi Arabia) ar-SA', TITLES['ar-SA']],
        ['German (Germany) de-DE', 'no title'],
        ['American English en-US', TITLES['en-US']],
        ['Japanese ja', 'no title'],
      ],
    )
    const title = sheet.getByRole('cell', { name: TITLES['ar-SA'] })
    assert.equal(await title.getAttribute('lang'), 'ar-SA')
    assert.equal(await title.evaluate((cell) => getComputedStyle(cell).direction), 'rtl')
    assert.deepEqual(await sheet.getByRole('term').allInnerTexts(), ['de-DE', 'en-US', 'ja'], 'as the titles')
    // One for each invocation, and one for each of its locales.
    assert.equal(await sheet.locator('.sheet-box').count(), 3 * (1 + 4))
  })

  it('has the locales that are chosen, which its address keeps', async (t) => {
    const visitor = await console().visit(t)
    const { page } = visitor
    await goToSheet(visitor)
    await page.getByRole('button', { name: 'None' }).click()
    await page.getByRole('checkbox', { name: 'Japanese' }).check()
    assert.equal(new URL(page.url()).searchParams.get('locales'), 'ja')
    await page.reload()
    await page.getByText('カウンターで注文').waitFor()
    assert.equal(await page.getByRole('checkbox', { name: 'Japanese' }).isChecked(), true)
    assert.equal(await page.getByText('Order at the counter').count(), 0)
    await page.getByRole('button', { name: 'All' }).click()
    await page.getByText('Order at the counter').waitFor()
    assert.equal(new URL(page.url()).search, '')
  })

  for (const format of ['A4', 'Letter'] as const) {
    it(`is printed on ${format} without the page around it, black on white in the dark too`, async (t) => {
      const visitor = await console().visit(t, { theme: 'dark' })
      const { page } = visitor
      await goToSheet(visitor)
      await page.emulateMedia({ media: 'print' })
      for (const around of ['banner', 'navigation', 'contentinfo', 'checkbox'] as const) {
        for (const each of await page.getByRole(around).all()) assert.equal(await each.isVisible(), false, around)
      }
      const [ground, ink, paper] = await page.getByRole('article').evaluate((sheet) => {
        const { backgroundColor, color } = getComputedStyle(sheet)
        return [backgroundColor, color, getComputedStyle(document.documentElement).backgroundColor]
      })
      assert.deepEqual([ground, ink, paper], ['rgb(255, 255, 255)', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
      // The outline of a document has its headings, in plain text where that is plain.
      const pdf = (await page.pdf({ format, outline: true, tagged: true })).toString('latin1')
      for (const url of URLS) assert(pdf.includes(url), `the document has no ${url}`)
    })
  }

  it('prints when it is told to', async (t) => {
    const visitor = await console().visit(t, { language: 'de', size: 'phone' })
    const { page } = visitor
    await page.addInitScript(() => {
      globalThis.print = () => Object.assign(globalThis, { isPrinted: true })
    })
    const { goTo, team, build } = visitor
    await goTo(`/teams/${team}/builds/${build}/sheet`)
    await page.getByRole('button', { name: 'Drucken' }).click()
    assert.equal(await page.evaluate(() => Reflect.get(globalThis, 'isPrinted')), true)
  })

  it('says that there is nothing to test when there are no invocations', async (t) => {
    const { page, goTo, client, team, build, bundle } = await console().visit(t)
    for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle)) {
      await client.betaAppClipInvocations.delete(id)
    }
    await goTo(`/teams/${team}/builds/${build}/sheet`)
    await page.getByRole('heading', { name: 'Nothing to test yet' }).waitFor()
  })
})
