import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readScope, refuseOutOfScope } from '../../packages/server/src/auth/scope.ts'
import { refusal } from './keys-and-tokens.ts'

describe('a token', () => {
  test('without a scope may make every request', () => {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) refuseOutOfScope(readScope(undefined), method, '/v1/apps')
  })
})

/** Scope, then the URL that is asked for. */
const MATCHING: readonly (readonly [string, string])[] = [
  ['GET /v1/apps', '/v1/apps'],
  ['GET /v1/apps', '/v1/apps?'],
  ['GET /v1/apps', '/v1/apps?limit=1&cursor=AQ.GXQEGw&sort=-name'],
  ['GET /v1/apps?limit=200&sort=name&cursor=x', '/v1/apps'],
  ['GET /v1/apps?limit=200', '/v1/apps?limit=5'],
  ['GET /v1/apps?filter[name]=a&include=builds', '/v1/apps?include=builds&filter[name]=a'],
  ['GET /v1/apps?filter[name]=a', '/v1/apps?filter%5Bname%5D=%61&limit=2'],
  ['GET /v1/apps?filter%5Bname%5D=a%20b', '/v1/apps?filter[name]=a%20b'],
  ['GET /v1/builds?include=app,buildBundles', '/v1/builds?include=app%2CbuildBundles'],
  ['GET /v1/apps?include=a&include=a', '/v1/apps?include=a'],
  ['GET /v1/apps?filter[name]=what?', '/v1/apps?filter[name]=what%3F'],
]

const MISMATCHING: readonly (readonly [string, string])[] = [
  ['GET /v1/apps', '/v1/builds'],
  ['GET /v1/apps', '/v1/apps/1'],
  ['GET /v1/apps/1', '/v1/apps'],
  ['GET /v1/apps', '/v1/apps/'],
  ['GET /v1/apps', '/V1/apps'],
  ['GET /v1/apps', '/v1/%61pps'],
  ['GET /v1/betaGroups', '/v1/betaGroups?filter[app]=1'],
  ['GET /v1/betaGroups?filter[app]=1', '/v1/betaGroups'],
  ['GET /v1/betaGroups?filter[app]=1', '/v1/betaGroups?filter[app]=2'],
  ['GET /v1/betaGroups?filter[app]=1', '/v1/betaGroups?filter[app]=1&include=app'],
  ['GET /v1/betaGroups?filter[app]=1', '/v1/betaGroups?filter[app]=1&filter[app]=2'],
  ['GET /v1/apps', '/v1/apps?limit[builds]=1'],
  ['GET /v1/builds?include=app,buildBundles', '/v1/builds?include=buildBundles,app'],
  ['GET /v1/apps?filter[name]=a%26b=c', '/v1/apps?filter[name]=a&b=c'],
]

describe('a reading request', () => {
  for (const [entry, url] of MATCHING) {
    test(`is inside the scope '${entry}' as ${url}`, () => {
      refuseOutOfScope(readScope([entry]), 'GET', url)
    })
  }

  for (const [entry, url] of MISMATCHING) {
    test(`is outside the scope '${entry}' as ${url}`, async () => {
      const error = await refusal('FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE', () =>
        refuseOutOfScope(readScope([entry]), 'GET', url),
      )

      assert.equal(error.status, 403)
    })
  }

  test('needs one matching entry of several', async () => {
    const scope = readScope(['GET /v1/builds', 'GET /v1/apps'])

    refuseOutOfScope(scope, 'GET', '/v1/apps')
    await refusal('FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE', () => refuseOutOfScope(scope, 'GET', '/v1/devices'))
  })

  test('is outside a scope of writes', async () => {
    await refusal('FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE', () =>
      refuseOutOfScope(readScope(['POST /v1/apps']), 'GET', '/v1/apps'),
    )
  })
})

describe('a writing request', () => {
  for (const method of ['POST', 'PATCH', 'DELETE']) {
    test(`${method} is not allowed although the scope names it`, async () => {
      const scope = readScope([`${method} /v1/betaAppClipInvocations`, 'GET /v1/apps'])

      const error = await refusal('METHOD_NOT_ALLOWED', () =>
        refuseOutOfScope(scope, method, '/v1/betaAppClipInvocations'),
      )

      assert.equal(error.status, 405)
    })

    test(`${method} is outside a scope that only reads`, async () => {
      const scope = readScope(['GET /v1/betaAppClipInvocations'])

      await refusal('FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE', () =>
        refuseOutOfScope(scope, method, '/v1/betaAppClipInvocations'),
      )
    })
  }

  test('is outside a scope that names another verb', async () => {
    await refusal('FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE', () =>
      refuseOutOfScope(readScope(['POST /v1/apps']), 'DELETE', '/v1/apps'),
    )
  })
})
