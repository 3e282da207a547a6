import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { inspect } from 'node:util'
import {
  ApiError,
  ConnectionError,
  createClient,
  UnexpectedAnswerError,
  type ClientOptions,
  type ConnectionOptions,
} from '@clipflight/client'
import { answer, hangUp, noteSleeps, refuse, startFaultyServer, type Fault } from './faulty-server.ts'

const TOKEN = 'eyJhbGciOiJFUzI1NiJ9.c2VjcmV0.c2lnbmF0dXJl'
const NOTHING = { data: [], links: { self: '' } }

async function start(t: TestContext, fault: Fault, options: ConnectionOptions = {}) {
  const server = await startFaultyServer(fault)
  t.after(() => server.close())
  const { sleep } = noteSleeps()
  return { server, client: createClient({ token: () => TOKEN, baseUrl: server.url, sleep, ...options }) }
}

function html(status: number): Fault {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'text/html', 'x-request-id': 'gateway-1' })
    response.end('<html>Sign in to the hotel Wi-Fi</html>')
  }
}

describe('an answer that is none of the API', () => {
  it('is told apart when a gateway answers with HTML', async (t) => {
    for (const status of [200, 400, 502]) {
      const { client } = await start(t, html(status))

      const error = await client.apps
        .list()
        .page()
        .catch((thrown: unknown) => thrown)

      assert.ok(error instanceof UnexpectedAnswerError)
      const { contentType, excerpt, requestId } = error
      assert.deepEqual(
        [error.status, contentType, excerpt, requestId],
        [status, 'text/html', '<html>Sign in to the hotel Wi-Fi</html>', 'gateway-1'],
      )
    }
  })

  for (const [what, body] of Object.entries({
    'is no object': 5,
    'has no data': { links: {} },
    'has data of another form': { data: 'apps' },
    'has a resource without an id': { data: [{ type: 'apps' }] },
    'has attributes of another form': { data: [{ type: 'apps', id: '1', attributes: [] }] },
    'has a relationship of another form': { data: [{ type: 'apps', id: '1', relationships: { a: { data: 5 } } }] },
    'has links of another form': { data: [], links: [] },
    'includes something that is no resource': { data: [], included: [null] },
    'holds one where many were asked for': { data: { type: 'apps', id: '1' } },
    'leads to another endpoint as its next page': {
      data: [],
      links: { next: 'https://example.com/v1/builds?cursor=1' },
    },
    'leads to itself as its next page': { data: [], links: { next: '/v1/apps' } },
    'is of another type': { data: [{ type: 'builds', id: '1' }] },
    'has a number where text is': { data: [{ type: 'apps', id: '1', attributes: { name: 5 } }] },
    'has one where many are related': {
      data: [{ type: 'apps', id: '1', relationships: { builds: { data: { type: 'builds', id: '2' } } } }],
    },
    'includes a number where text is': {
      data: [],
      included: [{ type: 'betaAppClipInvocations', id: '1', attributes: { url: 5 } }],
    },
    'leads to nothing as its next page': { data: [], links: { next: 'http://' } },
  })) {
    it(`is refused when it ${what}`, async (t) => {
      const { client } = await start(t, (_, response) => answer(response, 200, body))

      await assert.rejects(client.apps.list().page(), { name: 'UnexpectedAnswerError', status: 200 })
    })
  }

  it('is refused when what was to be included did not come along', async (t) => {
    const linked = { data: [{ type: 'betaAppClipInvocationLocalizations', id: '2' }] }
    for (const relationships of [{}, { betaAppClipInvocationLocalizations: linked }]) {
      const data = { type: 'betaAppClipInvocations', id: '1', attributes: { url: 'https://a' }, relationships }
      const { client } = await start(t, (_, response) => answer(response, 200, { data }))
      const include = ['betaAppClipInvocationLocalizations'] as const

      await assert.rejects(client.betaAppClipInvocations.get('1', { include }), {
        name: 'UnexpectedAnswerError',
        complaint:
          "leaves out the 'betaAppClipInvocationLocalizations' of 'betaAppClipInvocations' that were to be included",
      })
      await client.betaAppClipInvocations.get('1', { include, fields: { betaAppClipInvocations: ['url'] } })
    }
  })

  it('does not lead in circles by its next pages', async (t) => {
    const { server, client } = await start(t, ({ path }, response) =>
      answer(response, 200, {
        data: [{ type: 'apps', id: '1' }],
        links: { next: `/v1/apps?cursor=${path.endsWith('a') ? 'b' : 'a'}` },
      }),
    )

    await assert.rejects(Array.fromAsync(client.apps.list()), { name: 'UnexpectedAnswerError' })
    assert.equal(server.seen.length, 3)
  })

  it('may say with null that there is no next page', async (t) => {
    const { client } = await start(t, (_, response) => answer(response, 200, { data: [], links: { next: null } }))

    assert.deepEqual(await Array.fromAsync(client.apps.list()), [])
  })

  it('cannot replace what every result has', async (t) => {
    const { client } = await start(t, (_, response) =>
      answer(response, 200, {
        data: {
          type: 'apps',
          id: '1',
          attributes: { document: 5 },
          relationships: { type: { data: null }, id: { data: [] }, document: { data: null } },
        },
      }),
    )

    const app = await client.apps.get('1')

    assert.deepEqual({ ...app }, { type: 'apps', id: '1' })
    assert.equal(Object.getOwnPropertyDescriptor(app, 'document')?.enumerable, false)
  })

  it('is refused when it holds many, or none, where one was asked for', async (t) => {
    const { client } = await start(t, (_, response, count) =>
      answer(response, 200, count === 1 ? NOTHING : { data: null }),
    )

    await assert.rejects(client.apps.get('1'), { name: 'UnexpectedAnswerError' })
    await assert.rejects(client.apps.get('1'), { name: 'UnexpectedAnswerError' })
  })

  it('is not read to its end when it has none', async (t) => {
    const { client } = await start(
      t,
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const chunk = Buffer.alloc(1024 * 1024, ' ')
        const write = (): void => {
          while (!response.destroyed && response.write(chunk));
        }
        response.on('drain', write)
        write()
      },
      { retry: { tries: 1 } },
    )

    await assert.rejects(client.apps.list().page(), {
      name: 'UnexpectedAnswerError',
      message: /longer than 33554432 bytes/,
    })
  })

  it('cannot change what objects inherit', async (t) => {
    const { client } = await start(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end('{"data":{"type":"apps","id":"1","attributes":{"__proto__":{"name":"x"},"id":"2","type":"y"}}}')
    })

    const app = await client.apps.get('1')

    assert.equal(Object.getPrototypeOf(app), Object.prototype)
    assert.deepEqual([app.type, app.id, app.name], ['apps', '1', undefined])
  })

  it('leaves a relationship out whose resources did not come along', async (t) => {
    const { client } = await start(t, (_, response) =>
      answer(response, 200, {
        data: { type: 'builds', id: '1', relationships: { app: { data: { type: 'apps', id: '2' } } } },
      }),
    )

    assert.deepEqual({ ...(await client.builds.get('1')) }, { type: 'builds', id: '1' })
  })

  it('with associated errors shows them all', async (t) => {
    const { client } = await start(t, (_, response) =>
      answer(response, 409, {
        errors: [
          {
            code: 'STATE_ERROR',
            title: 'Not now',
            meta: { associatedErrors: { '/v1/builds/1': [{ code: 'A', title: 'B', detail: 'C' }] } },
          },
        ],
      }),
    )

    const error = await client.apps.get('1').catch((thrown: unknown) => thrown)

    assert.ok(error instanceof ApiError)
    assert.deepEqual(error.problems, [
      { code: 'STATE_ERROR', title: 'Not now' },
      { code: 'A', title: 'B', detail: 'C', about: '/v1/builds/1' },
    ])
  })
})

