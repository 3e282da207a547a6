import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import type { MadeKey, MadeTeam } from '@clipflight/control'
import type { Page } from 'playwright-core'
import { describeConsole } from './describe-console.ts'

/** Signs in with the first key of a team, as its file. */
async function giveKey(t: TestContext, page: Page, { issuerId, keys }: MadeTeam): Promise<MadeKey> {
  const [key] = keys
  assert(key !== undefined)
  const folder = await mkdtemp(join(tmpdir(), 'clipflight-key-'))
  t.after(() => rm(folder, { recursive: true }))
  const file = join(folder, `AuthKey_${key.id}.p8`)
  await writeFile(file, key.privateKey)
  await page.getByLabel('Private key (.p8)').setInputFiles(file)
  // The id is read from the name of the file.
  await page.locator(`input[value="${key.id}"]`).waitFor()
  await page.getByLabel('Issuer ID').fill(issuerId)
  await page.getByRole('button', { name: 'Sign in' }).last().click()
  return key
}

describeConsole('signing in to the console', (console) => {
  it('takes the admin token, by keyboard alone, and shows the teams', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo('/')
    const field = page.getByLabel('Token', { exact: true })
    await field.waitFor()
    while (!(await field.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab')
    await page.keyboard.type(console().adminToken)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
  })

  it('takes a key, whose private half does not leave the page', async (t) => {
    const { page, goTo, made, team } = await console().visit(t, { as: 'nobody' })
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    await goTo('/')
    const key = await giveKey(t, page, made)
    await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/apps`)
    const secret = key.privateKey.split('\n')[1] ?? ''
    assert(secret.length > 20)
    assert.deepEqual(
      sent.filter((body) => body.includes(secret)),
      [],
    )
  })

  it('takes a key, whatever the clock of the service shows', async (t) => {
    const { page, goTo, made } = await console().visit(t, { as: 'nobody' })
    await console().control.changeClock({ set: '2031-02-03T04:05:06Z', frozen: true })
    try {
      await goTo('/')
      await giveKey(t, page, made)
      await page.getByRole('heading', { level: 1, name: 'Apps' }).waitFor()
    } finally {
      await console().control.changeClock({ release: true })
    }
  })

  it('takes a code from the address once, and removes it from there', async (t) => {
    const { code } = await console().control.createSignInCode()
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo(`/sign-in#code=${code}`)
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
    assert.equal(page.url().includes(code), false)
    await page.goBack()
    assert.equal(page.url().includes(code), false)

    const late = await console().visit(t, { as: 'nobody' })
    await late.goTo(`/sign-in#code=${code}`)
    await late.page.getByRole('alert').getByText('was used before').waitFor()
  })

  it('lets who has signed in stay where a link that was used is opened again', async (t) => {
    const { code } = await console().control.createSignInCode()
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo(`/sign-in#code=${code}`)
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
    await page.goto('about:blank')
    await goTo(`/sign-in#code=${code}`)
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
    assert.equal(page.url().includes(code), false)
  })

  it('takes a new code in the tab that refused an old one', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo('/sign-in#code=old')
    await page.getByRole('alert').getByText('was used before').waitFor()
    const { code } = await console().control.createSignInCode()
    // The same page with another fragment, which loads nothing.
    await goTo(`/sign-in#code=${code}`)
    await page.getByRole('heading', { level: 1, name: 'Teams' }).waitFor()
    assert.equal(page.url().includes(code), false)
    await page.goBack()
    assert.equal(page.url().includes(code), false)
  })

  it('says that a wrong token is none, and asks for what is missing', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo('/')
    await page.getByRole('button', { name: 'Sign in' }).first().press('Enter')
    await page.getByText('Fill this in.').waitFor()
    await page.getByLabel('Token', { exact: true }).and(page.locator(':focus')).waitFor()
    await page.getByRole('button', { name: 'Sign in' }).last().press('Enter')
    const file = page.getByLabel('Private key (.p8)').and(page.locator(':focus'))
    await file.waitFor()
    // As often as one asks.
    await page.getByRole('button', { name: 'Sign in' }).last().press('Enter')
    await file.waitFor()
    await page.getByLabel('Token', { exact: true }).fill('not-a-token')
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await page.getByRole('alert').getByText('The service does not accept that.').waitFor()
  })

  it('refuses a file that is no key', async (t) => {
    const { page, goTo } = await console().visit(t, { as: 'nobody' })
    await goTo('/')
    await page
      .getByLabel('Private key (.p8)')
      .setInputFiles({ name: 'AuthKey_ABCDEF1234.p8', mimeType: 'text/plain', buffer: Buffer.from('no key') })
    await page.getByRole('button', { name: 'Sign in' }).last().press('Enter')
    await page.getByText('This is no private key of App Store Connect.').waitFor()
    await page.getByLabel('Private key (.p8)').and(page.locator(':focus')).waitFor()
  })

  it('leads back to where one was when the session has ended', async (t) => {
    const { page, context, goTo, team, app } = await console().visit(t)
    await goTo(`/teams/${team}/apps`)
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    await context.clearCookies()
    await page.getByRole('link', { name: 'Example Coffee' }).click()
    await page.getByLabel('Token', { exact: true }).fill(console().adminToken)
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Example Coffee' }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/apps/${app}`)
  })

  it('forgets everything when one signs out', async (t) => {
    const { page, context, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/apps`)
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    const cookies = await context.cookies()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Token', { exact: true }).waitFor()
    assert.equal(await page.getByText('Your session has ended').count(), 0)
    await context.addCookies(cookies)
    await page.reload()
    await page.getByLabel('Token', { exact: true }).waitFor()
  })

  it('shows a key nothing of another team', async (t) => {
    const other = await console().makeTeam()
    const { page, goTo } = await console().visit(t, { as: 'key' })
    await goTo(`/teams/${other.team}/builds/${other.build}`)
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    assert.equal(await page.getByText('Example Coffee').count(), 0)
  })

  it('ends when its key is revoked', async (t) => {
    const { page, goTo, team, made } = await console().visit(t, { as: 'key' })
    await goTo(`/teams/${team}/apps`)
    await page.getByRole('link', { name: 'Example Coffee' }).waitFor()
    await console().control.revokeKey({ team, key: made.keys[0]?.id ?? '' })
    await page.getByRole('link', { name: 'Example Coffee' }).click()
    await page.getByLabel('Token', { exact: true }).waitFor()
  })
})
