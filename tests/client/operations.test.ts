import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  ApiError,
  createClientOf,
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  buildBundles,
} from '@clipflight/client'
import { resources } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, makeKey, plant, type TestBuild } from '../support/teams.ts'
import { connect, pemOf } from './connect.ts'

const WITH_TITLES = { include: ['betaAppClipInvocationLocalizations'] } as const

for (const database of databases) {
  describe(`the client on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database, { roles: ['ADMIN', 'DEVELOPER'], rateLimit: 100_000 })
    })
    after(() => server.close())

    const newBuild = (): Promise<TestBuild> => makeBuild(server.storage, server.team.number)

    it('creates an invocation with plain titles, and answers a plain object', async () => {
      const { clipBundle } = await newBuild()
      const client = connect(server)

      const made = await client.betaAppClipInvocations.create({
        url: 'https://example.com/menu',
        buildBundle: clipBundle,
        titles: { 'en-US': 'Order', 'de-DE': 'Bestellen' },
      })

      const [english, german] = made.localizations ?? []
      assert.equal(english?.title, 'Order')
      assert.deepEqual(JSON.parse(JSON.stringify(made)), {
        type: 'betaAppClipInvocations',
        id: made.id,
        url: 'https://example.com/menu',
        localizations: [
          { type: 'betaAppClipInvocationLocalizations', id: english.id, title: 'Order', locale: 'en-US' },
          { type: 'betaAppClipInvocationLocalizations', id: german?.id, title: 'Bestellen', locale: 'de-DE' },
        ],
      })
    })

    it('keeps the raw document at hand, out of sight', async () => {
      const { clipBundle } = await newBuild()
      const client = connect(server)

      const made = await client.betaAppClipInvocations.create({
        url: 'https://example.com/menu',
        buildBundle: clipBundle,
        titles: { 'en-US': 'Order' },
      })

      assert.equal(made.document.links?.self, `${server.url}/v1/betaAppClipInvocations`)
      assert.ok(!Object.keys(made).includes('document'))
    })

    it('shows relationships only when they came along', async () => {
      const { clipBundle } = await newBuild()
      const client = connect(server)
      const { id } = await client.betaAppClipInvocations.create({
        url: 'https://example.com/menu',
        buildBundle: clipBundle,
        titles: { 'en-US': 'Order' },
      })

      const alone = await client.betaAppClipInvocations.get(id)
      const full = await client.betaAppClipInvocations.get(id, WITH_TITLES)

      assert.deepEqual(Object.keys(alone), ['type', 'id', 'url'])
      assert.equal(full.localizations[0]?.title, 'Order')
    })

    it('changes and deletes, and adds a title to what is there', async () => {
      const { clipBundle } = await newBuild()
      const client = connect(server)
      const { id } = await client.betaAppClipInvocations.create({
        url: 'https://example.com/menu',
        buildBundle: clipBundle,
        titles: { 'en-US': 'Order' },
      })

      const changed = await client.betaAppClipInvocations.update(id, { url: 'https://example.com/new' })
      const title = await client.betaAppClipInvocationLocalizations.create({
        betaAppClipInvocation: id,
        locale: 'ja',
        title: 'ちゅうもん',
      })
      await client.betaAppClipInvocationLocalizations.update(title.id, { title: '注文' })
      const full = await client.betaAppClipInvocations.get(id, WITH_TITLES)
      await client.betaAppClipInvocationLocalizations.delete(title.id)
      await client.betaAppClipInvocations.delete(id)

      assert.equal(changed.url, 'https://example.com/new')
      assert.deepEqual(
        full.localizations.map((one) => one.title),
        ['Order', '注文'],
      )
      await assert.rejects(client.betaAppClipInvocations.get(id), { name: 'ApiError', status: 404 })
    })

    it('follows relationships, to one and to many, with and without an answer', async () => {
      const { app, build, clipBundle } = await newBuild()
      const client = connect(server)

      const found = await client.builds.app(build)
      const builds = await Array.fromAsync(client.apps.builds(app, { fields: { builds: ['version'] } }))
      const link = await client.builds.links.app.get(build)
      const nothing = await client.buildBundles.links.appClipDomainCacheStatus.get(clipBundle)

      assert.equal(found.name, 'Example Coffee')
      assert.deepEqual(
        builds.map((one) => ({ ...one })),
        [{ type: 'builds', id: build, version: '1' }],
      )
      assert.deepEqual(link, { type: 'apps', id: app })
      assert.equal(nothing, null)
    })

    it('asks for includes, filters, order and limits by the names of the definitions', async () => {
      const { app, version } = await newBuild()
      await makeBuild(server.storage, server.team.number, { app, version, number: '2' })
      const client = connect(server)

      const list = client.builds.list({
        filter: { app, expired: false, processingState: ['VALID', 'PROCESSING'] },
        exists: { usesNonExemptEncryption: false },
        sort: ['-version'],
        include: ['buildBundles', 'preReleaseVersion', 'appStoreVersion'],
        limits: { buildBundles: 1 },
        limit: 1,
      })
      const page = await list.page()
      const second = await page.next?.()

      assert.deepEqual([page.total, page.limit], [2, 1])
      assert.equal(page.items[0]?.version, '2')
      assert.equal(page.items[0].buildBundles.length, 1)
      assert.equal(page.items[0].preReleaseVersion.version, '1.4')
      assert.equal(page.items[0].appStoreVersion, null)
      assert.equal(second?.items[0]?.version, '1')
      assert.equal(second.next, undefined)
    })

    it('adds and removes links', async () => {
      const { app, build } = await newBuild()
      const group = await server.storage.write((transaction) =>
        plant(transaction, server.team.number, resources.betaGroups, { name: 'Friends' }, { app }),
      )
      const client = connect(server)

      await client.builds.links.betaGroups.add(build, [group])
      const during = await Array.fromAsync(client.betaGroups.links.builds.list(group))
      await client.builds.links.betaGroups.remove(build, [group])
      const after = await Array.fromAsync(client.betaGroups.builds(group))

      assert.deepEqual(during, [{ type: 'builds', id: build }])
      assert.deepEqual(after, [])
    })

    it('iterates over a thousand items, page by page', async () => {
      const { app, version } = await newBuild()
      await server.storage.write(async (transaction) => {
        for (let number = 2; number <= 1000; number++) {
          const links = { app, preReleaseVersion: version }
          await plant(transaction, server.team.number, resources.builds, { version: String(number) }, links)
        }
      })
      const paths: string[] = []
      const client = connect(server, { onRequest: ({ url }) => paths.push(url) })

      const numbers = new Set<string>()
      for await (const { version } of client.builds.list({ filter: { app }, limit: 200 })) numbers.add(version)

      assert.equal(numbers.size, 1000)
      assert.equal(paths.length, 5)
    })

    it('stops asking when nobody iterates any more', async () => {
      const { app, version } = await newBuild()
      await makeBuild(server.storage, server.team.number, { app, version, number: '2' })
      let requests = 0
      const client = connect(server, { onRequest: () => requests++ })

      const list = client.builds.list({ filter: { app }, limit: 1 })
      assert.equal(requests, 0)
      for await (const build of list) {
        assert.ok(build.id)
        break
      }

      assert.equal(requests, 1)
    })

    it('keeps two keys apart, each with its role', async () => {
      const { clipBundle } = await newBuild()
      const [admin, developer] = [connect(server), connect(server, {}, server.as('DEVELOPER'))]
      const input = { buildBundle: clipBundle, titles: { 'en-US': 'Order' } }

      const [made, refused] = await Promise.allSettled([
        admin.betaAppClipInvocations.create({ ...input, url: 'https://example.com/1' }),
        developer.betaAppClipInvocations.create({ ...input, url: 'https://example.com/2' }),
        admin.apps.list().page(),
        developer.apps.list().page(),
      ])

      assert.equal(made.status, 'fulfilled')
      assert.equal(refused.status, 'rejected')
      assert.equal(refused.reason.status, 403)
      assert.equal(refused.reason.problems[0].code, 'FORBIDDEN_ERROR')
    })

    it('signs as an individual key', async () => {
      const key = await makeKey(server.storage, server.team, ['ADMIN'], { individual: true })
      const client = connect(server, {}, key)

      const { items } = await client.apps.list({ limit: 1 }).page()

      assert.equal(items.length, 1)
    })

    it('tells every problem of a refusal, with the request id and the budget', async () => {
      const { clipBundle } = await newBuild()
      const client = connect(server)

      const error = await client.betaAppClipInvocations
        .create({ url: 'http://example.com', buildBundle: clipBundle, titles: { 'en-US': 'Order', xx: '' } })
        .catch((thrown: unknown) => thrown)

      assert.ok(error instanceof ApiError)
      assert.equal(error.status, 409)
      assert.deepEqual(
        error.problems.map(({ code, pointer }) => [code, pointer]),
        [
          ['ENTITY_ERROR.ATTRIBUTE.INVALID', '/data/attributes/url'],
          ['ENTITY_ERROR.ATTRIBUTE.INVALID', '/included/1/attributes/locale'],
          ['ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT', '/included/1/attributes/title'],
        ],
      )
      assert.match(error.message, /^POST http.*betaAppClipInvocations was answered 409: ENTITY_ERROR/)
      assert.match(error.requestId ?? '', /^[\da-f-]{36}$/)
      assert.equal(error.rateLimit?.limit, 100_000)
    })

    it('tells which parameter was refused', async () => {
      const client = connect(server)

      const error = await client.builds
        .list({ limit: 201 })
        .page()
        .catch((thrown: unknown) => thrown)

      assert.ok(error instanceof ApiError)
      assert.deepEqual(
        error.problems.map(({ parameter }) => parameter),
        ['limit'],
      )
    })

    it('reads the budget of its own key from every answer', async () => {
      const client = connect(server, {}, await makeKey(server.storage, server.team, ['ADMIN']))

      await connect(server).apps.list().page()
      await client.apps.list().page()
      await client.apps.get('1').catch(() => undefined)

      assert.deepEqual([client.rateLimit?.limit, client.rateLimit?.remaining], [100_000, 99_998])
    })

    it('works with a few definitions only', async () => {
      const { clipBundle } = await newBuild()
      const { key } = server
      const client = createClientOf(
        { buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations },
        { keyId: key.id, issuerId: key.issuerId, privateKey: pemOf(key), baseUrl: server.url },
      )

      await client.betaAppClipInvocations.create({
        url: 'https://example.com/menu',
        buildBundle: clipBundle,
        titles: { 'en-US': 'Order' },
      })
      const all = await Array.fromAsync(client.buildBundles.betaAppClipInvocations(clipBundle, WITH_TITLES))

      assert.deepEqual(
        all.map(({ url, localizations }) => [url, localizations[0]?.title]),
        [['https://example.com/menu', 'Order']],
      )
      assert.deepEqual(Object.keys(client.buildBundles), ['betaAppClipInvocations', 'links'])
    })
  })
}
