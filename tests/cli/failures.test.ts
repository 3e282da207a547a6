import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { after, before, describe, test } from 'node:test'
import { serve } from '../serve/run-clipflight.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeUser, variablesFor } from './command-line.ts'

const [EXIT_FAILED, EXIT_NOT_AUTHORISED] = [1, 3]

const ID = '00000000-0000-4000-8000-000000000000'

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

/** A service that answers as told; returns its URL. */
async function faulty(context: TestContext, answer: RequestListener): Promise<string> {
  const http = createServer(answer)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  context.after(() => http.close())
  const address = http.address()
  assert.ok(typeof address === 'object' && address !== null)
  return `http://127.0.0.1:${address.port}`
}

async function run(context: TestContext, url: string, args: readonly string[], environment = {}) {
  const user = await makeUser(context)
  return user.run(args, { environment: { ...variablesFor(url, server.key), ...environment } })
}

const UNAUTHORISED = JSON.stringify({
  errors: [{ status: '401', code: 'NOT_AUTHORIZED', title: 'Authentication credentials are missing or invalid.' }],
})

describe('a service', () => {
  test('that cannot be reached is named, with the source of its URL', async (context) => {
    const { code, stdout, stderr } = await run(context, 'http://127.0.0.1:9', ['apps', 'list'])

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^clipflight: http:\/\/127\.0\.0\.1:9 \(from ASC_BASE_URL\) cannot be reached: .*\n {2}Is the service running\? Start it: clipflight serve --port 9\n/,
    )
  })

  test('that no proxy leads to, and that cannot be reached, is not taken for a proxy', async (context) => {
    const { stderr } = await run(context, 'https://0.0.0.0:2', ['apps', 'list'], {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: 'http://127.0.0.1:3',
      NO_PROXY: '0.0.0.0',
    })

    assert.match(
      stderr,
      /^clipflight: https:\/\/0\.0\.0\.0:2 \(from ASC_BASE_URL\) cannot be reached: .*\n {2}Check the URL/,
    )
  })

  test('that hangs up on a change is not trusted to have left it undone', async (context) => {
    const url = await faulty(context, (_request, response) => response.destroy())

    const { code, stderr } = await run(context, url, ['localizations', 'update', ID, '--title', 'x'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /cannot be reached: .*\n {2}The change may have been made nevertheless: look before/)
  })

  test('that fails is named with the request and its id, and is not trusted to have left a change undone', async (context) => {
    const url = await faulty(context, (_request, response) => {
      const problem = { status: '500', code: 'UNEXPECTED_ERROR', title: 'x', detail: 'An unexpected error occurred.' }
      response.writeHead(500, { 'content-type': 'application/json', 'x-request-id': 'R7' })
      response.end(JSON.stringify({ errors: [problem] }))
    })

    const write = await run(context, url, ['localizations', 'update', ID, '--title', 'x'])
    const read = await run(context, url, ['apps', 'get', '1'])

    assert.equal(write.code, EXIT_FAILED)
    assert.equal(
      write.stderr,
      `clipflight: ${url} (from ASC_BASE_URL) answered 500 to PATCH /v1/betaAppClipInvocationLocalizations/${ID}: An unexpected error occurred.
  The change may have been made nevertheless: look before trying again.
  The request id, for who looks after the service: R7
`,
    )
    assert.match(read.stderr, /answered 500 to GET \/v1\/apps\/1: An unexpected error occurred\.\n {2}The request id/)
  })

  test('behind a gateway that answers HTML is told apart, with how the answer begins', async (context) => {
    const url = await faulty(context, (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>\n<title>Sign in to the network</title>')
    })

    const { code, stderr } = await run(context, url, ['apps', 'list'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /answered 200 with text\/html that is not of this API, beginning: <html> <title>Sign in/)
    assert.match(stderr, /a gateway or a sign-in page/)
  })

  test('that leaves out the titles it was asked for is told so', async (context) => {
    const invocation = { type: 'betaAppClipInvocations', id: ID, attributes: { url: 'https://example.com' } }
    const url = await faulty(context, (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data: invocation }))
    })

    const { code, stdout, stderr } = await run(context, url, ['invocations', 'get', ID])

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^clipflight: .* answered 200 with JSON that leaves out the 'betaAppClipInvocationLocalizations' of 'betaAppClipInvocations' .*\n {2}App Store Connect does not answer so: check the URL/,
    )
  })

  test('whose budget is spent says when to try again', async (context) => {
    const url = await faulty(context, (_request, response) => {
      const problem = { status: '429', code: 'RATE_LIMIT_EXCEEDED', title: 'The request rate limit has been reached.' }
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '90' })
      response.end(JSON.stringify({ errors: [problem] }))
    })

    const { code, stderr } = await run(context, url, ['apps', 'list'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /budget of this key is spent .*\n {2}Try again in 90 seconds\./)
  })

  test('that does not accept the key leads to the issuer, and to where the key is from', async (context) => {
    const ASC_ISSUER_ID = '00000000-0000-4000-8000-000000000000'

    const { code, stdout, stderr } = await run(context, server.url, ['apps', 'list'], { ASC_ISSUER_ID })
    const asJson = await run(context, server.url, ['apps', 'list', '--output=json'], { ASC_ISSUER_ID })

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.equal(stdout, '')
    assert.match(stderr, /The key is from ASC_KEY_ID, ASC_ISSUER_ID, ASC_PRIVATE_KEY/)
    assert.match(stderr, new RegExp(`Check that the issuer ${ASC_ISSUER_ID} is the key's own`))
    assert.ok(!stderr.includes('clock'), stderr)
    assert.equal(JSON.parse(asJson.stderr).error.status, 401)
  })

  test('that does not accept a key without an issuer leads to the missing issuer', async (context) => {
    const { code, stderr } = await run(context, server.url, ['apps', 'list'], { ASC_ISSUER_ID: '' })

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(stderr, /used as a person's key: a team's key needs --issuer-id or ASC_ISSUER_ID/)
  })

  test('that does not accept a token signed by its own time leads to no clock', async (context) => {
    const url = await faulty(context, (_request, response) => {
      const date = new Date(Date.now() + 25 * 60_000).toUTCString()
      response.writeHead(401, { 'content-type': 'application/json', date }).end(UNAUTHORISED)
    })

    const { code, stderr } = await run(context, url, ['apps', 'list'])

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.ok(!stderr.includes('clock'), stderr)
  })

  test('that wants an agreement signed leads to who signs it', async (context) => {
    const url = await faulty(context, (_request, response) => {
      const problem = {
        status: '403',
        code: 'FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED',
        title: 'A required agreement is missing',
      }
      response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ errors: [problem] }))
    })

    const { code, stderr } = await run(context, url, ['apps', 'list'])

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(stderr, /A required agreement is missing\n {2}An agreement waits to be signed/)
  })
})

describe('advice that names a command', () => {
  test('repeats what says which service is meant', async (context) => {
    const user = await makeUser(context)
    const { greeting } = await serve(context, join(user.folder, 'data'))
    const local = ['--local', '--data-dir', greeting.dataDir]

    const unknown = await user.run(['builds', 'get', '99', '--app', 'com.example.coffee', ...local])

    const flags = `--local --data-dir ${greeting.dataDir}`
    assert.match(unknown.stderr, new RegExp(`: clipflight builds list --app com\\.example\\.coffee ${flags}\n`))
  })

  test('that an ended membership is met with is to renew it', async (context) => {
    const user = await makeUser(context)
    await serve(context, join(user.folder, '.clipflight'))
    await user.run(['sandbox', 'faults', 'add', 'membership-expired'])

    const { stderr } = await user.run(['apps', 'list', '--local'])

    assert.match(stderr, /\n {2}The membership in the Apple Developer Program has to be renewed/)
  })
})
