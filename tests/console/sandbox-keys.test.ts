import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { it } from 'node:test'
import type { Download, Page } from 'playwright-core'
import { signFor } from '../support/sign-for.ts'
import { describeConsole } from './describe-console.ts'

describeConsole('the keys of the console', (console) => {
  it('makes a key that is downloaded, works, shows its budget, is revoked, and works no more', async (t) => {
    const { page, goTo, team, made } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/keys`)
    await page.getByRole('button', { name: 'New key' }).click()
    const form = page.getByRole('dialog', { name: 'A new key' })
    await form.getByLabel('Name').fill('Release script')
    await form.getByRole('checkbox', { name: 'APP_MANAGER' }).uncheck()
    await form.getByRole('checkbox', { name: 'DEVELOPER', exact: true }).check()
    await form.getByRole('button', { name: 'Make the key' }).click()

    const shown = page.getByRole('dialog', { name: 'Keep this key now' })
    const p8 = await downloadBy(page, () => shown.getByRole('button', { name: 'Download .p8' }).click())
    const [, keyId = ''] = /^AuthKey_([A-Z0-9]+)\.p8$/.exec(p8.suggestedFilename()) ?? []
    assert.notEqual(keyId, '')
    const privateKey = await readFile(await p8.path(), 'utf8')
    const file = await downloadBy(page, () => shown.getByRole('button', { name: 'Download for fastlane' }).click())
    assert.deepEqual(JSON.parse(await readFile(await file.path(), 'utf8')), {
      key_id: keyId,
      issuer_id: made.issuerId,
      key: privateKey,
      duration: 1200,
      in_house: false,
    })
    await shown.getByRole('button', { name: 'I have it' }).click()
    assert.equal(await page.getByText('BEGIN PRIVATE KEY').count(), 0)

    const ask = async (): Promise<number> => {
      const token = await signFor({ keyId, issuerId: made.issuerId, privateKey })
      const { status } = await fetch(`${console().url}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })
      return status
    }
    const row = page.getByRole('row', { name: /Release script/ })
    await row.getByText('Unknown: no request of it in the log').waitFor()
    assert.equal(await ask(), 200)
    await row.getByText(/3,599 of 3,600 left/).waitFor()

    await row.getByRole('button', { name: 'Revoke Release script' }).click()
    const question = page.getByRole('alertdialog', { name: 'Revoke Release script?' })
    await question.getByRole('button', { name: 'Revoke' }).click()
    await row.waitFor({ state: 'detached' })
    assert.equal(await ask(), 401)
    await page.getByRole('checkbox', { name: 'Include revoked keys' }).check()
    await row.getByText('Revoked').waitFor()
  })

  it('covers nothing of a key with what stands beside it on a narrow phone', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    await console().control.createKey({ team, name: 'Kundendienst', roles: ['APP_MANAGER', 'CUSTOMER_SUPPORT'] })
    await page.setViewportSize({ width: 320, height: 640 })
    await goTo(`/teams/${team}/sandbox/keys`)
    const key = page.getByRole('row').filter({ hasText: 'Kundendienst' })
    await key.getByText('CUSTOMER_SUPPORT').waitFor()
    const covered = await key.evaluate((row) => {
      const texts = [...row.querySelectorAll('code, .badge, a, button, td:nth-of-type(2)')]
      const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()] as const)
      return boxes.flatMap(([one, a], index) =>
        boxes
          .slice(index + 1)
          .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
          .map(([other]) => `${one} and ${other}`),
      )
    })
    assert.deepEqual(covered, [])
  })

  it('shows a new key until one says that one has it', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/keys`)
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('button', { name: 'Make the key' }).click()
    const shown = page.getByRole('dialog', { name: 'Keep this key now' })
    await shown.waitFor()
    await page.mouse.click(5, 5)
    await page.keyboard.press('Escape')
    await shown.getByText('BEGIN PRIVATE KEY').waitFor()
    await shown.getByRole('button', { name: 'I have it' }).click()
    await shown.waitFor({ state: 'detached' })
    // Other dialogs go as easily as they came.
    await page.getByRole('button', { name: 'New key' }).click()
    await page.getByRole('dialog', { name: 'A new key' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('makes an individual key in German on a phone', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    await goTo(`/teams/${team}/sandbox/keys`)
    await page.getByRole('button', { name: 'Neuer Schlüssel' }).tap()
    await page.getByRole('checkbox', { name: /Persönlicher Schlüssel/ }).check()
    await page.getByRole('button', { name: 'Schlüssel anlegen' }).tap()
    await page.getByText('Keine: Es ist ein persönlicher Schlüssel').waitFor()
    await page.getByRole('button', { name: 'Ich habe ihn' }).tap()
    const width = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    assert.ok(width <= 0, `the page is ${width} pixels too wide`)
  })
})

async function downloadBy(page: Page, act: () => Promise<void>): Promise<Download> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()])
  return download
}
