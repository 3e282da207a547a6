import assert from 'node:assert/strict'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import type { Page } from 'playwright-core'
import { freshDirectory } from '../serve/run-clipflight.ts'
import { describeConsole, type StoryTeam } from './describe-console.ts'

/** The button that files are chosen with, by the page it is on, and what is to be pressed before. */
const PLACES: Readonly<Record<string, { path: (team: StoryTeam) => string; before?: string; button: string }>> = {
  'a file of invocations': {
    path: ({ team, build }) => `/teams/${team}/builds/${build}/file`,
    button: 'Choose a file …',
  },
  'a table': {
    path: ({ team, build }) => `/teams/${team}/builds/${build}`,
    before: 'Paste CSV',
    button: 'Open a file',
  },
  'a seed file': { path: ({ team }) => `/teams/${team}/sandbox/state`, button: 'Import a seed file' },
  'the seed of a new team': { path: () => '/teams', before: 'New team', button: 'Choose a file' },
}

/** A file that is deleted once it was chosen, before the page gets to read it. */
async function vanishingFile(t: TestContext, page: Page, name: string): Promise<string> {
  const path = join(await freshDirectory(t), name)
  await writeFile(path, 'de-DE,Die Karte')
  await page.route('**/vanish', async (route) => {
    await rm(path)
    await route.fulfill({ body: '' })
  })
  await page.evaluate(() => {
    const vanish = (): void => {
      const request = new XMLHttpRequest()
      request.open('GET', '/vanish', false)
      request.send()
    }
    addEventListener('change', ({ target }) => target instanceof HTMLInputElement && target.files && vanish(), true)
  })
  return path
}

describeConsole('files that cannot be read', (console) => {
  for (const [what, { path, before, button }] of Object.entries(PLACES)) {
    it(`says so of ${what}`, async (t) => {
      const visitor = await console().visit(t)
      const { page, goTo } = visitor
      await goTo(path(visitor))
      if (before !== undefined) await page.getByRole('button', { name: before }).click()
      if (before === 'New team') await page.getByLabel('Data to begin with').selectOption({ label: 'A seed file' })
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: button }).click(),
      ])
      await chooser.setFiles(await vanishingFile(t, page, 'titles.csv'))
      await page.getByText('The file cannot be read.').waitFor()
    })
  }

  it('says so of a private key, beside the field', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo('/')
    const file = page.getByLabel('Private key (.p8)')
    await file.waitFor()
    await file.setInputFiles(await vanishingFile(t, page, 'AuthKey_ABCDEF1234.p8'))
    await page.getByText('The file cannot be read.').waitFor()
    assert.equal(await file.getAttribute('aria-invalid'), 'true')
  })
})
