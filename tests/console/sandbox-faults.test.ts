import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeConsole } from './describe-console.ts'
import { untilEqual } from './invocations-of.ts'

describeConsole('the faults of the console', (console) => {
  it('switches a preset on, which strikes a client, and off again', async (t) => {
    const { page, goTo, team, client } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/faults`)
    await page.getByText('No fault is at work.').waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('403 agreement')
    const switches = page.getByRole('switch')
    await page.getByRole('switch', { name: 'agreement-missing' }).waitFor()
    assert.equal(await switches.count(), 1)
    await page.getByText('agreement-missing').waitFor()
    await press(page.getByRole('switch', { name: 'agreement-missing' }))
    const row = page.getByRole('row', { name: /agreement-missing/ })
    await row.getByText('0 of 0').waitFor()

    await assert.rejects(client.apps.list().page(), { status: 403 })
    await row.getByText('1 of 1').waitFor()
    await press(page.getByRole('switch', { name: 'agreement-missing' }))
    await row.waitFor({ state: 'detached' })
    await client.apps.list().page()
  })

  it('leaves a fault for all teams where it is when the preset is switched', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    const { control } = console()
    const { id } = await control.createFault({ preset: 'slow' })
    try {
      await goTo(`/teams/${team}/sandbox/faults`)
      const slow = page.getByRole('switch', { name: 'slow' })
      await page.getByRole('row', { name: /slow.*All teams/ }).waitFor()
      assert.equal(await slow.isChecked(), false)
      await press(slow)
      await untilEqual(async () => (await control.listFaults({ team })).faults.length, 2)
      await page.getByRole('row', { name: /slow/ }).nth(1).waitFor()
      await press(slow)
      await page.getByRole('row', { name: /slow/ }).nth(1).waitFor({ state: 'detached' })
      assert.deepEqual(
        (await control.listFaults({ team })).faults.map((fault) => fault.id),
        [id],
      )
    } finally {
      await control.deleteFault({ fault: id })
    }
  })

  it('offers to remove all where the team has any, and says that those for all teams stay', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    const { control } = console()
    const { id } = await control.createFault({ preset: 'slow' })
    try {
      await goTo(`/teams/${team}/sandbox/faults`)
      await page.getByRole('row', { name: /slow.*All teams/ }).waitFor()
      const removeAll = page.getByRole('button', { name: 'Remove all' })
      assert.equal(await removeAll.count(), 0)
      await control.createFault({ preset: 'random-401', match: { team } })
      await removeAll.click()
      const question = page.getByRole('alertdialog')
      await question.getByText('The faults for all teams stay.').waitFor()
      await question.getByRole('button', { name: 'Remove all' }).click()
      // The question has a button of the same name, which stays while it closes.
      await question.waitFor({ state: 'detached' })
      await removeAll.waitFor({ state: 'detached' })
      await page.getByRole('row', { name: /slow.*All teams/ }).waitFor()
    } finally {
      await control.deleteFault({ fault: id })
    }
  })

  it('takes no second press of a switch before the first is answered', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    const { control } = console()
    await goTo(`/teams/${team}/sandbox/faults`)
    const slow = page.getByRole('switch', { name: 'slow' })
    const held = Promise.withResolvers<void>()
    await page.route('**/_clipflight/faults', async (route) => {
      if (route.request().method() === 'POST') await held.promise
      await route.continue()
    })
    const sending = page.waitForRequest((request) => request.method() === 'POST')
    await press(slow)
    await sending
    await press(slow)
    assert.equal(await slow.isChecked(), true, 'it was switched while the service was asked')
    held.resolve()
    await page.getByRole('row', { name: /slow/ }).waitFor()
    await slow.and(page.locator(':focus')).and(page.locator(':not([aria-readonly="true"])')).waitFor()
    await press(slow)
    await page.getByRole('row', { name: /slow/ }).waitFor({ state: 'detached' })
    assert.deepEqual((await control.listFaults({ team })).faults, [])
  })

  it('takes one away, and all', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    for (const preset of ['slow', 'rate-limit', 'random-401']) {
      await console().control.createFault({ preset, match: { team } })
    }
    await goTo(`/teams/${team}/sandbox/faults`)
    await page.getByRole('button', { name: 'Remove slow' }).click()
    await page.getByRole('row', { name: /slow/ }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Remove all' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove all' }).click()
    await page.getByText('No fault is at work.').waitFor()
    assert.deepEqual((await console().control.listFaults({ team })).faults, [])
  })

  it('shows what is wrong with a rule at its line, and sets it up once nothing is', async (t) => {
    const { page, goTo, team, client } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/faults`)
    const rule = page.getByRole('textbox', { name: 'Rule', exact: true })
    await rule.fill('{\n  "match": { "method": "PUT" },\n  "wehn": { "next": 2 },\n  "then": { "cut": "before" }\n}')
    await page.getByText('It must be one of: GET, POST, PATCH, DELETE.').waitFor()
    await page.getByText("'wehn' is not known here.").waitFor()
    await page.getByText('/match/method').waitFor()
    await page.getByRole('button', { name: 'Line 3' }).click()
    assert.equal(await page.evaluate('getSelection().toString().trim()'), '"wehn": { "next": 2 },')
    // What only the service knows comes back to the same place.
    await rule.fill('match: { operation: apps_getEverything }\nwhen: { next: 1 }\nthen: { answer: { status: 418 } }\n')
    await page.getByText('The rule is valid.').waitFor()
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByText("There is no operation 'apps_getEverything' here.").waitFor()
    await page.getByRole('button', { name: 'Line 1' }).waitFor()

    await rule.fill('match: { operation: apps_getCollection }\nwhen: { next: 1 }\nthen: { answer: { status: 418 } }\n')
    await page.getByRole('button', { name: 'Set it up' }).click()
    const row = page.getByRole('row', { name: /Own rule/ })
    await row.getByText('apps_getCollection').waitFor()
    await assert.rejects(client.apps.list().page(), { status: 418 })
    await row.getByText('Spent').waitFor()
  })

  it('keeps a rule that was written, until one agrees to have it replaced', async (t) => {
    const { page, goTo, team } = await console().visit(t)
    await goTo(`/teams/${team}/sandbox/faults`)
    const rule = page.getByRole('textbox', { name: 'Rule', exact: true })
    const examples = page.getByLabel('Start from')
    const question = page.getByRole('alertdialog', { name: 'Replace the rule that you have written?' })
    const written = 'when: { next: 7 }\nthen: { cut: before }\n'
    await rule.fill(written)
    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'New key' }).waitFor()
    await page.getByRole('link', { name: 'Faults' }).click()
    assert.equal(await rule.inputValue(), written)

    await examples.selectOption('Slow answers')
    await question.getByRole('button', { name: 'Cancel' }).click()
    await question.waitFor({ state: 'detached' })
    assert.equal(await rule.inputValue(), written)
    await examples.selectOption('Slow answers')
    await question.getByRole('button', { name: 'Replace' }).click()
    await question.waitFor({ state: 'detached' })
    assert.match(await rule.inputValue(), /"delay"/)

    await rule.fill(written)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
    // What is set up is not lost.
    await page.getByRole('button', { name: 'Set it up' }).click()
    await page.getByText('The rule is at work.').waitFor()
    await examples.selectOption('Half an answer')
    assert.match(await rule.inputValue(), /"truncate"/)
  })

  it('begins a rule with an example of each kind, none of which is wrong, in German on a phone', async (t) => {
    const { page, goTo, team } = await console().visit(t, { size: 'phone', language: 'de' })
    const then = { answer: { status: 503, detail: 'A rule that takes more room in a row than a phone has.' } }
    await console().control.createFault({ match: { team, path: '/v1/betaAppClipInvocations/**' }, then })
    await goTo(`/teams/${team}/sandbox/faults`)
    const examples = page.getByLabel('Beginnen mit')
    await examples.waitFor()
    for (const example of await examples.locator('option').allTextContents()) {
      await examples.selectOption({ label: example })
      await page.getByText('Die Regel ist gültig.').waitFor()
    }
    const width = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    assert.ok(width <= 0, `the page is ${width} pixels too wide`)
  })
})

/** A switch is a hidden input beside what is drawn for it. */
async function press(locator: { focus(): Promise<void>; press(key: string): Promise<void> }): Promise<void> {
  await locator.focus()
  await locator.press('Space')
}
