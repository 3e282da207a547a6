import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { ControlError, createControlClient } from '@clipflight/control'
import { ADMIN_TOKEN, demoTeam, describeControlled, type Controlled } from './start-controlled.ts'

/** `fetch` sets Host itself, so these go by hand. */
function askAs(
  server: Controlled,
  host: string,
  headers: Readonly<Record<string, string | readonly string[]>> = {},
  path = '/_clipflight/teams',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(
      server.url,
      { path, headers: { host, authorization: `Bearer ${ADMIN_TOKEN}`, ...headers } },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    asked.on('error', reject).end()
  })
}

describeControlled('the doors of the control API', (server) => {
  test('a wrong admin token is refused, and nothing is changed', async () => {
    const before = (await server().control.listTeams()).teams.length

    for (const token of ['wrong', '', null, `${ADMIN_TOKEN}x`, ADMIN_TOKEN.slice(0, -1)]) {
      const { status, body } = await server().ask('POST', '/teams', { token, body: {} })
      assert.equal(status, 401)
      assert.match(body.errors[0].detail, /admin token/)
    }

    assert.equal((await server().control.listTeams()).teams.length, before)
  })

  test('a refusal says what is wrong and never repeats the token', async () => {
    const client = createControlClient({ url: server().url, adminToken: 'wrong-secret' })

    const error = await client.listTeams().catch((reason: unknown) => reason)

    assert.ok(error instanceof ControlError)
    assert.equal(error.status, 401)
    assert.doesNotMatch(JSON.stringify(error) + String(error.stack), /wrong-secret/)
  })

  test('an App Store Connect token does not open the control API', async () => {
    const { token } = await demoTeam(server())

    for (const [method, path] of [
      ['GET', '/teams'],
      ['POST', '/teams'],
      ['GET', '/requests/stream'],
      ['GET', '/export'],
    ] as const) {
      assert.equal((await server().ask(method, path, { token })).status, 401, `${method} ${path}`)
    }
  })

  test('the admin token does not open /v1', async () => {
    const response = await fetch(`${server().url}/v1/apps`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })

    assert.equal(response.status, 401)
  })

  test('a foreign Host is refused, even with the token', async () => {
    const hidden = ['evil.example@127.0.0.1', '127.0.0.1/evil.example', '127.0.0.1?evil.example', '127.0.0.1#evil']
    const foreign = ['evil.example', 'evil.example:80', 'localhost.evil.example', '127.0.0.1.evil.example', '[']
    for (const host of [...foreign, ...hidden]) {
      assert.equal(await askAs(server(), host), 403, host)
    }
  })

  test('two Authorization headers are refused, though one of them is right', async () => {
    for (const authorization of [
      [`Bearer ${ADMIN_TOKEN}`, 'Bearer wrong'],
      ['Bearer wrong', `Bearer ${ADMIN_TOKEN}`],
    ]) {
      assert.equal(await askAs(server(), 'localhost', { authorization }), 400)
    }
  })

  test('a target that names a host itself is refused, whatever it names', async () => {
    for (const path of [
      `${server().url}/_clipflight/teams`,
      'http://evil.example/_clipflight/teams',
      'http://evil.example/_clipflight/openapi.json',
      '/_clipflight/teams#evil',
    ]) {
      assert.equal(await askAs(server(), 'localhost', {}, path), 400, path)
    }
  })

  test('the names of this machine are taken, with any port', async () => {
    for (const host of ['localhost', 'localhost:1234', '127.0.0.1:1', '[::1]:9', 'LOCALHOST']) {
      assert.equal(await askAs(server(), host), 200, host)
    }
  })

  test('a foreign Origin is refused, even with the token', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example', 'file://']) {
      assert.equal(await askAs(server(), 'localhost', { origin }), 403, origin)
    }
    assert.equal(await askAs(server(), 'localhost', { origin: 'http://localhost:5173' }), 200)
  })

  test('health and the document need no token, and the document no foreign name', async () => {
    assert.deepEqual((await server().ask('GET', '/health', { token: null })).body, { status: 'ok' })
    assert.equal((await fetch(`${server().url}/_clipflight/health`, { method: 'HEAD' })).status, 200)
    assert.equal((await fetch(`${server().url}/docs`, { method: 'HEAD' })).status, 200)
    const { status, body } = await server().ask('GET', '/openapi.json', { token: null })
    assert.equal(status, 200)
    assert.equal(
      body.paths['/_clipflight/teams/{team}/snapshots/{snapshot}/restore'].post.operationId,
      'restoreSnapshot',
    )
    assert.equal(
      (await server().ask('GET', '/openapi.json', { token: null, headers: { origin: 'https://evil.example' } })).status,
      403,
    )
  })

  test('a path that is none and a method that a path does not take are told apart', async () => {
    const none = await server().ask('GET', '/nothing')
    assert.equal(none.status, 404)
    assert.match(none.body.errors[0].detail, /'\/nothing'/)
    const other = await server().ask('DELETE', '/teams')
    assert.equal(other.status, 405)
    assert.match(other.body.errors[0].detail, /GET, POST/)
  })

  test('a method that no path takes is refused as one, and is in no log of requests', async () => {
    for (const method of ['PUT', 'OPTIONS']) {
      const { status, body } = await server().ask(method, '/teams')
      assert.equal(status, 405, method)
      assert.match(body.errors[0].detail, /GET, POST/)
    }
    const { requests } = await server().control.listRequests({ path: '/_clipflight/**' })
    assert.deepEqual(requests, [])
  })

  test('the control API alone, with nothing behind its slash, is its own refusal and not one of /v1', async () => {
    for (const path of ['', '/']) {
      const { status, body } = await server().ask('GET', path)
      assert.equal(status, 404, path)
      assert.match(body.errors[0].detail, /openapi\.json/)
    }
  })

  test('everything that is wrong comes at once, in words, however much it is', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`m${index}`, 1]))
    const { status, body } = await server().ask('POST', '/faults', {
      body: { ...unknown, match: { team: 'x' }, when: 5, then: { answer: { status: 1, headers: [] } } },
    })

    assert.equal(status, 422)
    const said = body.errors.map(
      ({ source, detail }: { source: { pointer: string }; detail: string }) => `${source.pointer} ${detail}`,
    )
    assert.equal(said.filter((each: string) => each.includes('is not known here')).length, 10)
    for (const each of [
      '/match/team It must be a whole number.',
      '/when It must be an object.',
      '/then/answer/status It must be 400 or more.',
      '/then/answer/headers It must be an object.',
    ]) {
      assert.ok(said.includes(each), `${each}: ${said.join('\n')}`)
    }
  })

  test('what is out of bounds, empty or of another kind is refused in words', async () => {
    const said = async (path: string, body: unknown): Promise<readonly string[]> => {
      const answer = await server().ask('POST', path, { body })
      return answer.body.errors.map(
        ({ source, detail }: { source: { pointer: string }; detail: string }) => `${source.pointer} ${detail}`,
      )
    }
    const then = { applied: false, answer: { status: 600, detail: 5 } }
    assert.deepEqual(await said('/faults', { match: { key: '' }, when: { next: 0 }, then }), [
      '/match/key It must not be empty.',
      '/when/next It must be 1 or more.',
      '/then/answer/status It must be 599 or less.',
      '/then/answer/detail It must be text or null.',
      '/then/applied It must be true.',
    ])
    assert.deepEqual(await said('/teams', { keys: [{ roles: [] }] }), ['/keys/0/roles It must not be empty.'])
    assert.deepEqual(await said('/teams', { name: 'x'.repeat(201) }), [
      '/name It must not have more than 200 characters.',
    ])
  })

  test('a parameter that stands there twice is refused, for only one of them could be heeded', async () => {
    const { status, body } = await server().ask('GET', '/requests?limit=1&status=404&limit=2')

    assert.equal(status, 400)
    assert.deepEqual(body.errors[0].source, { parameter: 'limit' })
    assert.equal(body.errors.length, 1)
  })

  test('a JSON content type without a body, as many clients send it, is no body', async () => {
    const { team } = await demoTeam(server())
    const headers = { 'content-type': 'application/json' }
    const post = (path: string) => server().ask('POST', path, { headers })

    assert.equal((await post(`/teams/${team}/reset`)).status, 204)
    assert.equal((await post('/teams')).status, 201)
    const { status, body } = await post(`/teams/${team}/snapshots`)
    assert.equal(status, 422)
    assert.match(body.errors[0].detail, /'name' is missing/)
  })
})
