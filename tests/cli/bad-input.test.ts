import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { startGateway } from '../support/gateway.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { variablesFor } from './command-line.ts'
import { makeProject } from './project.ts'

const [EXIT_FAILED, EXIT_NOT_AUTHORISED] = [1, 3]

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

const invocation = (name: string, locale = 'en-US'): string =>
  `{ url: 'https://example.com/${name}', title: { ${locale}: ${name} } }`

const FILES = [
  {
    what: 'that is no YAML',
    rest: 'invocations: [',
    says: /clipflight\.yaml:2:14: the \[ that begins here does not end/,
  },
  {
    what: 'with an unknown key',
    rest: 'invocatoins: []',
    says: /clipflight\.yaml:2:1: 'invocatoins' is not a member of an app\. Did you mean 'invocations'\?/,
  },
  {
    what: 'with four URLs',
    rest: `invocations: [${['a', 'b', 'c', 'd'].map((name) => invocation(name)).join(', ')}]`,
    says: /clipflight\.yaml:2:\d+: a build takes 3 invocations, and these are 4/,
  },
  {
    what: 'with a locale that there is not',
    rest: `invocations: [${invocation('a', 'de')}]`,
    says: /clipflight\.yaml:2:\d+: 'de' is not a locale of App Store Connect\. Did you mean 'de-DE'\?/,
  },
] as const

describe('a file', () => {
  for (const { what, rest, says } of FILES) {
    test(`${what} is refused before anything is read or changed`, async (context) => {
      const gateway = await startGateway(context, server.url)
      const project = await makeProject(context, server, { url: gateway.url })
      await project.writeText(`app: ${project.bundleId}\n${rest}\n`)

      for (const args of [['validate'], ['plan'], ['apply', '--auto-approve']]) {
        const { code, stdout, stderr } = await project.run(args)
        assert.equal(code, EXIT_FAILED)
        assert.equal(stdout, '')
        assert.match(stderr, says)
      }
      assert.deepEqual(gateway.requests, [])
    })
  }
})

test('a folder in the place of the file is said to be one', async (context) => {
  const project = await makeProject(context, server)

  const { code, stderr } = await project.run(['validate', '--file', '.'])

  assert.equal(code, EXIT_FAILED)
  assert.equal(stderr, 'clipflight: . is a folder, and a file is wanted\n')
})

const { privateKey: otherCurve } = generateKeyPairSync('ec', { namedCurve: 'secp384r1' })

const KEYS = [
  {
    what: 'whose file is missing',
    environment: { ASC_PRIVATE_KEY: '', ASC_PRIVATE_KEY_PATH: 'none.p8' },
    says: /none\.p8/,
  },
  {
    what: 'that is not on P-256',
    environment: { ASC_PRIVATE_KEY: otherCurve.export({ type: 'pkcs8', format: 'pem' }).toString() },
    says: /ASC_PRIVATE_KEY holds a key that is not on the curve P-256/,
  },
  {
    what: 'with the issuer of another team',
    environment: { ASC_ISSUER_ID: '00000000-0000-4000-8000-000000000000' },
    says: /is not accepted by .*\n[^]*Check that the issuer 00000000/,
  },
] as const

describe('a key', () => {
  for (const { what, environment, says } of KEYS) {
    test(`${what} is said to be so, and nothing is changed`, async (context) => {
      const project = await makeProject(context, server)
      await project.writeText(`app: ${project.bundleId}\ninvocations: [${invocation('a')}]\n`)

      const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'], environment)

      assert.equal(code, EXIT_NOT_AUTHORISED, stderr)
      assert.equal(stdout, '')
      assert.match(stderr, says)
      assert.deepEqual(await project.has(), {})
    })
  }
})

describe('a service', () => {
  test('with another clock refuses the key, and nothing is changed', async (context) => {
    const late = await startServer('sqlite', { now: () => Date.now() + 3_600_000 })
    context.after(() => late.close())
    const project = await makeProject(context, server)
    await project.writeText(`app: ${project.bundleId}\ninvocations: [${invocation('a')}]\n`)

    const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'], variablesFor(late.url, late.key))

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.equal(stdout, '')
    assert.match(stderr, /The key \w+ is not accepted by/)
  })

  test('that cannot be reached is named', async (context) => {
    const project = await makeProject(context, server, { url: 'http://127.0.0.1:9' })
    await project.writeText(`app: ${project.bundleId}\ninvocations: [${invocation('a')}]\n`)

    const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'])

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(stderr, /http:\/\/127\.0\.0\.1:9 \(from ASC_BASE_URL\) cannot be reached/)
  })

  test('behind a gateway that answers HTML is told apart, and nothing is changed', async (context) => {
    const gateway = await startGateway(context, server.url, () => 'refuse')
    const project = await makeProject(context, server, { url: gateway.url })
    await project.writeText(`app: ${project.bundleId}\ninvocations: [${invocation('a')}]\n`)

    const { code, stdout, stderr } = await project.run(['apply', '--auto-approve'])

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(stderr, /answered 502 with text\/html that is not of this API, beginning: <html><title>502 Bad/)
    assert.deepEqual(await project.has(), {})
  })
})
