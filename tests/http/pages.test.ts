import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openApiDocument, renderCoverage } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'

const [database = 'sqlite'] = databases

describe('the pages that need no key', () => {
  let server: TestServer
  before(async () => {
    server = await startServer(database, { publicUrl: 'https://clipflight.example/' })
  })
  after(() => server.close())

  it('serves the OpenAPI document with the public URL', async () => {
    const { body } = await server.send('GET', '/openapi.json', { token: null })

    assert.deepEqual(body, JSON.parse(JSON.stringify(openApiDocument({ serverUrl: 'https://clipflight.example/' }))))
  })

  it('serves a reference page that loads nothing from elsewhere and runs no inline script', async () => {
    const { status, headers, text } = await server.send('GET', '/docs', { token: null })

    assert.equal(status, 200)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'self'/)
    assert.doesNotMatch(text, /https?:\/\//)
    assert.doesNotMatch(text, /<script>/)
    for (const [, path = ''] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      assert.equal((await server.send('GET', path, { token: null })).status, 200, path)
    }
  })

  it('serves the coverage page that a 501 leads to', async () => {
    const { text } = await server.send('GET', '/docs/coverage', { token: null })

    assert.equal(text, renderCoverage())
  })

  it('says that it is ready', async () => {
    const { status, body } = await server.send('GET', '/_clipflight/health', { token: null })

    assert.equal(status, 200)
    assert.deepEqual(body, { status: 'ok' })
  })

  it('begins links with the public URL', async () => {
    const { body } = await server.send('GET', '/v1/apps?limit=1')

    assert.equal(body.links.self, 'https://clipflight.example/v1/apps?limit=1')
  })
})
