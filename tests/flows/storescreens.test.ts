import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { invocationBody } from '../support/invocations.ts'
import { startServer, type Reply } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'

/** What a refusal tells the author of a client. */
function complaints({ body }: Reply): string[] {
  return body.errors.map(({ code, detail, source }: { code: string; detail: string; source?: { pointer?: string } }) =>
    [code, source?.pointer, detail].filter((part) => part !== undefined).join(' | '),
  )
}

// The client was released with requests that Apple's contract does not have (evidence 6.3): nobody could run them.
for (const database of databases) {
  describe(`storescreens on ${database}, through the proxy`, () => {
    it('learns from each refusal what is wrong with its request', async (t) => {
      const server = await startServer(database, { door: 'proxy' })
      t.after(() => server.close())
      const { build, clipBundle } = await makeBuild(server.storage, server.team.number)
      const { body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/menu'),
      })
      const { id } = body.data
      const type = 'betaAppClipInvocations'
      const titles = 'betaAppClipInvocationLocalizations'
      const [title] = body.data.relationships[titles].data

      const listing = await server.send('GET', `/v1/builds/${build}/${type}?limit=200`)
      const creation = await server.send('POST', `/v1/${type}`, {
        body: {
          data: {
            type,
            attributes: { url: 'https://example.com/promo', action: 'OPEN' },
            relationships: { build: { data: { type: 'builds', id: build } } },
          },
        },
      })
      const update = await server.send('PATCH', `/v1/${type}/${id}`, {
        body: { data: { type, id, attributes: { action: 'VIEW' } } },
      })
      const titleCreation = await server.send('POST', `/v1/${titles}`, {
        body: {
          data: {
            type: titles,
            attributes: { locale: 'de-DE', title: 'Speisekarte', subtitle: 'Alles frisch' },
            relationships: { betaAppClipInvocation: { data: { type, id } } },
          },
        },
      })
      const titleUpdate = await server.send('PATCH', `/v1/${titles}/${title.id}`, {
        body: { data: { type: titles, id: title.id, attributes: { subtitle: 'Alles frisch' } } },
      })

      assert.equal(listing.status, 404)
      assert.deepEqual(complaints(listing), ["PATH_ERROR | The relationship 'betaAppClipInvocations' does not exist"])
      assert.equal(creation.status, 409)
      assert.deepEqual(complaints(creation), [
        `ENTITY_ERROR.ATTRIBUTE.UNKNOWN | /data/attributes/action | 'action' is not an attribute on the resource '${type}'`,
        `ENTITY_ERROR.RELATIONSHIP.UNKNOWN | /data/relationships/build | 'build' is not a relationship on the resource '${type}'`,
        "ENTITY_ERROR.RELATIONSHIP.REQUIRED | /data/relationships/buildBundle | You must provide a value for the relationship 'buildBundle' with this request",
        `ENTITY_ERROR.RELATIONSHIP.REQUIRED | /data/relationships/${titles} | You must provide a value for the relationship '${titles}' with this request`,
      ])
      assert.equal(update.status, 409)
      assert.deepEqual(complaints(update), [
        `ENTITY_ERROR.ATTRIBUTE.UNKNOWN | /data/attributes/action | 'action' is not an attribute on the resource '${type}'`,
      ])
      for (const reply of [titleCreation, titleUpdate]) {
        assert.equal(reply.status, 409)
        assert.deepEqual(complaints(reply), [
          `ENTITY_ERROR.ATTRIBUTE.UNKNOWN | /data/attributes/subtitle | 'subtitle' is not an attribute on the resource '${titles}'`,
        ])
      }
    })
  })
}
