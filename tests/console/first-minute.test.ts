import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { runClipflight } from '../serve/run-clipflight.ts'
import { describeConsole } from './describe-console.ts'

/** A modest pace: finding what to click takes longer than the click, and nobody types fast what they make up. */
const SECONDS_PER_CLICK = 1.5
const SECONDS_PER_KEY = 0.2

/** Somebody's hands: all that they do is counted. */
class Hands {
  clicks = 0
  keys = 0

  async click(target: Locator): Promise<void> {
    this.clicks++
    await target.click()
  }

  /** Follows a link that stands outside of the pages: on a terminal, in a message. */
  async follow(page: Page, address: string): Promise<void> {
    this.clicks++
    await page.goto(address)
  }

  async press(page: Page, key: string): Promise<void> {
    this.keys++
    await page.keyboard.press(key)
  }

  /** A key press for each character, or for each of what an input method makes the text of. */
  async type(page: Page, text: string, pressed: readonly string[] = [...text]): Promise<void> {
    this.keys += pressed.length
    await page.keyboard.insertText(text)
  }

  get seconds(): number {
    return this.clicks * SECONDS_PER_CLICK + this.keys * SECONDS_PER_KEY
  }
}

describeConsole(
  'somebody who has never used it',
  (console) => {
    it('adds an invocation in three languages and sees it on a phone with 6 clicks and 74 keys', async (t) => {
      const { dataDir } = console().service.greeting
      const { page } = await console().openWindow(t)
      const hands = new Hands()

      const printed = await runClipflight(t, ['console', '--print', '--data-dir', dataDir]).firstLine()
      await hands.follow(page, printed)
      await hands.click(page.getByRole('link', { name: '1.4 (42)' }))
      await hands.click(page.getByRole('button', { name: 'Add invocation' }))

      const dialog = page.getByRole('dialog', { name: 'Add an invocation' })
      await hasFocus(dialog.getByLabel('URL'))
      await hands.type(page, 'https://coffee.example.com/cup')
      await hands.press(page, 'Tab')
      await hasFocus(dialog.getByLabel('Title in German (Germany)'))
      await hands.type(page, 'Becher leihen')
      await hands.press(page, 'Tab')
      await hasFocus(dialog.getByLabel('Title in American English'))
      await hands.type(page, 'Borrow a cup')
      await hands.press(page, 'Tab')
      await hasFocus(dialog.getByLabel('Title in Japanese'))
      await hands.type(page, 'カップを借りる', [...'kappuwokariru', 'Space', 'Enter'])
      await hands.press(page, 'Enter')
      await page.getByText('3 of 3 invocations').waitFor()

      await hands.click(page.getByRole('link', { name: 'For testers' }))
      await hands.click(page.getByRole('button', { name: 'Make a link' }))
      const made = page.getByRole('link', { name: 'Open it' })
      await made.waitFor()
      assert.equal(await page.getByText('Added https://coffee.example.com/cup').count(), 0, 'a notice lies over it')
      const link = await made.getAttribute('href')

      const phone = await console().openWindow(t, { size: 'phone', language: 'de' })
      await hands.follow(phone.page, link ?? '')
      await phone.page.getByText('Becher leihen').waitFor()
      assert.equal(await phone.page.getByText('Borrow a cup').count(), 0)

      assert.deepEqual({ clicks: hands.clicks, keys: hands.keys }, { clicks: 6, keys: 74 })
      assert(hands.seconds < 60, `${hands.seconds} s`)
    })
  },
  ['--seed', 'demo'],
)

async function hasFocus(field: Locator): Promise<void> {
  await field.and(field.page().locator(':focus')).waitFor()
}
