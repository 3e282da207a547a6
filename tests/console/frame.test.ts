import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeConsole } from './describe-console.ts'

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
})
