import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { invocationBody, localizationBody, updateBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, makeTeam, type TestBuild } from '../support/teams.ts'

const WITH_TITLES = '?include=betaAppClipInvocationLocalizations'

for (const database of databases) {
  describe(`betaAppClipInvocations on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database, { roles: ['ADMIN', 'APP_MANAGER', 'DEVELOPER'] })
    })
    after(() => server.close())

    const newBuild = (): Promise<TestBuild> => makeBuild(server.storage, server.team.number)

    async function created(bundle: string, url = 'https://example.com/menu', titles?: Record<string, string>) {
      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(bundle, url, titles),
      })
      assert.equal(status, 201, JSON.stringify(body))
      return body.data
    }

    it('creates an invocation with its titles and says where it is', async () => {
      const { clipBundle } = await newBuild()

      const { status, headers, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/menu', { 'en-US': 'Order', 'de-DE': 'Bestellen' }),
      })

      assert.equal(status, 201)
      assert.equal(headers.get('location'), `${server.url}/v1/betaAppClipInvocations/${body.data.id}`)
      assert.equal(body.links.self, `${server.url}/v1/betaAppClipInvocations`)
      assert.deepEqual(body.data.attributes, { url: 'https://example.com/menu' })
      assert.deepEqual(
        body.included.map((one: { attributes: object }) => one.attributes),
        [
          { title: 'Order', locale: 'en-US' },
          { title: 'Bestellen', locale: 'de-DE' },
        ],
      )
    })

    it('reads an invocation without relationships, and with its titles when they are included', async () => {
      const { clipBundle } = await newBuild()
      const { id } = await created(clipBundle, 'https://example.com/a', { 'en-US': 'A', ja: 'あ' })

      const plain = await server.send('GET', `/v1/betaAppClipInvocations/${id}`)
      const full = await server.send('GET', `/v1/betaAppClipInvocations/${id}${WITH_TITLES}`)

      assert.equal(plain.body.data.relationships, undefined)
      assert.equal(plain.body.included, undefined)
      assert.deepEqual(full.body.data.relationships.betaAppClipInvocationLocalizations.meta, {
        paging: { total: 2, limit: 10 },
      })
      assert.equal(full.body.included.length, 2)
      assert.equal(full.body.links.self, `${server.url}/v1/betaAppClipInvocations/${id}${WITH_TITLES}`)
    })

    it('lists the invocations of a bundle, and their linkage', async () => {
      const { clipBundle } = await newBuild()
      const first = await created(clipBundle, 'https://example.com/1')
      const second = await created(clipBundle, 'https://example.com/2')

      const list = await server.send('GET', `/v1/buildBundles/${clipBundle}/betaAppClipInvocations${WITH_TITLES}`)
      const linkage = await server.send('GET', `/v1/buildBundles/${clipBundle}/relationships/betaAppClipInvocations`)

      assert.deepEqual(
        list.body.data.map((one: { id: string }) => one.id),
        [first.id, second.id],
      )
      assert.equal(list.body.included.length, 2)
      assert.deepEqual(list.body.meta, { paging: { total: 2, limit: 50 } })
      assert.deepEqual(linkage.body.data, [
        { type: 'betaAppClipInvocations', id: first.id },
        { type: 'betaAppClipInvocations', id: second.id },
      ])
    })

    it('changes the URL and leaves the rest', async () => {
      const { clipBundle } = await newBuild()
      const { id } = await created(clipBundle)

      const patched = await server.send('PATCH', `/v1/betaAppClipInvocations/${id}`, {
        body: updateBody('betaAppClipInvocations', id, { url: 'https://example.com/new' }),
      })
      const read = await server.send('GET', `/v1/betaAppClipInvocations/${id}${WITH_TITLES}`)

      assert.equal(patched.status, 200)
      assert.equal(patched.body.data.attributes.url, 'https://example.com/new')
      assert.equal(read.body.data.attributes.url, 'https://example.com/new')
      assert.equal(read.body.included.length, 1)
    })

    it('accepts a change to the URL it has already', async () => {
      const { clipBundle } = await newBuild()
      const { id, attributes } = await created(clipBundle)

      const { status } = await server.send('PATCH', `/v1/betaAppClipInvocations/${id}`, {
        body: updateBody('betaAppClipInvocations', id, attributes),
      })

      assert.equal(status, 200)
    })

    it('deletes an invocation with its titles, and then knows neither', async () => {
      const { clipBundle } = await newBuild()
      const invocation = await created(clipBundle)
      const { body } = await server.send('GET', `/v1/betaAppClipInvocations/${invocation.id}${WITH_TITLES}`)
      const title = body.included[0].id

      const deleted = await server.send('DELETE', `/v1/betaAppClipInvocations/${invocation.id}`, {
        headers: { 'content-type': 'application/json' },
      })
      const read = await server.send('GET', `/v1/betaAppClipInvocations/${invocation.id}`)
      const patched = await server.send('PATCH', `/v1/betaAppClipInvocationLocalizations/${title}`, {
        body: updateBody('betaAppClipInvocationLocalizations', title, { title: 'Still here?' }),
      })

      assert.equal(deleted.status, 204)
      assert.equal(deleted.text, '')
      assert.equal(read.status, 404)
      assert.equal(
        read.body.errors[0].detail,
        `There is no resource of type 'betaAppClipInvocations' with id '${invocation.id}'`,
      )
      assert.equal(patched.status, 404)
    })

    it('refuses a fourth invocation in a bundle', async () => {
      const { clipBundle } = await newBuild()
      for (const path of ['1', '2', '3']) await created(clipBundle, `https://example.com/${path}`)

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/4'),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID.NOT_ALLOWED')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/relationships/buildBundle' })
    })

    it('takes another invocation once one of three is deleted', async () => {
      const { clipBundle } = await newBuild()
      const first = await created(clipBundle, 'https://example.com/1')
      await created(clipBundle, 'https://example.com/2')
      await created(clipBundle, 'https://example.com/3')

      await server.send('DELETE', `/v1/betaAppClipInvocations/${first.id}`)

      await created(clipBundle, 'https://example.com/4')
    })

    it('lets exactly three of twenty concurrent creates win', async () => {
      const { clipBundle } = await newBuild()

      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          server.send('POST', '/v1/betaAppClipInvocations', {
            body: invocationBody(clipBundle, `https://example.com/${index}`),
          }),
        ),
      )

      const statuses = replies.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [...Array(3).fill(201), ...Array(17).fill(409)])
    })

    it('lets exactly one of ten concurrent creates have a URL', async () => {
      const { clipBundle } = await newBuild()

      const replies = await Promise.all(
        Array.from({ length: 10 }, () =>
          server.send('POST', '/v1/betaAppClipInvocations', {
            body: invocationBody(clipBundle, 'https://example.com/same'),
          }),
        ),
      )

      assert.equal(replies.filter(({ status }) => status === 201).length, 1)
      for (const { status, body } of replies.filter((reply) => reply.status !== 201)) {
        assert.equal(status, 409)
        assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE')
      }
    })

    it('lets exactly one of ten concurrent titles have a locale', async () => {
      const { clipBundle } = await newBuild()
      const { id } = await created(clipBundle)

      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          server.send('POST', '/v1/betaAppClipInvocationLocalizations', {
            body: localizationBody(id, 'fr-FR', `Titre ${index}`),
          }),
        ),
      )

      assert.deepEqual(replies.map(({ status }) => status).sort(), [201, ...Array(9).fill(409)])
    })

    it('refuses a URL that the bundle has already', async () => {
      const { clipBundle } = await newBuild()
      await created(clipBundle, 'https://example.com/same')

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/same'),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/attributes/url' })
    })

    it('refuses to change a URL to one that the bundle has already', async () => {
      const { clipBundle } = await newBuild()
      await created(clipBundle, 'https://example.com/1')
      const { id } = await created(clipBundle, 'https://example.com/2')

      const { status, body } = await server.send('PATCH', `/v1/betaAppClipInvocations/${id}`, {
        body: updateBody('betaAppClipInvocations', id, { url: 'https://example.com/1' }),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE')
    })

    it('accepts the same URL in another bundle', async () => {
      const one = await newBuild()
      const other = await newBuild()

      await created(one.clipBundle, 'https://example.com/same')
      await created(other.clipBundle, 'https://example.com/same')
    })

    it('refuses a bundle that is not an App Clip', async () => {
      const { appBundle } = await newBuild()

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(appBundle, 'https://example.com/menu'),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/relationships/buildBundle' })
    })

    it('refuses a foreign bundle as it refuses one that is not there', async () => {
      const stranger = await makeTeam(server.storage)
      const { clipBundle } = await makeBuild(server.storage, stranger.number)
      const refuse = (bundle: string) =>
        server.send('POST', '/v1/betaAppClipInvocations', { body: invocationBody(bundle, 'https://example.com/menu') })

      const foreign = await refuse(clipBundle)
      const absent = await refuse('00000000-0000-7000-8000-000000000000')

      assert.equal(foreign.status, 409)
      assert.equal(foreign.body.errors[0].code, absent.body.errors[0].code)
      assert.equal(
        foreign.body.errors[0].detail.replace(clipBundle, 'ID'),
        absent.body.errors[0].detail.replace('00000000-0000-7000-8000-000000000000', 'ID'),
      )
    })

    it('never shows, changes or deletes what is another team’s', async () => {
      const stranger = await makeTeam(server.storage)
      const { clipBundle } = await newBuild()
      const { id } = await created(clipBundle)
      const key = stranger.keys.get('ADMIN')
      assert.ok(key)

      const replies = await Promise.all([
        server.send('GET', `/v1/betaAppClipInvocations/${id}`, { key }),
        server.send('PATCH', `/v1/betaAppClipInvocations/${id}`, {
          key,
          body: updateBody('betaAppClipInvocations', id, { url: 'https://example.com/stolen' }),
        }),
        server.send('DELETE', `/v1/betaAppClipInvocations/${id}`, { key }),
        server.send('GET', `/v1/buildBundles/${clipBundle}/betaAppClipInvocations`, { key }),
      ])
      const kept = await server.send('GET', `/v1/betaAppClipInvocations/${id}`)

      assert.deepEqual(
        replies.map(({ status }) => status),
        [404, 404, 404, 404],
      )
      assert.equal(kept.body.data.attributes.url, 'https://example.com/menu')
    })

    for (const [what, url] of [
      ['plain http', 'http://example.com/menu'],
      ['no host', 'https:///menu'],
      ['no scheme', 'example.com/menu'],
      ['a relative path', '/menu'],
      ['a custom scheme', 'coffee://menu'],
      ['a user in it', 'https://user:secret@example.com/'],
      ['a space', 'https://example.com/a menu'],
      ['a percent sign that encodes nothing', 'https://example.com/%zz'],
      ['half a percent-encoding', 'https://example.com/?a=%2'],
      ['nothing in it', ''],
    ] as const) {
      it(`refuses a URL with ${what}, and saves nothing`, async () => {
        const { clipBundle } = await newBuild()

        const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
          body: invocationBody(clipBundle, url),
        })
        const { body: list } = await server.send('GET', `/v1/buildBundles/${clipBundle}/betaAppClipInvocations`)

        assert.equal(status, 409)
        assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID')
        assert.deepEqual(body.errors[0].source, { pointer: '/data/attributes/url' })
        assert.equal(list.meta.paging.total, 0)
      })
    }

    it('refuses a URL of more than 2,048 characters', async () => {
      const { clipBundle } = await newBuild()

      const { body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, `https://example.com/${'a'.repeat(2048)}`),
      })

      assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG')
    })

    it('saves a URL of 2,048 characters', async () => {
      const { clipBundle } = await newBuild()
      const url = `https://example.com/${Array.from({ length: 2028 }, (_, index) => String.fromCharCode(97 + ((index * 7) % 26))).join('')}`

      const invocation = await created(clipBundle, url)

      assert.equal(invocation.attributes.url, url)
    })

    it('refuses an invocation without a title', async () => {
      const { clipBundle } = await newBuild()

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/menu', {}),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.REQUIRED')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/relationships/betaAppClipInvocationLocalizations' })
    })

    it('refuses two inline titles in one language, and saves nothing', async () => {
      const { clipBundle } = await newBuild()
      const body = invocationBody(clipBundle, 'https://example.com/menu', { 'en-US': 'One', 'de-DE': 'Zwei' })
      const twice = {
        ...body,
        included: body.included?.map((one) => ({ ...one, attributes: { ...one.attributes, locale: 'ja' } })),
      }

      const reply = await server.send('POST', '/v1/betaAppClipInvocations', { body: twice })
      const list = await server.send('GET', `/v1/buildBundles/${clipBundle}/betaAppClipInvocations`)

      assert.equal(reply.status, 409)
      assert.equal(reply.body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE')
      assert.deepEqual(reply.body.errors[0].source, { pointer: '/included/1/attributes/locale' })
      assert.equal(list.body.meta.paging.total, 0)
    })

    it('refuses an inline title whose id is not local', async () => {
      const { clipBundle } = await newBuild()
      const text = JSON.stringify(invocationBody(clipBundle, 'https://example.com/menu')).replaceAll(
        '${beta-app-clip-localized-invocation-en-US}',
        'EN',
      )

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', { body: text })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.INCLUDED.INVALID_ID')
      assert.equal(
        body.errors[0].detail,
        "The provided included entity id 'EN' has invalid format. For inline creation, the id must be a local id with the format '${local-id}'.",
      )
      assert.deepEqual(body.errors[0].source, { pointer: '/included/0/id' })
    })

    describe('an inline title that names its invocation', () => {
      const naming = async (betaAppClipInvocation: unknown) => {
        const { clipBundle } = await newBuild()
        const { data, included = [] } = invocationBody(clipBundle, 'https://example.com/menu')
        const titles = included.map((title) => ({ ...title, relationships: { betaAppClipInvocation } }))
        return server.send('POST', '/v1/betaAppClipInvocations', { body: { data, included: titles } })
      }
      const type = 'betaAppClipInvocations'

      it('is taken without data, and with a local id, as an invocation in the making has no other', async () => {
        for (const parent of [{}, { data: null }, { data: { type, id: '${invocation}' } }]) {
          assert.equal((await naming(parent)).status, 201, JSON.stringify(parent))
        }
      })

      it('is refused where that is no linkage to an invocation', async () => {
        for (const [parent, where] of [
          [null, ''],
          ['it', ''],
          [{ data: [] }, '.data'],
          [{ data: { type: 'apps', id: '1' } }, '.data.type'],
          [{ data: { type } }, '.data.id'],
        ] as const) {
          const { status, body } = await naming(parent)
          assert.equal(status, 422, JSON.stringify(parent))
          assert.equal(
            body.errors[0].detail,
            `Unexpected or invalid value at 'included.[0].relationships.betaAppClipInvocation${where}'`,
          )
        }
      })

      it('is refused where that is another invocation, or none', async () => {
        const other = await created((await newBuild()).clipBundle)
        for (const id of [other.id, 'nobody']) {
          const { status, body } = await naming({ data: { type, id } })
          assert.equal(status, 409)
          assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID')
          assert.deepEqual(body.errors[0].source, { pointer: '/included/0/relationships/betaAppClipInvocation' })
        }
      })
    })

    it('refuses linkage that nothing included matches', async () => {
      const { clipBundle } = await newBuild()
      const { data } = invocationBody(clipBundle, 'https://example.com/menu')

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', { body: { data } })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID')
      assert.match(body.errors[0].detail, /expects an included resource with type 'betaAppClipInvocationLocalizations'/)
    })

    it('reports every problem of a request at once, each with its pointer', async () => {
      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: {
          data: {
            type: 'betaAppClipInvocations',
            attributes: { url: 'ftp://x', action: 'OPEN' },
            relationships: { build: { data: null } },
          },
        },
      })

      assert.equal(status, 409)
      assert.deepEqual(
        body.errors.map((error: { code: string; source: object }) => [error.code, error.source]),
        [
          ['ENTITY_ERROR.ATTRIBUTE.INVALID', { pointer: '/data/attributes/url' }],
          ['ENTITY_ERROR.ATTRIBUTE.UNKNOWN', { pointer: '/data/attributes/action' }],
          ['ENTITY_ERROR.RELATIONSHIP.UNKNOWN', { pointer: '/data/relationships/build' }],
          ['ENTITY_ERROR.RELATIONSHIP.REQUIRED', { pointer: '/data/relationships/buildBundle' }],
          ['ENTITY_ERROR.RELATIONSHIP.REQUIRED', { pointer: '/data/relationships/betaAppClipInvocationLocalizations' }],
        ],
      )
    })

    it('refuses writes with a Developer key, and reads with it', async () => {
      const { clipBundle } = await newBuild()
      const { id } = await created(clipBundle)
      const key = server.as('DEVELOPER')

      const write = await server.send('DELETE', `/v1/betaAppClipInvocations/${id}`, { key })
      const read = await server.send('GET', `/v1/betaAppClipInvocations/${id}`, { key })

      assert.equal(write.status, 403)
      assert.equal(write.body.errors[0].detail, 'The API key in use does not allow this request')
      assert.equal(read.status, 200)
    })
  })
}
