import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import { describeConsole } from './describe-console.ts'
import { invocationsOf } from './invocations-of.ts'

describeConsole('the state of a sandbox in the console', (console) => {
  it('saves a snapshot, restores it after something was lost, and deletes it', async (t) => {
    const { page, goTo, team, client, bundle } = await console().visit(t)
    const urls = async (): Promise<string[]> =>
      (await Array.fromAsync(client.buildBundles.betaAppClipInvocations(bundle))).map(({ url }) => url).toSorted()
    const before = await urls()
    assert.ok(before.length > 0)

    await goTo(`/teams/${team}/sandbox/state`)
    const snapshots = page.getByRole('region', { name: 'Snapshots' })
    await snapshots.getByText('None yet.').waitFor()
    await snapshots.getByRole('textbox', { name: 'Name' }).fill('with spaces')
    await snapshots.getByRole('button', { name: 'Save' }).click()
    await snapshots.getByText(/It must be 1 to 64 letters/).waitFor()
    await snapshots.getByRole('textbox', { name: 'Name' }).fill('before')
    await snapshots.getByRole('button', { name: 'Save' }).click()
    await snapshots.getByRole('row', { name: /before/ }).waitFor()

    for await (const { id } of client.buildBundles.betaAppClipInvocations(bundle)) {
      await client.betaAppClipInvocations.delete(id)
    }
    assert.deepEqual(await urls(), [])
    await snapshots.getByRole('button', { name: 'Restore before' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('before is restored.').waitFor()
    assert.deepEqual(await urls(), before)

    await snapshots.getByRole('button', { name: 'Delete before' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await snapshots.getByText('None yet.').waitFor()
  })

  it('asks before a snapshot is saved in the place of another', async (t) => {
    const { page, goTo, team, client, bundle } = await console().visit(t)
    await console().control.saveSnapshot({ team, name: 'before' })
    const { items: urls } = await client.buildBundles.betaAppClipInvocations(bundle).page()
    await goTo(`/teams/${team}/sandbox/state`)
    const snapshots = page.getByRole('region', { name: 'Snapshots' })
    const question = page.getByRole('alertdialog', { name: 'Replace before?' })
    const name = snapshots.getByRole('textbox', { name: 'Name' })
    await snapshots.getByRole('row', { name: /before/ }).waitFor()
    for (const { id } of urls) await client.betaAppClipInvocations.delete(id)
    await name.fill(' before ')
    await name.press('Enter')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    await console().control.restoreSnapshot({ team, snapshot: 'before' })
    assert.equal((await client.buildBundles.betaAppClipInvocations(bundle).page()).items.length, urls.length)

    for (const { id } of urls) await client.betaAppClipInvocations.delete(id)
    await name.press('Enter')
    await question.getByRole('button', { name: 'Replace' }).click()
    await page.getByText('before is saved.').waitFor()
    await question.waitFor({ state: 'detached' })
    await console().control.restoreSnapshot({ team, snapshot: 'before' })
    assert.equal((await client.buildBundles.betaAppClipInvocations(bundle).page()).items.length, 0)
  })

  it('restores an invocation whose deletion can still be undone, and lets nothing take it away again', async (t) => {
    const visitor = await console().visit(t)
    const { page, goTo, team, build } = visitor
    const before = await invocationsOf(visitor)
    const [url = ''] = Object.keys(before)
    await console().control.saveSnapshot({ team, name: 'before' })
    await goTo(`/teams/${team}/builds/${build}`)
    await page.getByRole('button', { name: `Delete ${url}` }).click()

    await page.getByRole('link', { name: 'Sandbox' }).click()
    await page.getByRole('link', { name: 'State' }).click()
    await page.getByRole('button', { name: 'Restore before' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click()
    await page.getByText('before is restored.').waitFor()

    assert.equal(await page.getByRole('button', { name: 'Undo', exact: true }).count(), 0)
    assert.deepEqual(await invocationsOf(visitor), before)
  })

  it('sets the clock on a phone, where the button stands clear of the field', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    await goTo(`/teams/${team}/sandbox/state`)
    const field = await page.getByLabel('Stellen auf').boundingBox()
    const button = await page.getByRole('button', { name: 'Stellen', exact: true }).boundingBox()
    assert(field !== null && button !== null)
    const isBeside = button.x >= field.x + field.width
    const isBelow = button.y >= field.y + field.height
    assert.equal(isBeside || isBelow, true, JSON.stringify({ field, button }))
  })

  it('resets a team to its seed once that was confirmed', async (t) => {
    const { page, goTo, team, client, build } = await console().visit(t)
    await client.builds.update(build, { expired: true })
    await goTo(`/teams/${team}/sandbox/state`)
    await page.getByRole('button', { name: 'Reset to the seed' }).click()
    const question = page.getByRole('alertdialog', { name: 'Reset the team to its seed?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    assert.equal((await client.builds.get(build)).expired, true)
    await page.getByRole('button', { name: 'Reset to the seed' }).click()
    await question.getByRole('button', { name: 'Reset to the seed' }).click()
    await page.getByText('The team is reset to its seed.').waitFor()
    assert.equal((await client.builds.get(build)).expired, false)
  })

  it('exports a team as a seed file, and imports one after saying what is wrong with another', async (t) => {
    const { page, goTo, team, client } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/state`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ])
    assert.equal(download.suggestedFilename(), `team-${team}.yaml`)
    const exported = await readFile(await download.path(), 'utf8')
    assert.match(exported, /bundleId: com\.example\.coffee/)

    const choose = async (name: string, text: string): Promise<void> => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Import a seed file' }).click(),
      ])
      await chooser.setFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) })
      await page.getByRole('alertdialog').getByRole('button', { name: 'Import' }).click()
    }
    await choose('wrong.yaml', 'teams:\n  - name: Bakery\n    appz: []\n')
    await page.getByText(/seed:3:5: 'appz'/).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await choose(
      'bakery.yaml',
      'teams:\n  - name: Bakery\n    apps:\n      - { name: Bakery, bundleId: com.example.bakery }\n',
    )
    await page.getByText('bakery.yaml is imported.').waitFor()
    const { items } = await client.apps.list().page()
    assert.deepEqual(
      items.map(({ bundleId }) => bundleId),
      ['com.example.bakery'],
    )
  })
})

describeConsole('builds and the clock of a sandbox in the console', (console) => {
  it('adds a build that is processed while the clock stands, and is ready once it was advanced', async (t) => {
    const { page, goTo, team, context } = await console().visit(t)
    t.after(() => console().control.changeClock({ release: true }))
    await goTo(`/teams/${team}/sandbox/state`)
    const clock = page.getByRole('region', { name: 'Clock' })
    await clock.getByText('Running').waitFor()
    await clock.getByRole('switch', { name: 'Freeze' }).focus()
    await page.keyboard.press('Space')
    await clock.getByRole('switch', { name: 'Freeze', checked: true }).waitFor()

    await page.getByRole('link', { name: 'New build' }).click()
    await page.getByRole('textbox', { name: 'Duration in seconds' }).fill('soon')
    await page.getByRole('button', { name: 'Add the build' }).click()
    await page
      .getByRole('textbox', { name: 'Version', exact: true })
      .and(page.locator('[aria-invalid="true"]:focus'))
      .waitFor()
    await page
      .getByRole('textbox', { name: 'Duration in seconds' })
      .and(page.locator('[aria-invalid="true"]'))
      .waitFor()
    await page.getByText("'version' is missing.").waitFor()
    await page.getByRole('textbox', { name: 'Version', exact: true }).fill('9.9')
    await page.getByRole('textbox', { name: 'Duration in seconds' }).fill('90')
    await page.getByRole('button', { name: 'Add the build' }).click()
    await page.getByRole('heading', { level: 1, name: /Example Coffee 9\.9/ }).waitFor()
    await page.getByText('Processing', { exact: true }).waitFor()

    // In another tab, so that the page of the build is seen to change by itself.
    const other = await context.newPage()
    await other.goto(`${console().url}/console/teams/${team}/sandbox/state`)
    await other.getByRole('textbox', { name: 'Advance by' }).fill('2')
    await other.getByRole('button', { name: 'Advance' }).click()
    await other
      .getByText('2 minutes ahead of the machine’s')
      .or(other.getByText(/minute.* ahead/))
      .waitFor()
    await page.getByText('Ready', { exact: true }).waitFor()

    await other.getByRole('button', { name: 'Back to the machine’s time' }).press('Enter')
    await other.getByText('As the machine’s').waitFor()
    // The button has nothing left to do.
    await other.getByRole('heading', { name: 'Clock' }).and(other.locator(':focus')).waitFor()
    await other.getByRole('region', { name: 'Clock' }).getByText('Running').waitFor()
  })

  it('shows a build as expired to who manages it and to testers alike once its date has come', async (t) => {
    const { page, goTo, team, build } = await console().visit(t)
    const { path } = await console().control.createTesterLink({ team, build })
    await goTo(`/teams/${team}/sandbox/state`)
    t.after(() => console().control.changeClock({ release: true }))
    await page.getByRole('textbox', { name: 'Advance by' }).fill('91')
    await page.getByLabel('Unit').selectOption('Days')
    await page.getByRole('button', { name: 'Advance' }).click()
    await page.getByText(/ahead of the machine/).waitFor()
    await page.getByRole('link', { name: 'Apps', exact: true }).click()
    await page.getByRole('link', { name: '1.4 (42)' }).click()
    await page.getByText('This build has expired').waitFor()
    await page.getByText('Expired', { exact: true }).waitFor()
    await page.goto(`${console().url}${path}`)
    await page.getByText('This build has expired').waitFor()
  })

  it('says beside the field what the service finds wrong with a build, in German on a phone', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    await goTo(`/teams/${team}/sandbox/builds`)
    const add = page.getByRole('button', { name: 'Build hinzufügen' })
    const version = page.getByRole('textbox', { name: 'Version', exact: true })
    await version.fill('7.0')
    await page.getByRole('textbox', { name: 'Build-Nummer' }).fill('1')
    await page.getByLabel('Bundles', { exact: true }).selectOption('own')
    await page.getByRole('textbox', { name: 'Bundle-ID' }).fill('com.example.coffee')
    await add.tap()
    await page.getByRole('heading', { level: 1, name: /Example Coffee 7\.0/ }).waitFor()
    await page.goBack()
    await version.fill('7.0')
    await page.getByRole('textbox', { name: 'Build-Nummer' }).fill('1')
    await add.tap()
    await page.getByText('The build 1 of version 7.0 already exists.').waitFor()
    await page.locator('[aria-invalid="true"]:focus').waitFor()
    const width = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    assert.ok(width <= 0, `the page is ${width} pixels too wide`)
  })
})

describeConsole('the teams of the console', (console) => {
  it('makes a team with the demo, goes to it, and deletes it once its name was typed', async (t) => {
    const { page, goTo } = await console().visit(t)
    await goTo('/teams')
    await page.getByRole('button', { name: 'New team' }).click()
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Release QA')
    await page.getByRole('button', { name: 'Make the team' }).click()
    const keys = page.getByRole('dialog', { name: 'Keep this key now' })
    await keys.getByText('BEGIN PRIVATE KEY').waitFor()
    await keys.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('link', { name: 'Release QA' }).click()
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    await page.goBack()

    await page.getByRole('button', { name: 'Delete Release QA' }).click()
    const question = page.getByRole('alertdialog', { name: 'Delete Release QA?' })
    const doIt = question.getByRole('button', { name: 'Delete' })
    assert.equal(await doIt.isDisabled(), true)
    await question.getByRole('textbox').fill('Release QA')
    await doIt.click()
    await page.getByRole('link', { name: 'Release QA' }).waitFor({ state: 'detached' })
    const { teams } = await console().control.listTeams()
    assert.ok(!teams.some(({ name }) => name === 'Release QA'))
  })
})
