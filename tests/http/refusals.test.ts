import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import type { Role } from '@clipflight/contract'
import { databases } from '../databases.ts'
import { invocationBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, tokenOf } from '../support/teams.ts'

for (const database of databases)
  describe(`what the service on ${database} refuses before any resource is touched`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database, { roles: ['ADMIN', 'CREATE_APPS', 'MARKETING'] })
    })
    after(() => server.close())

    /** The answer to bytes that no HTTP library would send. */
    function answerTo(bytes: string): Promise<string> {
      return new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.write(bytes))
        let text = ''
        socket.on('data', (chunk) => (text += chunk.toString()))
        socket.on('end', () => resolve(text))
        socket.on('close', () => resolve(text))
        socket.on('error', reject)
      })
    }

    it('answers 401 without an id to a request without a token', async () => {
      const { status, body, headers } = await server.send('GET', '/v1/apps', { token: null })

      assert.equal(status, 401)
      assert.deepEqual(body, {
        errors: [
          {
            status: '401',
            code: 'NOT_AUTHORIZED',
            title: 'Authentication credentials are missing or invalid.',
            detail:
              'Provide a properly configured and signed bearer token, and make sure that it has not expired. Learn more about Generating Tokens for API Requests https://developer.apple.com/go/?id=api-generating-tokens',
          },
        ],
      })
      assert.ok(headers.get('x-request-id'))
    })

    it('answers every method that HTTP has in the form of the API', async () => {
      for (const method of ['TRACE', 'OPTIONS', 'PROPFIND']) {
        const answer = await answerTo(`${method} /v1/apps HTTP/1.1\r\nConnection: close\r\n\r\n`)

        assert.match(answer, /^HTTP\/1.1 401 /, method)
        assert.match(answer, /^x-request-id: /im, method)
        assert.match(answer, /"code":"NOT_AUTHORIZED"/, method)
      }
    })

    it('heeds no expectation that it does not know', async () => {
      const answer = await answerTo('GET /v1/apps HTTP/1.1\r\nHost: a\r\nExpect: x\r\nConnection: close\r\n\r\n')

      assert.match(answer, /^HTTP\/1.1 401 /)
      assert.match(answer, /^x-request-id: /im)
    })

    it('gives the first error the id of the request', async () => {
      const { body, headers } = await server.send('GET', '/v1/apps/1')

      assert.equal(body.errors[0].id, headers.get('x-request-id'))
      assert.equal(body.errors[0].status, '404')
    })

    for (const [method, path, status, code, detail] of [
      [
        'POST',
        '/v1/apps',
        403,
        'FORBIDDEN_ERROR',
        "The resource 'apps' does not allow 'CREATE'. Allowed operations are: GET_COLLECTION, GET_INSTANCE, UPDATE",
      ],
      [
        'DELETE',
        '/v1/apps/1',
        403,
        'FORBIDDEN_ERROR',
        "The resource 'apps' does not allow 'DELETE'. Allowed operations are: GET_COLLECTION, GET_INSTANCE, UPDATE",
      ],
      [
        'GET',
        '/v1/betaAppClipInvocations',
        403,
        'FORBIDDEN_ERROR',
        "The resource 'betaAppClipInvocations' does not allow 'GET_COLLECTION'. Allowed operations are: CREATE, DELETE, GET_INSTANCE, UPDATE",
      ],
      [
        'GET',
        '/v1/betaAppClipInvocationLocalizations/1',
        403,
        'FORBIDDEN_ERROR',
        "The resource 'betaAppClipInvocationLocalizations' does not allow 'GET_INSTANCE'. Allowed operations are: CREATE, DELETE, UPDATE",
      ],
      [
        'POST',
        '/v1/appClips',
        403,
        'FORBIDDEN_ERROR',
        "The resource 'appClips' does not allow 'CREATE'. Allowed operation is: GET_INSTANCE",
      ],
      ['GET', '/v1/appGroups', 404, 'NOT_FOUND', 'The path provided does not match a defined resource type.'],
      ['GET', '/v1/Apps', 404, 'NOT_FOUND', 'The path provided does not match a defined resource type.'],
      ['GET', '/v2/apps', 404, 'NOT_FOUND', 'The path provided does not match a defined resource type.'],
      ['GET', '/nothing', 404, 'NOT_FOUND', 'The path provided does not match a defined resource type.'],
      ['GET', '/v1/buildBundles', 404, 'PATH_ERROR', "The resource 'v1/buildBundles' does not exist"],
      ['GET', '/v1/buildBundles/1', 404, 'PATH_ERROR', "The resource 'v1/buildBundles' does not exist"],
      ['GET', '/v1/builds/1/buildBundles', 404, 'PATH_ERROR', "The relationship 'buildBundles' does not exist"],
      ['GET', '/v1/apps/1/reviewRejections', 404, 'PATH_ERROR', "The relationship 'reviewRejections' does not exist"],
    ] as const) {
      it(`answers ${status} ${code} to ${method} ${path}`, async () => {
        const reply = await server.send(method, path)

        assert.equal(reply.status, status)
        assert.equal(reply.body?.errors[0].code, code)
        assert.equal(reply.body?.errors[0].detail, detail)
      })
    }

    for (const [method, path, operationId] of [
      ['PATCH', '/v1/apps/1', 'apps_updateInstance'],
      ['GET', '/v1/actors', 'actors_getCollection'],
      ['POST', '/v1/betaGroups', 'betaGroups_createInstance'],
      ['GET', '/v1/builds/1/icons', 'builds_icons_getToManyRelated'],
      ['POST', '/v1/buildUploads', 'buildUploads_createInstance'],
    ] as const) {
      it(`answers 501 to ${operationId}, naming it and the coverage page`, async () => {
        const { status, body } = await server.send(method, path)

        assert.equal(status, 501)
        assert.equal(body.errors[0].code, 'NOT_IMPLEMENTED')
        assert.match(body.errors[0].detail, new RegExp(operationId))
        assert.equal(body.errors[0].links.about, `${server.url}/docs/coverage`)
      })
    }

    for (const path of [
      '/v1/apps/1/appStoreVersions',
      '/v1/apps/1/relationships/appInfos',
      '/v1/builds/1/diagnosticSignatures',
      '/v1/appClips/1/appClipAdvancedExperiences',
    ]) {
      it(`answers 501 to ${path}, to which its resources show a link`, async () => {
        const { status, body } = await server.send('GET', path)

        assert.equal(status, 501)
        assert.equal(body.errors[0].code, 'NOT_IMPLEMENTED')
      })
    }

    it('answers 403 to reading the groups of a build, as Apple does', async () => {
      const related = await server.send('GET', '/v1/builds/1/betaGroups')

      assert.equal(related.status, 403)
      assert.equal(
        related.body.errors[0].detail,
        "The relationship 'betaGroups' does not allow 'GET_RELATED'. Allowed operations are: CREATE, DELETE",
      )
    })

    for (const [what, method, path, headers, status] of [
      ['no token and a broken body', 'POST', '/v1/betaGroups', { authorization: 'x' }, 401],
      ['no operation and a broken body', 'POST', '/v1/betaGroups', {}, 501],
      ['no such type and a body of another type', 'POST', '/v1/nothing', { 'content-type': 'text/plain' }, 404],
      ['no JSON wanted and a broken body', 'POST', '/v1/betaAppClipInvocations', { accept: 'text/html' }, 406],
      [
        'a body of another type that is broken too',
        'POST',
        '/v1/betaAppClipInvocations',
        { 'content-type': 'text/plain' },
        415,
      ],
      ['a broken body and a bad query', 'PATCH', '/v1/builds/1?limit=x', {}, 400],
    ] as const) {
      it(`answers ${status} where there is ${what}`, async () => {
        const reply = await server.send(method, path, { body: '{', headers })

        assert.equal(reply.status, status)
        assert.ok(reply.headers.get('x-request-id'))
      })
    }

    for (const [what, scope, method, status, code] of [
      ['a scope for another path', ['GET /v1/builds'], 'GET', 403, 'FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE'],
      ['a scope for the path', ['GET /v1/apps'], 'GET', 200, undefined],
      ['an empty scope', [], 'GET', 400, 'ENTITY_INVALID'],
      ['a scope that names the verb of a write', ['POST /v1/apps'], 'POST', 405, 'METHOD_NOT_ALLOWED'],
    ] as const) {
      it(`answers ${status} to a ${method} of apps with ${what}`, async () => {
        const token = await tokenOf(server.key, { scope })

        const reply = await server.send(method, '/v1/apps', { token })

        assert.equal(reply.status, status)
        assert.equal(reply.body.errors?.[0].code, code)
      })
    }

    it('asks for the filter that Apple requires', async () => {
      const { status, body } = await server.send('GET', '/v1/betaAppReviewSubmissions')

      assert.equal(status, 400)
      assert.equal(body.errors[0].code, 'PARAMETER_ERROR.REQUIRED')
      assert.deepEqual(body.errors[0].source, { parameter: 'filter[build]' })
    })

    for (const [what, text, status, code] of [
      ['is not JSON', '{"data":', 400, 'ENTITY_INVALID'],
      ['is empty', '', 400, 'ENTITY_INVALID'],
      ['is nested too deep', `${'['.repeat(200)}${']'.repeat(200)}`, 400, 'ENTITY_INVALID'],
      ['is half a million open brackets', '['.repeat(500_000), 400, 'ENTITY_INVALID'],
      ['is a list', '[]', 422, 'ENTITY_UNPROCESSABLE'],
      ['is null', 'null', 422, 'ENTITY_UNPROCESSABLE'],
      ['misspells data', '{"dat":{}}', 422, 'ENTITY_UNPROCESSABLE'],
      [
        'has a stray member beside data',
        '{"data":{"type":"betaAppClipInvocations"},"relationships":{}}',
        422,
        'ENTITY_UNPROCESSABLE',
      ],
      [
        'misspells attributes',
        '{"data":{"type":"betaAppClipInvocations","attribute":{}}}',
        422,
        'ENTITY_UNPROCESSABLE',
      ],
      [
        'has attributes that are a list',
        '{"data":{"type":"betaAppClipInvocations","attributes":[]}}',
        422,
        'ENTITY_UNPROCESSABLE',
      ],
      ['is of another type', '{"data":{"type":"apps"}}', 422, 'ENTITY_UNPROCESSABLE'],
      ['has an id', '{"data":{"type":"betaAppClipInvocations","id":"1"}}', 409, 'ENTITY_ERROR.UNEXPECTED_ID'],
      [
        'sets __proto__',
        '{"data":{"type":"betaAppClipInvocations","__proto__":{"attributes":{}}}}',
        422,
        'ENTITY_UNPROCESSABLE',
      ],
      [
        'sets the attribute constructor',
        '{"data":{"type":"betaAppClipInvocations","attributes":{"constructor":1}}}',
        409,
        'ENTITY_ERROR.ATTRIBUTE.UNKNOWN',
      ],
    ] as const) {
      it(`answers ${status} ${code} to a body that ${what}`, async () => {
        const reply = await server.send('POST', '/v1/betaAppClipInvocations', {
          body: text === '' ? undefined : text,
          headers: { 'content-type': 'application/json' },
        })

        assert.equal(reply.status, status, reply.text)
        assert.equal(reply.body.errors[0].code, code)
      })
    }

    it('answers 413 to a body over 1 MiB', async () => {
      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: JSON.stringify({ data: 'x'.repeat(1024 * 1024) }),
      })

      assert.equal(status, 413)
      assert.equal(body.errors[0].code, 'PAYLOAD_TOO_LARGE')
    })

    for (const type of ['application/vnd.api+json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
      it(`answers 415 to a body of type ${type}`, async () => {
        const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
          body: '{}',
          headers: { 'content-type': type },
        })

        assert.equal(status, 415)
        assert.equal(body.errors[0].code, 'UNSUPPORTED_MEDIA_TYPE')
      })
    }

    it('answers 406 in plain text to a client that takes no JSON', async () => {
      const { status, headers, text } = await server.send('GET', '/v1/apps', { headers: { accept: 'text/html' } })

      assert.equal(status, 406)
      assert.match(headers.get('content-type') ?? '', /^text\/plain/)
      assert.ok(text.length > 0)
    })

    for (const accept of ['*/*', 'application/json', 'application/*;q=0.5', 'text/html, application/json;q=0.1']) {
      it(`answers JSON to a client that takes ${accept}`, async () => {
        const { status } = await server.send('GET', '/v1/apps', { headers: { accept } })

        assert.equal(status, 200)
      })
    }

    it('answers a body with eighty thousand unknown attributes shortly', async () => {
      const attributes = Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`a${index}`, 1]))

      const { status, text } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: { data: { type: 'betaAppClipInvocations', attributes } },
      })

      assert.equal(status, 422)
      assert.ok(text.length < 10_000)
    })

    it('answers at most 200 errors, whatever is wrong', async () => {
      const items = Array.from({ length: 200 }, (_, index) => ({
        type: 'betaAppClipInvocationLocalizations',
        id: `${index}`,
        attributes: { x: 1 },
      }))

      const { status, body } = await server.send('POST', '/v1/betaAppClipInvocations', {
        body: { data: { type: 'betaAppClipInvocations' }, included: items },
      })

      assert.equal(status, 409)
      assert.equal(body.errors.length, 200)
    })

    it('answers 400 to a body that is not UTF-8, and stores nothing of it', async () => {
      const { build } = await makeBuild(server.storage, server.team.number)
      const token = await tokenOf(server.key)
      const text = JSON.stringify({
        data: {
          type: 'betaBuildLocalizations',
          attributes: { locale: 'en-US', whatsNew: 'X' },
          relationships: { build: { data: { type: 'builds', id: build } } },
        },
      })
      const bytes = Buffer.from(text)
      bytes[text.indexOf('"X"') + 1] = 0xff

      const response = await fetch(`${server.url}/v1/betaBuildLocalizations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: bytes,
      })
      const list = await server.send('GET', `/v1/builds/${build}/betaBuildLocalizations`)

      assert.equal(response.status, 400)
      assert.match(await response.text(), /ENTITY_INVALID/)
      assert.equal(list.body.data.length, 0)
    })

    for (const [what, target, status] of [
      ['a whole URL', 'http://evil.example/v1/apps', 400],
      ['a fragment', '/v1/apps#/builds', 400],
      ['empty segments', '//v1//apps', 404],
      ['an id of more than 8,192 characters', `/v1/apps/${'a'.repeat(8193)}`, 414],
    ] as const) {
      it(`answers ${status} to a request for ${what}, with the id of the request`, async () => {
        const token = await tokenOf(server.key)

        const text = await answerTo(
          `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        )

        assert.match(text, new RegExp(`^HTTP/1.1 ${status} `))
        assert.match(text, /x-request-id: /i)
        assert.doesNotMatch(text, /evil/)
      })
    }

    it('answers a request of HTTP/1.1 without a Host', async () => {
      const token = await tokenOf(server.key)

      const text = await answerTo(
        `GET /v1/apps?limit=1 HTTP/1.1\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
      )

      assert.match(text, /^HTTP\/1.1 200 /)
      assert.ok(text.includes(`"self":"${server.url}/v1/apps`))
    })

    it('answers 414 to a URL of more than 8,192 characters', async () => {
      const { status, body } = await server.send('GET', `/v1/apps?filter[name]=${'x'.repeat(8200)}`)

      assert.equal(status, 414)
      assert.equal(body.errors[0].code, 'URI_TOO_LONG')
    })

    it('answers 431 to headers over 16 KiB, and closes the connection', async () => {
      const text = await answerTo(`GET /v1/apps HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)

      assert.match(text, /^HTTP\/1\.1 431 /)
      assert.match(text, /"REQUEST_HEADERS_TOO_LARGE"/)
    })

    it('answers 400 to bytes that are not HTTP', async () => {
      const text = await answerTo('complete nonsense\r\n\r\n')

      assert.match(text, /^HTTP\/1\.1 400 /)
      assert.match(text, /"BAD_REQUEST"/)
    })

    it('answers 400 to a path that is no percent-encoding', async () => {
      const text = await answerTo('GET /v1/apps/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

      assert.match(text, /^HTTP\/1\.1 400 /)
      assert.match(text, /"BAD_REQUEST"/)
    })

    for (const id of ['%00', '..%2f..', 'x'.repeat(200), '%F0%9F%98%80', "1'%20or%20'1'='1"]) {
      it(`answers 404 to the hostile id ${id.slice(0, 30)}`, async () => {
        const { status, body } = await server.send('GET', `/v1/builds/${id}`)

        assert.equal(status, 404)
        assert.equal(body.errors[0].code, 'NOT_FOUND')
      })
    }

    it('includes nothing for a role that may not read it by itself', async () => {
      const include = async (role: Role) =>
        server.send('GET', '/v1/apps?include=builds,betaGroups', { key: server.as(role) })

      const [refused, answered] = [await include('CREATE_APPS'), await include('MARKETING')]

      assert.equal((await server.send('GET', '/v1/apps', { key: server.as('CREATE_APPS') })).status, 200)
      assert.equal(refused.status, 403)
      assert.equal(refused.body.errors[0].detail, 'The API key in use does not allow this request')
      assert.equal(answered.status, 200)
    })

    it('takes a JSON content type on requests without a body', async () => {
      const { status } = await server.send('GET', '/v1/apps', { headers: { 'content-type': 'application/json' } })

      assert.equal(status, 200)
    })

    it('answers 400 to a request with two Host headers', async () => {
      const token = await tokenOf(server.key)

      for (const second of ['Host: other.example', 'hOST: x']) {
        const text = await answerTo(
          `GET /v1/apps?limit=1 HTTP/1.1\r\nHost: x\r\n${second}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        )

        assert.match(text, /^HTTP\/1\.1 400 /)
        assert.match(text, /"BAD_REQUEST"/)
      }
    })

    it('answers 400 to a request with two Authorization headers, whichever is right', async () => {
      const right = `Authorization: Bearer ${await tokenOf(server.key)}`

      for (const headers of [
        [right, 'authorization: Bearer x'],
        ['AUTHORIZATION: Basic eDp5', right],
        [right, right],
        [right, 'Authorization:'],
      ]) {
        const text = await answerTo(
          `GET /v1/apps?limit=1 HTTP/1.1\r\nHost: x\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n`,
        )

        assert.match(text, /^HTTP\/1\.1 400 /)
        assert.match(text, /more than one Authorization header/)
      }
    })

    it('answers 400 to a target that is more than a path with a query', async () => {
      const token = await tokenOf(server.key)

      for (const target of ['http://x/v1/apps', '/v1/apps#x']) {
        const text = await answerTo(
          `GET ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        )

        assert.match(text, /^HTTP\/1\.1 400 /, target)
        assert.match(text, /"BAD_REQUEST"/)
      }
    })

    it('does not believe a Host header with a port that there is not', async () => {
      const token = await tokenOf(server.key)
      const ask = (host: string) =>
        answerTo(
          `GET /v1/apps?limit=1 HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
        )

      assert.ok((await ask('x.example:65535')).includes('"self":"http://x.example:65535/v1/apps'))
      assert.ok((await ask('x.example:65536')).includes(`"self":"${server.url}/v1/apps`))
    })

    it('does not believe a Host header that could break out of a URL', async () => {
      const { clipBundle } = await makeBuild(server.storage, server.team.number)
      await server.send('POST', '/v1/betaAppClipInvocations', {
        body: invocationBody(clipBundle, 'https://example.com/x'),
      })
      const token = await tokenOf(server.key)

      const text = await answerTo(
        `GET /v1/apps?limit=1 HTTP/1.1\r\nHost: evil"><script>\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
      )

      assert.match(text, /^HTTP\/1\.1 200 /)
      assert.doesNotMatch(text, /evil/)
    })
  })
