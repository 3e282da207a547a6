import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { InvocationsFileRefused, type FileApp } from '../../packages/plan/src/file/invocations-file.ts'
import { readInvocationsFile } from '../../packages/plan/src/file/read-invocations-file.ts'
import { resolveInvocations, variablesOf } from '../../packages/plan/src/file/resolve-invocations.ts'
import type { VariableValues } from '../../packages/plan/src/file/variables.ts'

function appWith(...invocations: readonly (readonly [string, string])[]): FileApp {
  const lines = invocations.map(([url, title]) => `  - url: ${url}\n    title: { en-US: ${JSON.stringify(title)} }\n`)
  const [app] = readInvocationsFile(`app: a\ninvocations:\n${lines.join('')}`, 'clipflight.yaml').apps
  if (app === undefined) throw new Error('there is no app in it')
  return app
}

function urlOf(url: string, values: VariableValues): string | undefined {
  return resolveInvocations(appWith([url, 'T']), values, 'clipflight.yaml')[0]?.url
}

function refusals(app: FileApp, values: VariableValues): string[] {
  try {
    resolveInvocations(app, values, 'clipflight.yaml')
  } catch (error) {
    if (error instanceof InvocationsFileRefused) return error.message.split('\n')
    throw error
  }
  return []
}

describe('the variables of a file', () => {
  test('stand for their values in URLs and titles', () => {
    const app = appWith(['https://a.example/${BUILD}?v=${VERSION}', 'Order (${BUILD}, ${env.STAGE})'])

    assert.deepEqual(resolveInvocations(app, { BUILD: '42', VERSION: '1.4', env: { STAGE: 'beta' } }, ''), [
      { url: 'https://a.example/42?v=1.4', titles: { 'en-US': 'Order (42, beta)' } },
    ])
  })

  test('are percent-encoded in URLs, but for those of the environment, which may hold the beginning of one', () => {
    const values = { BRANCH: 'fix/#12 ü', env: { BASE: 'https://staging.example:8443/app' } }

    assert.equal(urlOf('https://a.example/?b=${BRANCH}', values), 'https://a.example/?b=fix%2F%2312%20%C3%BC')
    assert.equal(urlOf('${env.BASE}/order', values), 'https://staging.example:8443/app/order')
  })

  test('are none of the environment that sound like a secret, whatever the case', () => {
    for (const name of [
      'ASC_PRIVATE_KEY',
      'github_token',
      'KEY',
      'MATCH_PASSWORD',
      'ascApiKey',
      'SENTRY_AUTH',
      'DATABASE_URL',
      'DB_PWD',
      'DEPLOYKEY',
      'SSHPASS',
      'STRIPEKEY',
      'stripeKeys_live',
      'HMACKEY2',
      'AzureConnectionString',
    ]) {
      assert.throws(() => appWith([`https://a.example/\${env.${name}}`, 'T']), InvocationsFileRefused, name)
    }
    for (const name of [
      'SHOP_HOST',
      'MONKEY',
      'COMPASS_COLOR',
      'KEYBOARD',
      'PASSAGE',
      'CI_PIPELINE_ID',
      'AUTHOR',
      'PATCH',
      'STAGE',
    ]) {
      assert.equal(urlOf(`https://a.example/\${env.${name}}`, { env: { [name]: '1' } }), 'https://a.example/1')
    }
  })

  test('may stand in the host and the port', () => {
    const values = { env: { HOST: 'coffee.example.com', PORT: '8443' } }

    assert.equal(urlOf('https://${env.HOST}:${env.PORT}/', values), 'https://coffee.example.com:8443/')
  })

  test('are text behind a second dollar, and a dollar alone is a dollar', () => {
    const app = appWith(['https://a.example/$1', 'Only $${BUILD} for $5'])

    assert.deepEqual(resolveInvocations(app, { env: {} }, ''), [
      { url: 'https://a.example/$1', titles: { 'en-US': 'Only ${BUILD} for $5' } },
    ])
  })

  test('are named, so that nobody has to find out those that are not used', () => {
    const app = appWith(['https://a.example/${BUILD}', '${BRANCH} $${VERSION} ${env.STAGE}'])

    assert.deepEqual([...variablesOf(app)], ['BUILD', 'BRANCH'])
  })

  test('are refused without a value, where they are used', () => {
    const app = appWith(['https://a.example/${BUILD}', '${env.STAGE} ${env.constructor}'])

    assert.deepEqual(refusals(app, { BUILD: undefined, env: {} }), [
      'clipflight.yaml:3:10: ${BUILD} has no value',
      'clipflight.yaml:4:21: ${env.STAGE} has no value',
      'clipflight.yaml:4:21: ${env.constructor} has no value',
    ])
  })

  test('are refused when they make a URL that is none, one that is too long, or a title that is', () => {
    const app = appWith(['${env.BASE}/order', 'T'], ['https://a.example/${env.LONG}', '${env.LONG}'])

    assert.deepEqual(
      refusals(app, { env: { BASE: 'http://a.example', LONG: 'x'.repeat(2100) } }).map((line) => line.slice(0, 100)),
      [
        `clipflight.yaml:3:10: The 'url' value is invalid. It must be an absolute https URL with a host. With its variables it is 'http://a.example/order'.`,
        `clipflight.yaml:5:10: The provided entity contains a field 'url' whose value is too long. It cannot exceed 2048 characters.`,
        `clipflight.yaml:6:21: The provided entity contains a field 'title' whose value is too long. It cannot exceed 255 characters.`,
      ].map((line) => line.slice(0, 100)),
    )
  })

  test('are refused when they make two URLs the same', () => {
    const app = appWith(['https://a.example/${BUILD}', 'T'], ['https://a.example/42', 'U'])

    assert.deepEqual(refusals(app, { BUILD: '42', env: {} }), [
      `clipflight.yaml:5:10: with its variables it is 'https://a.example/42', which is the URL at line 3 too`,
    ])
  })
})
