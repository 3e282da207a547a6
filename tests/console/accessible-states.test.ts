import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Page } from 'playwright-core'
import { describeConsole, type Visitor } from './describe-console.ts'
import { findViolations } from './find-violations.ts'

interface State {
  readonly path: (visitor: Visitor) => string
  /** Ends when the state shows. */
  readonly reach: (page: Page) => Promise<void>
}

const build = ({ team, build: id }: Visitor): string => `/teams/${team}/builds/${id}`
const sandbox = ({ team }: Visitor): string => `/teams/${team}/sandbox`

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).first().click()
}

/** By pressing a button, in a dialog that has a title. */
function dialog(path: State['path'], name: string | RegExp, title: string | RegExp): State {
  return {
    path,
    async reach(page) {
      await press(page, name)
      await page.getByRole('heading', { level: 2, name: title }).waitFor()
    },
  }
}

const STATES: Readonly<Record<string, State>> = {
  'adding an invocation': dialog(build, 'Add invocation', 'Add an invocation'),
  'copying from another build': dialog(build, 'Copy from a build', 'Copy from another build'),
  'pasting lines that cannot be read': {
    path: build,
    async reach(page) {
      await press(page, 'Paste CSV')
      await page.getByRole('dialog').getByRole('textbox').fill('de-DE,Bestellen\nxx,Nichts')
      await page.getByText('Lines that cannot be read').waitFor()
    },
  },
  'a URL that is wrong': {
    path: build,
    async reach(page) {
      await page.getByLabel('URL of invocation 1').fill('nonsense')
      await page.getByText(/must be an absolute https URL/).waitFor()
    },
  },
  'a title that is missing': {
    path: build,
    async reach(page) {
      await page.getByRole('combobox', { name: 'Another language' }).selectOption('fr-FR')
      await press(page, 'Add language')
      await page.getByText('2 titles missing').waitFor()
    },
  },
  'a deletion that can be undone': {
    path: build,
    async reach(page) {
      await press(page, /^Delete https/)
      await page.getByText('Will be deleted', { exact: true }).waitFor()
    },
  },
  'a link that was made': {
    path: (visitor) => `${build(visitor)}/testers`,
    async reach(page) {
      await press(page, 'Make a link')
      await page.getByRole('heading', { name: 'Your new link' }).waitFor()
      await press(page, /^Revoke /)
      await page.getByRole('alertdialog').waitFor()
      await press(page, 'Cancel')
      await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    },
  },
  'a file with problems': {
    path: (visitor) => `${build(visitor)}/file`,
    async reach(page) {
      await page.getByLabel('Content of clipflight.yaml').fill('app: com.example.coffee\ninvocations:\n  - urll: 3\n')
      await page.getByText(/The file has/).waitFor()
    },
  },
  'the plan of a file': {
    path: (visitor) => `${build(visitor)}/file`,
    async reach(page) {
      await press(page, 'Begin with the export')
      await page.getByText('No changes: the build is as it should be.').waitFor()
    },
  },
  'a new team': dialog(() => '/teams', 'New team', 'A new team'),
  'a new key': dialog((visitor) => `${sandbox(visitor)}/keys`, 'New key', 'A new key'),
  'a key that was made': {
    path: (visitor) => `${sandbox(visitor)}/keys`,
    async reach(page) {
      await press(page, 'New key')
      await press(page, 'Make the key')
      await page.getByRole('heading', { name: 'Keep this key now' }).waitFor()
    },
  },
  'revoking a key': dialog((visitor) => `${sandbox(visitor)}/keys`, /^Revoke /, /^Revoke .+\?$/),
  'a fault that is on': {
    path: (visitor) => `${sandbox(visitor)}/faults`,
    async reach(page) {
      await page.getByRole('switch', { name: /slow/ }).press('Space')
      await page.getByRole('button', { name: 'Remove slow' }).waitFor()
    },
  },
  'a rule that is wrong': {
    path: (visitor) => `${sandbox(visitor)}/faults`,
    async reach(page) {
      await page.getByRole('textbox', { name: 'Rule' }).fill('{ "match": { "metod": 1 } }')
      await page.getByText(/metod/).last().waitFor()
    },
  },
  'a request in full': {
    path: (visitor) => `${sandbox(visitor)}/log`,
    async reach(page) {
      await page.locator('.log-row').first().click()
      await page.getByRole('button', { name: 'Copy as curl' }).waitFor()
    },
  },
  'a filter that nothing matches': {
    path: (visitor) => `${sandbox(visitor)}/log`,
    async reach(page) {
      await page.getByLabel('Path').fill('/nothing')
      await page.getByRole('heading', { name: 'No request matches' }).waitFor()
    },
  },
  'a snapshot that is there': {
    path: (visitor) => `${sandbox(visitor)}/state`,
    async reach(page) {
      await page.getByLabel('Name').fill('before')
      await press(page, 'Save')
      await page.getByRole('button', { name: 'Restore before' }).waitFor()
    },
  },
  'resetting a team': dialog((visitor) => `${sandbox(visitor)}/state`, 'Reset to the seed', /^Reset the team/),
  'a build that cannot be added': {
    path: (visitor) => `${sandbox(visitor)}/builds`,
    async reach(page) {
      await page.getByLabel('Duration in seconds').fill('soon')
      await press(page, 'Add the build')
      await page.locator('[aria-invalid="true"]').first().waitFor()
    },
  },
}

const LOOKS = [
  { size: 'desktop', theme: 'dark' },
  { size: 'phone', theme: 'light' },
] as const

describeConsole('what the console comes to', (console) => {
  for (const [name, { path, reach }] of Object.entries(STATES)) {
    for (const look of LOOKS) {
      it(`${name}: it is accessible and fits (${look.size}, ${look.theme})`, async (t) => {
        const visitor = await console().visit(t, look)
        await visitor.goTo(path(visitor))
        await reach(visitor.page)
        // React Aria shows a dialog on a phone once the keyboard has come, or does not.
        await visitor.page.waitForFunction(() => {
          const ground = document.querySelector('.dialog-ground')
          return ground === null || getComputedStyle(ground).opacity === '1'
        })
        // To the top: what is scrolled to below the header has no size to be pressed.
        await visitor.page.evaluate(() => scrollTo(0, 0))
        assert.deepEqual(await findViolations(visitor.page), [])
        const wide = await visitor.page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        assert.equal(wide, 0, 'the page is wider than the window')
      })
    }
  }
})