describe('the token', () => {
  it('is not sent to another host by a redirect', async (t) => {
    const other = await startFaultyServer((_, response) => answer(response, 200, NOTHING))
    t.after(() => other.close())
    for (const status of [301, 302, 303, 307, 308]) {
      const { client } = await start(t, (_, response) => answer(response, status, {}, { location: other.url }))

      await assert.rejects(client.apps.list().page(), { name: 'UnexpectedAnswerError', status })
    }
    assert.equal(other.seen.length, 0)
  })

  it('is not sent to another host by a link to the next page, which is read where the first was', async (t) => {
    const other = await startFaultyServer((_, response) => answer(response, 200, NOTHING))
    t.after(() => other.close())
    const { server, client } = await start(t, (_, response, count) =>
      answer(response, 200, {
        data: [{ type: 'apps', id: String(count) }],
        links: count === 1 ? { next: `${other.url}/behind/a/proxy/v1/apps?cursor=AQ.x&limit=1` } : {},
      }),
    )

    const apps = await Array.fromAsync(client.apps.list({ limit: 1 }))

    assert.deepEqual(
      apps.map(({ id }) => id),
      ['1', '2'],
    )
    assert.deepEqual(
      server.seen.map(({ path }) => path),
      ['/v1/apps?limit=1', '/v1/apps?cursor=AQ.x&limit=1'],
    )
    assert.equal(other.seen.length, 0)
  })

  it('is not sent elsewhere by an id', async (t) => {
    const { server, client } = await start(t, (_, response) => refuse(response, 404, 'NOT_FOUND'))

    for (const id of ['', '.', '..']) await assert.rejects(client.apps.get(id), TypeError)
    await assert.rejects(client.apps.get('../../elsewhere?x#y'), { status: 404 })

    assert.deepEqual(
      server.seen.map(({ path }) => path),
      ['/v1/apps/..%2F..%2Felsewhere%3Fx%23y'],
    )
  })

  it('is only sent over https, or to this machine', () => {
    const to = (baseUrl: string) => () => createClient({ token: () => TOKEN, baseUrl })

    for (const host of ['http://localhost:1', 'http://127.1', 'http://[::1]:1', 'https://a.example/x/']) {
      assert.doesNotThrow(to(host), host)
    }
    for (const host of [
      'http://a.example',
      'http://a.localhost',
      'http://localhost.a.example',
      'http://[::ffff:127.0.0.1]',
      'http://127.0.0.1.example',
      'http://10.0.0.1',
      'http://[::2]',
      'ftp://a.example',
    ]) {
      assert.throws(to(host), { name: 'TypeError', message: /must be https/ })
    }
    for (const host of [
      '',
      'a.example',
      'https://user:secret@a.example',
      'https://a.example?x=y',
      'https://a.example#x',
    ]) {
      assert.throws(to(host), (error: Error) => error instanceof TypeError && !error.message.includes('secret'))
    }
  })

  it('stands in no error, however it is looked at', async (t) => {
    const echo: Fault = ({ token }, response, count) => {
      if (count === 1) return hangUp(response)
      if (count === 2) {
        const errors = [{ code: 'ECHO', title: `You sent Bearer ${token}`, detail: token }]
        return answer(response, 403, { errors }, { 'x-request-id': '1' })
      }
      response.writeHead(400, { 'content-type': 'text/html' })
      return response.end(`<pre>Authorization: Bearer ${token}</pre>`) && undefined
    }
    const { client } = await start(t, echo, { retry: { tries: 1 } })
    const unkind: ClientOptions = {
      token: () => TOKEN,
      retry: { tries: 1 },
      fetch: async (_, init) => {
        throw Object.assign(new Error(`Headers ${JSON.stringify(init.headers)} are no good`), { init })
      },
    }

    const errors = [
      await client.apps.get('1').catch((thrown: unknown) => thrown),
      await client.apps.get('1').catch((thrown: unknown) => thrown),
      await client.apps.get('1').catch((thrown: unknown) => thrown),
      await createClient(unkind)
        .apps.get('1')
        .catch((thrown: unknown) => thrown),
    ]

    assert.deepEqual(
      errors.map((error) => error instanceof Error && error.name),
      ['ConnectionError', 'ApiError', 'UnexpectedAnswerError', 'ConnectionError'],
    )
    for (const error of errors) {
      const shown = inspect(error, { depth: Infinity, showHidden: true }) + JSON.stringify(error) + String(error)
      assert.ok(!shown.includes(TOKEN), shown)
    }
    assert.ok(errors[3] instanceof ConnectionError)
    assert.match(errors[3].message, /Bearer \[token\]/)
  })

  it('and the key stand in no client that is looked at', () => {
    const client = createClient({ keyId: 'K', issuerId: 'I', privateKey: 'the private key' })

    assert.ok(!inspect(client, { depth: Infinity, showHidden: true }).includes('the private key'))
  })

  it('is not looked for in what the service answers', async (t) => {
    const { server } = await start(t, (_, response) =>
      answer(response, 200, { data: { type: 'apps', id: '1', attributes: { name: 'a token' } } }),
    )
    const client = createClient({ token: () => 'token', baseUrl: server.url })

    assert.equal((await client.apps.get('1')).name, 'a token')
  })

  it('is refused when it is none, and not quoted', async (t) => {
    const { server } = await start(t, (_, response) => answer(response, 200, NOTHING))
    const client = createClient({ token: () => 'secret\nX-Evil: 1', baseUrl: server.url })

    await assert.rejects(
      client.apps.get('1'),
      (error: Error) => error instanceof TypeError && !error.message.includes('secret'),
    )
    assert.equal(server.seen.length, 0)
  })
})
