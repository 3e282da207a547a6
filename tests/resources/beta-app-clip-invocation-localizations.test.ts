import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { invocationBody, localizationBody, updateBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'

const TYPE = 'betaAppClipInvocationLocalizations'

for (const database of databases) {
  describe(`betaAppClipInvocationLocalizations on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database)
    })
    after(() => server.close())

    async function newInvocation(): Promise<string> {
      const { clipBundle } = await makeBuild(server.storage, server.team.number)
      const { body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/menu'),
      })
      return body.data.id
    }

    async function titlesOf(invocation: string): Promise<Record<string, string>> {
      const { body } = await server.send('GET', `/v1/betaAppClipInvocations/${invocation}?include=${TYPE}`)
      return Object.fromEntries(
        body.included.map(({ attributes }: { attributes: { locale: string; title: string } }) => [
          attributes.locale,
          attributes.title,
        ]),
      )
    }

    it('adds a title in another language', async () => {
      const invocation = await newInvocation()

      const { status, headers, body } = await server.send('POST', `/v1/${TYPE}`, {
        body: localizationBody(invocation, 'ja', 'コーヒー ☕️'),
      })

      assert.equal(status, 201)
      assert.equal(headers.get('location'), `${server.url}/v1/${TYPE}/${body.data.id}`)
      assert.equal(body.data.relationships, undefined)
      assert.deepEqual(await titlesOf(invocation), { 'en-US': 'Order a coffee', ja: 'コーヒー ☕️' })
    })

    it('changes a title, and nothing else of it', async () => {
      const invocation = await newInvocation()
      const { body } = await server.send('POST', `/v1/${TYPE}`, { body: localizationBody(invocation, 'de-DE', 'Alt') })
      const { id } = body.data

      const patched = await server.send('PATCH', `/v1/${TYPE}/${id}`, { body: updateBody(TYPE, id, { title: 'Neu' }) })

      assert.equal(patched.status, 200)
      assert.deepEqual(patched.body.data.attributes, { title: 'Neu', locale: 'de-DE' })
      assert.deepEqual(await titlesOf(invocation), { 'en-US': 'Order a coffee', 'de-DE': 'Neu' })
    })

    it('deletes even the last title', async () => {
      const invocation = await newInvocation()
      const { body } = await server.send('GET', `/v1/betaAppClipInvocations/${invocation}?include=${TYPE}`)

      const { status } = await server.send('DELETE', `/v1/${TYPE}/${body.included[0].id}`)

      assert.equal(status, 204)
      assert.deepEqual(await titlesOf(invocation), {})
    })

    it('refuses to change the language', async () => {
      const invocation = await newInvocation()
      const { body } = await server.send('POST', `/v1/${TYPE}`, {
        body: localizationBody(invocation, 'de-DE', 'Titel'),
      })
      const { id } = body.data

      const { status, body: refusal } = await server.send('PATCH', `/v1/${TYPE}/${id}`, {
        body: updateBody(TYPE, id, { locale: 'ja' }),
      })

      assert.equal(status, 409)
      assert.equal(refusal.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.UNKNOWN')
    })

    it('refuses a second title in one language', async () => {
      const invocation = await newInvocation()

      const { status, body } = await server.send('POST', `/v1/${TYPE}`, {
        body: localizationBody(invocation, 'en-US', 'Again'),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE')
      assert.equal(body.errors[0].detail, `An '${TYPE}' with a 'locale' of 'en-US' already exists.`)
      assert.deepEqual(body.errors[0].source, { pointer: '/data/attributes/locale' })
    })

    for (const locale of ['nb', 'en', 'en_US', 'de', 'zh', 'xx-XX', '']) {
      it(`refuses the locale '${locale}', which App Store Connect does not know`, async () => {
        const invocation = await newInvocation()

        const { status, body } = await server.send('POST', `/v1/${TYPE}`, {
          body: localizationBody(invocation, locale, 'Title'),
        })

        assert.equal(status, 409)
        assert.equal(body.errors[0].code, 'ENTITY_ERROR.ATTRIBUTE.INVALID')
        assert.deepEqual(body.errors[0].source, { pointer: '/data/attributes/locale' })
      })
    }

    for (const [what, title, code] of [
      ['empty', '', 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT'],
      ['blank', '   ', 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT'],
      ['of 256 characters', 'x'.repeat(256), 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG'],
      ['with a NUL', 'a\u0000b', 'ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_CHARACTERS'],
      ['with half a character', 'a\ud800b', 'ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_CHARACTERS'],
      ['that is a number', 7, 'ENTITY_ERROR.ATTRIBUTE.TYPE'],
      ['that is null', null, 'ENTITY_ERROR.ATTRIBUTE.REQUIRED'],
    ] as const) {
      it(`refuses a title ${what}`, async () => {
        const invocation = await newInvocation()
        const body = localizationBody(invocation, 'ja', 'Title')

        const reply = await server.send('POST', `/v1/${TYPE}`, {
          body: { data: { ...body.data, attributes: { locale: 'ja', title } } },
        })

        assert.equal(reply.status, 409)
        assert.equal(reply.body.errors[0].code, code)
        assert.deepEqual(reply.body.errors[0].source, { pointer: '/data/attributes/title' })
      })
    }

    it('refuses an invocation that is not there', async () => {
      const { status, body } = await server.send('POST', `/v1/${TYPE}`, {
        body: localizationBody('00000000-0000-7000-8000-000000000000', 'ja', 'Title'),
      })

      assert.equal(status, 409)
      assert.equal(body.errors[0].code, 'ENTITY_ERROR.RELATIONSHIP.INVALID')
      assert.deepEqual(body.errors[0].source, { pointer: '/data/relationships/betaAppClipInvocation' })
    })
  })
}
