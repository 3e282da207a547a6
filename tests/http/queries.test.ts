import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { resources } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, plant, type TestBuild } from '../support/teams.ts'

for (const database of databases) {
  describe(`queries on ${database}`, () => {
    let server: TestServer
    let first: TestBuild
    before(async () => {
      server = await startServer(database)
      first = await makeBuild(server.storage, server.team.number, { number: '1', bundleId: 'com.example.coffee' })
      for (const number of ['2', '3', '4', '5'])
        await makeBuild(server.storage, server.team.number, { ...first, number })
      await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.coffee.other' })
    })
    after(() => server.close())

    const versionsOf = (body: { data: { attributes: { version: string } }[] }): string[] =>
      body.data.map(({ attributes }) => attributes.version)

    it('pages through a list with the cursor of links.next, without repeats or gaps', async () => {
      const seen: string[] = []
      let next: string | undefined = `/v1/builds?filter[app]=${first.app}&sort=-version&limit=2`
      const cursors: string[] = []
      while (next !== undefined) {
        const { body } = await server.send('GET', next)
        assert.deepEqual(body.meta, { paging: { total: 5, limit: 2 } })
        seen.push(...versionsOf(body))
        next = body.links.next?.slice(server.url.length)
        if (next !== undefined) cursors.push(next)
      }

      assert.deepEqual(seen, ['5', '4', '3', '2', '1'])
      assert.equal(cursors.length, 2)
      for (const cursor of cursors)
        assert.match(cursor, /^\/v1\/builds\?cursor=[^&]+&filter%5Bapp%5D=\d+&sort=-version&limit=2$/)
    })

    it('leads on from a URL as long as the service takes it, though links are longer than what they repeat', async () => {
      const numbers = Array.from({ length: 200 }, (_, index) => index + 1).join(',')
      const start = `/v1/builds?filter[version]=${numbers}&limit=3&filter[app]=${first.app},`
      const { status, body } = await server.send('GET', start.padEnd(8192, 'x'))
      assert.deepEqual([status, versionsOf(body).length], [200, 3])

      const next = await server.send('GET', body.links.next.slice(server.url.length))

      assert.deepEqual([next.status, versionsOf(next.body).length], [200, 2])
    })

    it('keeps a cursor when the limit changes', async () => {
      const { body } = await server.send('GET', `/v1/builds?filter[app]=${first.app}&sort=version&limit=1`)
      const cursor = new URL(body.links.next).searchParams.get('cursor')

      const rest = await server.send(
        'GET',
        `/v1/builds?filter[app]=${first.app}&sort=version&limit=200&cursor=${cursor}`,
      )

      assert.deepEqual(versionsOf(rest.body), ['2', '3', '4', '5'])
      assert.equal(rest.body.links.next, undefined)
    })

    for (const cursor of ['nonsense', 'Ag.GYoEMQ', '', '%00', 'e30.e30', 'W10.W10', '.', 'x'.repeat(4000)]) {
      it(`refuses the cursor '${cursor.slice(0, 20)}'`, async () => {
        const { status, body } = await server.send('GET', `/v1/builds?cursor=${cursor}`)

        assert.equal(status, 400)
        assert.equal(body.errors[0].code, 'PARAMETER_ERROR.INVALID')
        assert.deepEqual(body.errors[0].source, { parameter: 'cursor' })
      })
    }

    it('refuses a forged cursor whose value no column can hold', async () => {
      const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
      const forged = `${encode(['betaGroups,public_link_enabled', 1])}.${encode([2 ** 40, 'a'])}`

      const { status } = await server.send('GET', `/v1/betaGroups?sort=publicLinkEnabled&cursor=${forged}`)

      assert.equal(status, 400)
    })

    it('takes 200 values in a filter of any kind, and refuses more', async () => {
      const many = (count: number): string => Array.from({ length: count }, (_, index) => `n${index}`).join(',')

      for (const path of ['/v1/apps?filter[name]', '/v1/apps?filter[bundleId]', '/v1/builds?filter[version]']) {
        assert.equal((await server.send('GET', `${path}=${many(200)}`)).status, 200, path)
        assert.equal((await server.send('GET', `${path}=${many(201)}`)).status, 400, path)
      }
    })

    it('refuses the cursor of another sort', async () => {
      const { body } = await server.send('GET', `/v1/builds?sort=version&limit=1`)
      const cursor = new URL(body.links.next).searchParams.get('cursor')

      const { status } = await server.send('GET', `/v1/builds?sort=-uploadedDate&limit=1&cursor=${cursor}`)

      assert.equal(status, 400)
    })

    it('filters with alternatives inside one filter, and all filters together', async () => {
      const some = await server.send('GET', `/v1/builds?filter[version]=2,4,9&filter[app]=${first.app}&sort=version`)
      const none = await server.send('GET', `/v1/builds?filter[version]=2&filter[expired]=true`)
      const train = await server.send(
        'GET',
        `/v1/builds?filter[preReleaseVersion.version]=1.4&filter[preReleaseVersion.platform]=IOS&filter[version]=3`,
      )

      assert.deepEqual(versionsOf(some.body), ['2', '4'])
      assert.deepEqual(versionsOf(none.body), [])
      assert.deepEqual(versionsOf(train.body), ['3'])
    })

    it('matches the names of apps loosely and longer bundle ids too', async () => {
      const byName = await server.send('GET', '/v1/apps?filter[name]=coffee&sort=bundleId')
      const byBundleId = await server.send('GET', '/v1/apps?filter[bundleId]=com.example.coffee')
      const nothing = await server.send('GET', '/v1/apps?filter[bundleId]=%25')

      assert.equal(byName.body.data.length, 2)
      assert.equal(byBundleId.body.data.length, 2)
      assert.equal(nothing.body.data.length, 0)
    })

    it('shows only the fields asked for', async () => {
      const { body } = await server.send(
        'GET',
        `/v1/builds/${first.build}?fields[builds]=version,app&include=app&fields[apps]=name`,
      )

      assert.deepEqual(body.data.attributes, { version: '1' })
      assert.deepEqual(Object.keys(body.data.relationships), ['app'])
      assert.deepEqual(body.included, [
        {
          type: 'apps',
          id: first.app,
          attributes: { name: 'Example Coffee' },
          links: { self: `${server.url}/v1/apps/${first.app}` },
        },
      ])
    })

    it('shows no relationships when fields names none', async () => {
      const { body } = await server.send('GET', `/v1/builds/${first.build}?fields[builds]=version`)

      assert.equal(body.data.relationships, undefined)
      assert.equal(body.data.links.self, `${server.url}/v1/builds/${first.build}`)
    })

    it('carries relationship data only when included, and no links where there are no endpoints', async () => {
      const plain = await server.send('GET', `/v1/builds/${first.build}`)
      const full = await server.send(
        'GET',
        `/v1/builds/${first.build}?include=buildBundles,preReleaseVersion,appStoreVersion,buildBetaDetail`,
      )

      assert.equal(plain.body.data.relationships.buildBundles, undefined)
      assert.deepEqual(plain.body.data.relationships.app, {
        links: {
          self: `${server.url}/v1/builds/${first.build}/relationships/app`,
          related: `${server.url}/v1/builds/${first.build}/app`,
        },
      })
      assert.deepEqual(plain.body.data.relationships.betaGroups, {
        links: { self: `${server.url}/v1/builds/${first.build}/relationships/betaGroups` },
      })
      const { buildBundles, appStoreVersion, buildBetaDetail } = full.body.data.relationships
      assert.deepEqual(Object.keys(buildBundles), ['meta', 'data'])
      assert.equal(buildBundles.data.length, 2)
      assert.equal(appStoreVersion.data, null)
      assert.deepEqual(buildBetaDetail.data, { type: 'buildBetaDetails', id: first.build })
    })

    it('includes ten of a to-many unless told otherwise, and says how many there are', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)
      await server.storage.write(async (transaction) => {
        for (const locale of ['en-US', 'de-DE', 'ja', 'fr-FR', 'it', 'ko', 'nl-NL', 'pl', 'ru', 'sv', 'th', 'tr']) {
          await plant(transaction, server.team.number, resources.betaBuildLocalizations, { locale }, { build })
        }
      })

      const ten = await server.send('GET', `/v1/builds/${build}?include=betaBuildLocalizations`)
      const three = await server.send(
        'GET',
        `/v1/builds/${build}?include=betaBuildLocalizations&limit[betaBuildLocalizations]=3`,
      )
      const listed = await server.send(
        'GET',
        `/v1/builds?filter[id]=${build},${first.build}&include=betaBuildLocalizations,app`,
      )

      assert.deepEqual(ten.body.data.relationships.betaBuildLocalizations.meta, { paging: { total: 12, limit: 10 } })
      assert.equal(ten.body.included.length, 10)
      assert.deepEqual(three.body.data.relationships.betaBuildLocalizations.meta, { paging: { total: 12, limit: 3 } })
      assert.equal(three.body.included.length, 3)
      assert.equal(listed.body.included.length, 12)
    })

    it('accepts include=appStoreVersions on apps and includes none', async () => {
      const { status, body } = await server.send('GET', '/v1/apps?include=appStoreVersions')

      assert.equal(status, 200)
      assert.deepEqual(body.included, [])
      assert.deepEqual(body.data[0].relationships.appStoreVersions.data, [])
    })

    it('writes dates with the Pacific offset and nulls as null', async () => {
      const uploadedDate = Date.parse('2026-07-01T12:00:00Z')
      const winter = Date.parse('2026-12-01T12:00:00Z')
      const id = await server.storage.write((transaction) =>
        plant(
          transaction,
          server.team.number,
          resources.builds,
          { version: '99', uploadedDate, expirationDate: winter },
          { app: first.app, preReleaseVersion: first.version },
        ),
      )

      const { body } = await server.send('GET', `/v1/builds/${id}`)

      assert.equal(body.data.attributes.uploadedDate, '2026-07-01T05:00:00-07:00')
      assert.equal(body.data.attributes.expirationDate, '2026-12-01T04:00:00-08:00')
      assert.equal(body.data.attributes.lsMinimumSystemVersion, null)
      await server.storage.write((transaction) => transaction.remove(resources.builds, server.team.number, id))
    })

    it('writes a date from before there were time zones as one that can be read', async () => {
      const uploadedDate = Date.parse('1850-01-01T00:00:00Z')
      const id = await server.storage.write((transaction) =>
        plant(
          transaction,
          server.team.number,
          resources.builds,
          { version: '98', uploadedDate },
          { app: first.app, preReleaseVersion: first.version },
        ),
      )

      const { body } = await server.send('GET', `/v1/builds/${id}`)

      assert.equal(Date.parse(body.data.attributes.uploadedDate), uploadedDate)
      await server.storage.write((transaction) => transaction.remove(resources.builds, server.team.number, id))
    })

    for (const [query, code, parameter, detail] of [
      ['sort=uploadedDate3', 'PARAMETER_ERROR.INVALID', 'sort', "'uploadedDate3' is not a valid field name"],
      ['filter[emaill]=x', 'PARAMETER_ERROR.INVALID', 'filter[emaill]', "'emaill' is not a valid filter type"],
      [
        'include=betaBuildMetrics',
        'PARAMETER_ERROR.INVALID',
        'include',
        "'betaBuildMetrics' is not a valid relationship name",
      ],
      ['include=app.builds', 'PARAMETER_ERROR.INVALID', 'include', "'app.builds' is not a valid relationship name"],
      ['fields[builds]=nonsense', 'PARAMETER_ERROR.INVALID', 'fields[builds]', "'nonsense' is not a valid field name"],
      [
        'fields[nonsense]=x',
        'PARAMETER_ERROR.ILLEGAL',
        'fields[nonsense]',
        "The parameter 'fields[nonsense]' can not be used with this request",
      ],
      ['offset=3', 'PARAMETER_ERROR.ILLEGAL', 'offset', "The parameter 'offset' can not be used with this request"],
      [
        'limit[app]=3',
        'PARAMETER_ERROR.ILLEGAL',
        'limit[app]',
        "The parameter 'limit[app]' can not be used with this request",
      ],
      [
        'limit=2&limit=3',
        'PARAMETER_ERROR.ILLEGAL',
        'limit',
        "The parameter 'limit' can not be used with this request",
      ],
      ['limit=0', 'PARAMETER_ERROR.INVALID', 'limit', undefined],
      ['limit=201', 'PARAMETER_ERROR.INVALID', 'limit', undefined],
      ['limit=-1', 'PARAMETER_ERROR.INVALID', 'limit', undefined],
      ['limit=ten', 'PARAMETER_ERROR.INVALID', 'limit', undefined],
      ['limit[buildBundles]=51', 'PARAMETER_ERROR.INVALID', 'limit[buildBundles]', undefined],
      ['filter[processingState]=DONE', 'PARAMETER_ERROR.INVALID', 'filter[processingState]', undefined],
      [
        'exists[usesNonExemptEncryption]=maybe',
        'PARAMETER_ERROR.INVALID',
        'exists[usesNonExemptEncryption]',
        undefined,
      ],
    ] as const) {
      it(`refuses ?${query}`, async () => {
        const { status, body } = await server.send('GET', `/v1/builds?${query}`)

        assert.equal(status, 400)
        assert.equal(body.errors[0].code, code)
        assert.deepEqual(body.errors[0].source, { parameter })
        if (detail !== undefined) assert.equal(body.errors[0].detail, detail)
      })
    }

    for (const parameter of ['sort', 'filter[version]', 'include']) {
      it(`refuses ${parameter} on the builds of an app, where Apple has only limit and fields`, async () => {
        const { status, body } = await server.send('GET', `/v1/apps/${first.app}/builds?${parameter}=version`)

        assert.equal(status, 400)
        assert.equal(body.errors[0].code, 'PARAMETER_ERROR.ILLEGAL')
      })
    }

    it('reports every problem of a query at once', async () => {
      const { body } = await server.send('GET', '/v1/builds?limit=0&sort=x&include=y&z=1')

      assert.deepEqual(
        body.errors.map((error: { source: { parameter: string } }) => error.source.parameter),
        ['limit', 'sort', 'include', 'z'],
      )
    })

    it('answers 404 where a bundle has no domain status, and the status where it has one', async () => {
      const none = await server.send('GET', `/v1/buildBundles/${first.clipBundle}/appClipDomainCacheStatus`)
      const status = await server.storage.write(async (transaction) => {
        const domains = [{ domain: 'example.com', isValid: true, lastUpdatedDate: '2026-07-01T05:00:00-07:00' }]
        const id = await plant(transaction, server.team.number, resources.appClipDomainStatuses, { domains })
        await transaction.update(resources.buildBundles, server.team.number, first.clipBundle, {
          appClipDomainCacheStatus: id,
        })
        return id
      })
      const some = await server.send('GET', `/v1/buildBundles/${first.clipBundle}/appClipDomainCacheStatus`)
      const link = await server.send(
        'GET',
        `/v1/buildBundles/${first.clipBundle}/relationships/appClipDomainCacheStatus`,
      )

      assert.equal(none.status, 404)
      assert.equal(some.status, 200)
      assert.equal(some.body.data.attributes.domains[0].domain, 'example.com')
      assert.deepEqual(link.body.data, { type: 'appClipDomainStatuses', id: status })
    })
  })
}
