import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeConsole, type StoryTeam } from './describe-console.ts'
import { findViolations } from './find-violations.ts'
import { findBuild } from './find-build.ts'
import { invocationsOf } from './invocations-of.ts'

const ORDER = 'https://coffee.example.com/order?shop=12'
const LOYALTY = 'https://coffee.example.com/loyalty'
const MENU = 'https://coffee.example.com/menu'

/** Makes the newest build differ from build 41: one invocation changed, one gone, one new. */
async function changeBuild({ client, bundle }: StoryTeam): Promise<void> {
  const { items } = await client.buildBundles
    .betaAppClipInvocations(bundle, { include: ['betaAppClipInvocationLocalizations'] })
    .page()
  const order = items.find(({ url }) => url === ORDER)
  const loyalty = items.find(({ url }) => url === LOYALTY)
  const german = order?.localizations.find(({ locale }) => locale === 'de-DE')
  assert(loyalty !== undefined && german !== undefined)
  await client.betaAppClipInvocations.delete(loyalty.id)
  await client.betaAppClipInvocationLocalizations.update(german.id, { title: 'Hier bestellen' })
  await client.betaAppClipInvocations.create({ url: MENU, buildBundle: bundle, titles: { 'en-US': 'See the menu' } })
}

describeConsole('comparing builds', (console) => {
  it('shows side by side what differs, at an address that can be sent', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, goTo, team, build, client } = visitor
    await changeBuild(visitor)
    await goTo(`/teams/${team}/builds/${build}/compare`)
    await page.getByText('Which build do you want to compare this one with?').waitFor()
    const choice = page.getByLabel('Compare with')
    const latest = await choice.getByRole('option', { name: '1.4 (41)' }).getAttribute('value')
    await choice.selectOption(latest)
    await page.getByText('3 invocations differ.').waitFor()
    const row = page.getByRole('row', { name: 'de-DE Hier bestellen An der Theke bestellen' })
    await row.waitFor()
    await page.getByText('2 more titles are the same in both.').waitFor()
    await page.getByText('Only here').waitFor()
    await page.getByText('Only there').waitFor()
    await page.getByRole('row', { name: /^What to test, ja/ }).waitFor()
    assert.deepEqual(await findViolations(page), [])
    const { build: other } = await findBuild(client, '41')
    assert.equal(new URL(page.url()).search, `?with=${other}`)
    await page.reload()
    await page.getByText('3 invocations differ.').waitFor()
    await page.getByRole('link', { name: 'Other way round' }).click()
    await page.getByRole('row', { name: 'de-DE An der Theke bestellen Hier bestellen' }).waitFor()
    assert.equal(new URL(page.url()).pathname, `/console/teams/${team}/builds/${other}/compare`)
  })

  it('makes this build like the other, after the plan was shown', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, goTo, team, build, bundle, client } = visitor
    await changeBuild(visitor)
    const other = await findBuild(client, '41')
    await goTo(`/teams/${team}/builds/${build}/compare?with=${other.build}`)
    await page.getByRole('link', { name: 'Make this build like the other' }).click()
    const plan = page.getByRole('region', { name: 'Make 1.4 (42) like 1.4 (41)' })
    await plan.getByRole('list', { name: 'Plan' }).waitFor()
    assert.deepEqual(await findViolations(page), [])
    await plan.getByRole('button', { name: /^Apply \d+ changes/ }).click()
    await plan.getByText('Applied:').waitFor()
    await page.getByText('The invocations of both builds are the same.').waitFor()
    assert.deepEqual(await invocationsOf({ client, bundle }), await invocationsOf({ client, bundle: other.bundle }))
    await page.goBack()
    await plan.waitFor({ state: 'detached' })
  })

  it('leaves alone what only this build has when pruning is switched off', async (t) => {
    const visitor = await console().visit(t, { as: 'key' })
    const { page, goTo, team, build, client } = visitor
    const other = await findBuild(client, '41')
    await client.betaAppClipInvocations.create({
      url: MENU,
      buildBundle: visitor.bundle,
      titles: { 'en-US': 'See the menu' },
    })
    await goTo(`/teams/${team}/builds/${build}/compare?with=${other.build}&copy`)
    const plan = page.getByRole('region', { name: 'Make 1.4 (42) like 1.4 (41)' })
    await plan.getByText('0 to create, 0 to change, 1 to delete (1 request).').waitFor()
    await plan.getByText('Prune: delete what is not listed').click()
    await plan.getByText('No changes').waitFor()
    await plan.getByRole('list', { name: 'Not listed, left alone' }).getByText(MENU).waitFor()
  })

  it('only shows the plan to a key that may not change anything, and offers none', async (t) => {
    const team = await console().makeTeam()
    const key = await console().control.createKey({ team: team.team, roles: ['CUSTOMER_SUPPORT'] })
    const visitor = await console().visit(t, { as: 'key', with: { ...team, made: { ...team.made, keys: [key] } } })
    const { page, goTo, build, client } = visitor
    await changeBuild(visitor)
    const other = await findBuild(client, '41')
    const address = `/teams/${team.team}/builds/${build}/compare?with=${other.build}`
    await goTo(address)
    await page.getByText('3 invocations differ.').waitFor()
    await page.getByText('You can look, but not change').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Make this build like the other' }).count(), 0)
    await goTo(`${address}&copy`)
    const plan = page.getByRole('region', { name: 'Make 1.4 (42) like 1.4 (41)' })
    await plan.getByRole('list', { name: 'Plan' }).waitFor()
    await plan.getByText('Invocations are changed by ').waitFor()
    assert.equal(await page.getByText('You can look, but not change').count(), 1)
    assert.equal(await page.getByRole('button', { name: /^Apply/ }).count(), 0)
    assert.deepEqual(await findViolations(page), [])
  })

  it('says that builds are the same, in German and on a phone too', async (t) => {
    const visitor = await console().visit(t, { as: 'key', language: 'de', size: 'phone' })
    const { page, goTo, team, build, client } = visitor
    const other = await findBuild(client, '41')
    await goTo(`/teams/${team}/builds/${build}/compare?with=${other.build}`)
    await page.getByText('Die Aufrufe beider Builds sind gleich.').waitFor()
    await changeBuild(visitor)
    await page.reload()
    await page.getByText('3 Aufrufe sind anders.').waitFor()
    await page.getByText('Hier bestellen').waitFor()
    assert.deepEqual(await findViolations(page), [])
    assert.equal(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      true,
      'nothing is wider than the screen',
    )
  })
})
