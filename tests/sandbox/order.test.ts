import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startSandbox } from '../../packages/server/src/sandbox/index.ts'
import { databases } from '../databases.ts'
import { demoTeam, startControlled, type Controlled } from './start-controlled.ts'

const APP = 'com.example.coffee'

for (const kind of databases) {
  describe(`the order of what is made on ${kind}`, () => {
    let server: Controlled
    before(async () => {
      server = await startControlled(kind)
    })
    after(() => server.close())

    test('what is made at one moment stands in that order, and the newest build is the last one', async () => {
      const { team, client, bundle } = await demoTeam(server)
      server.clock.freeze()
      const titles = {
        ja: 'カウンターで注文',
        'en-US': 'Order at the counter',
        'de-DE': 'An der Theke bestellen',
        'fr-FR': 'Commander',
      }
      await client.betaAppClipInvocations.create({
        url: 'https://coffee.example.com/counter',
        buildBundle: bundle,
        titles,
      })
      const made = []
      for (let count = 0; count < 6; count += 1)
        made.push(await server.control.createBuild({ team, app: APP, version: '1.5' }))
      server.clock.release()

      const newest = await Array.fromAsync(client.builds.list({ sort: ['-uploadedDate'], limit: 6 }))
      assert.deepEqual(
        newest.slice(0, 6).map(({ id }) => id),
        made.map(({ build }) => build).toReversed(),
      )
      for (const { bundles } of made) {
        assert.deepEqual(
          bundles.map(({ bundleType }) => bundleType),
          ['APP', 'APP_CLIP'],
        )
        const copied = await Array.fromAsync(
          client.buildBundles.betaAppClipInvocations(bundles[1]?.id ?? '', {
            include: ['betaAppClipInvocationLocalizations'],
          }),
        )
        assert.deepEqual(
          copied.map(({ url }) => new URL(url).pathname),
          ['/order', '/loyalty', '/counter'],
        )
        assert.deepEqual(
          copied[2]?.localizations.map(({ locale }) => locale),
          Object.keys(titles),
        )
      }
    })
  })
}

test('of builds that a seed gives no dates, the last one is the newest', async () => {
  const builds = "[{ version: '7' }, { version: '8' }, { version: '9' }]"
  const version = `{ version: '1.0', platform: IOS, builds: ${builds} }`
  const seed = `teams: [{ name: X, apps: [{ name: Tea, bundleId: com.example.tea, preReleaseVersions: [${version}] }] }]`
  await using sandbox = await startSandbox({ seed })

  const { items } = await sandbox.client.builds.list({ sort: ['-uploadedDate'] }).page()

  assert.deepEqual(
    items.map((build) => build.version),
    ['9', '8', '7'],
  )
})
