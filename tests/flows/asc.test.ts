import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { resources } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { invocationBody, localizationBody, updateBody } from '../support/invocations.ts'
import { doors, startServer, type Reply } from '../support/server.ts'
import { makeBuild, plant, tokenOf } from '../support/teams.ts'

for (const [database, door] of databases.flatMap((each) => doors.map((door) => [each, door] as const))) {
  describe(`asc on ${database}, by the ${door}`, () => {
    it('looks everything up, creates, changes, reads and deletes, as its commands do', async (t) => {
      const server = await startServer(database, { door })
      t.after(() => server.close())
      const made = await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.coffee', number: '42' })
      await server.storage.write(async (transaction) => {
        await plant(
          transaction,
          server.team.number,
          resources.appClips,
          { bundleId: 'com.example.coffee.Clip' },
          { app: made.app },
        )
        await plant(
          transaction,
          server.team.number,
          resources.buildBundleFileSizes,
          { deviceModel: 'iPhone17,1', downloadBytes: 1, installBytes: 2 },
          { buildBundle: made.clipBundle },
        )
      })
      // asc writes the audience as a list, and sends both JSON headers on everything.
      const token = await tokenOf(server.key, { aud: ['appstoreconnect-v1'] })
      const headers = { 'content-type': 'application/json', accept: 'application/json' }
      const send = async (expected: number, method: string, path: string, body?: unknown): Promise<Reply['body']> => {
        const reply = await server.send(method, path, { token, headers, body })
        assert.equal(reply.status, expected, `${method} ${path}: ${reply.text}`)
        return reply.body
      }

      // Looking up the app, its clips, versions and builds.
      for (const query of [
        'filter[bundleId]=com.example.coffee&limit=2',
        'filter[name]=Example%20Coffee&limit=200',
        'limit=200',
        'filter[name]=Example%20Coffee&limit=2',
      ]) {
        const { data } = await send(200, 'GET', `/v1/apps?${query}`)
        assert.equal(data[0].id, made.app)
      }
      const clips = await send(
        200,
        'GET',
        `/v1/apps/${made.app}/appClips?filter[bundleId]=com.example.coffee.Clip&limit=10`,
      )
      assert.equal(
        (await send(200, 'GET', `/v1/appClips/${clips.data[0].id}`)).data.attributes.bundleId,
        'com.example.coffee.Clip',
      )
      assert.equal((await send(200, 'GET', `/v1/apps/${made.app}/builds`)).data.length, 1)
      const versions = await send(
        200,
        'GET',
        `/v1/preReleaseVersions?filter[app]=${made.app}&filter[platform]=IOS&filter[version]=1.4&limit=10`,
      )
      const builds = await send(
        200,
        'GET',
        `/v1/builds?filter[app]=${made.app}&sort=-uploadedDate&limit=200&filter[version]=42&filter[preReleaseVersion.version]=1.4&filter[processingState]=VALID` +
          `&filter[preReleaseVersion.platform]=IOS&filter[preReleaseVersion]=${versions.data[0].id}&filter[expired]=false`,
      )
      assert.equal(builds.data[0].id, made.build)

      // The bundles, and what is known of each.
      const build = await send(200, 'GET', `/v1/builds/${made.build}?include=buildBundles&limit[buildBundles]=50`)
      const bundle = build.included.find(
        (one: { attributes: { bundleType: string } }) => one.attributes.bundleType === 'APP_CLIP',
      ).id
      assert.deepEqual((await send(200, 'GET', `/v1/buildBundles/${bundle}/betaAppClipInvocations`)).data, [])
      assert.equal((await send(200, 'GET', `/v1/buildBundles/${bundle}/buildBundleFileSizes?limit=5`)).data.length, 1)
      assert.equal(
        (await send(200, 'GET', `/v1/buildBundles/${bundle}/relationships/buildBundleFileSizes?limit=5`)).data.length,
        1,
      )
      await send(404, 'GET', `/v1/buildBundles/${bundle}/appClipDomainCacheStatus`)
      await send(404, 'GET', `/v1/buildBundles/${bundle}/appClipDomainDebugStatus`)

      // An invocation and its titles, from creation to deletion.
      const text = JSON.stringify(invocationBody(bundle, 'https://example.com/menu')).replaceAll(
        '${beta-app-clip-localized-invocation-en-US}',
        '${localization-1}',
      )
      const { data: invocation } = await send(201, 'POST', '/v1/betaAppClipInvocations', text)
      const type = 'betaAppClipInvocationLocalizations'
      const localization = (
        await send(201, 'POST', `/v1/${type}`, localizationBody(invocation.id, 'de-DE', 'Speisekarte'))
      ).data
      await send(
        200,
        'PATCH',
        `/v1/${type}/${localization.id}`,
        updateBody(type, localization.id, { title: 'Die Karte' }),
      )
      await send(
        200,
        'PATCH',
        `/v1/betaAppClipInvocations/${invocation.id}`,
        updateBody('betaAppClipInvocations', invocation.id, { url: 'https://example.com/karte' }),
      )
      const read = await send(
        200,
        'GET',
        `/v1/betaAppClipInvocations/${invocation.id}?include=${type}&limit[${type}]=50`,
      )
      assert.equal(read.data.attributes.url, 'https://example.com/karte')
      assert.deepEqual(read.included.map((one: { attributes: { title: string } }) => one.attributes.title).sort(), [
        'Die Karte',
        'Order a coffee',
      ])
      await send(204, 'DELETE', `/v1/${type}/${localization.id}`)
      assert.equal(
        (await send(200, 'GET', `/v1/buildBundles/${bundle}/relationships/betaAppClipInvocations?limit=3`)).data.length,
        1,
      )
      await send(204, 'DELETE', `/v1/betaAppClipInvocations/${invocation.id}`)
      assert.deepEqual((await send(200, 'GET', `/v1/buildBundles/${bundle}/betaAppClipInvocations?limit=3`)).data, [])
      await send(404, 'GET', `/v1/betaAppClipInvocations/${invocation.id}`)
    })

    it('gets all pages by links.next, as it takes only URLs on the host that it knows', async (t) => {
      const server = await startServer(database, { door })
      t.after(() => server.close())
      const first = await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.coffee', number: '1' })
      for (const number of ['2', '3']) await makeBuild(server.storage, server.team.number, { ...first, number })

      const numbers = []
      let next: string | undefined = `${server.url}/v1/builds?filter[app]=${first.app}&sort=-uploadedDate&limit=1`
      while (next !== undefined) {
        assert.ok(next.startsWith(`${server.url}/v1/`), next)
        const { body } = await server.send('GET', next.slice(server.url.length))
        numbers.push(body.data[0].attributes.version)
        next = body.links.next
      }

      assert.deepEqual(numbers.sort(), ['1', '2', '3'])
    })
  })
}
