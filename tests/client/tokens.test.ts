import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import { createClient, PrivateKeyError, type ConnectionOptions } from '@clipflight/client'
import { jwtVerify } from 'jose'
import { answer, refuse, startFaultyServer, type Fault } from './faulty-server.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const ISSUER = '57246542-96fe-1a63-e053-0824d011072a'
const TEAM_KEY = { keyId: '2X9R4HXF34', privateKey: PEM, issuerId: ISSUER }
const NOBODY: object = { data: [], links: { self: '' } }
const SIGNED_AT = 1_790_000_000_000

async function start(t: TestContext, fault: Fault = (_, response) => answer(response, 200, NOBODY)) {
  const server = await startFaultyServer(fault)
  t.after(() => server.close())
  return server
}

const claimsOf = async (token = '') => {
  const clockTolerance = '100 years'
  const { payload, protectedHeader } = await jwtVerify(token, publicKey, { clockTolerance })
  return { ...payload, ...protectedHeader }
}

describe('the tokens of the client', () => {
  it('are what Apple asks for, of a team key and of an individual key', async (t) => {
    const server = await start(t)
    const options: ConnectionOptions = { baseUrl: server.url, now: () => SIGNED_AT }

    await createClient({ ...TEAM_KEY, ...options })
      .apps.list()
      .page()
    await createClient({ keyId: 'P1', privateKey: PEM, individual: true, ...options })
      .apps.list()
      .page()

    const common = { alg: 'ES256', typ: 'JWT', aud: 'appstoreconnect-v1', iat: 1_789_999_940, exp: 1_790_001_140 }
    assert.deepEqual(await claimsOf(server.seen[0]?.token), { ...common, kid: '2X9R4HXF34', iss: ISSUER })
    assert.deepEqual(await claimsOf(server.seen[1]?.token), { ...common, kid: 'P1', sub: 'user' })
  })

  it('are signed once for ten calls at the same time', async (t) => {
    const server = await start(t)
    const client = createClient({ ...TEAM_KEY, baseUrl: server.url })

    await Promise.all(Array.from({ length: 10 }, () => client.apps.list().page()))

    assert.equal(server.seen.length, 10)
    assert.equal(new Set(server.seen.map(({ token }) => token)).size, 1)
  })

  it('are kept until a minute before they expire', async (t) => {
    const server = await start(t)
    let now = SIGNED_AT
    const client = createClient({ ...TEAM_KEY, baseUrl: server.url, now: () => now })

    for (const second of [0, 1079, 1080, 1081]) {
      now = SIGNED_AT + second * 1000
      await client.apps.list().page()
    }

    const [first, before, after, again] = server.seen.map(({ token }) => token)
    assert.equal(before, first)
    assert.notEqual(after, first)
    assert.equal(again, after)
  })

  it('are never those of another client', async (t) => {
    const server = await start(t)
    const clients = ['A', 'B'].map((keyId) => createClient({ ...TEAM_KEY, keyId, baseUrl: server.url }))

    await Promise.all([...clients, ...clients].map((client, index) => client.apps.get(String(index)).catch(() => {})))

    assert.equal(server.seen.length, 4)
    for (const { path, token } of server.seen) {
      const { kid } = await claimsOf(token)
      assert.equal(kid, Number(path.slice(-1)) % 2 === 0 ? 'A' : 'B')
    }
  })

  it('may come from a function, which is asked before each request', async (t) => {
    const server = await start(t)
    let made = 0
    const client = createClient({ token: async () => `token-${(made += 1)}`, baseUrl: server.url })

    await client.apps.list().page()
    await client.apps.list().page()

    assert.deepEqual(
      server.seen.map(({ token }) => token),
      ['token-1', 'token-2'],
    )
  })

  it('are signed afresh, once, when one is refused', async (t) => {
    const server = await start(t, (_, response, count) =>
      count === 1 ? refuse(response, 401, 'NOT_AUTHORIZED') : answer(response, 200, NOBODY),
    )
    const client = createClient({ ...TEAM_KEY, baseUrl: server.url })

    await client.apps.list().page()
    await client.apps.list().page()

    const [refused, fresh, kept] = server.seen.map(({ token }) => token)
    assert.notEqual(fresh, refused)
    assert.equal(kept, fresh)
  })

  it('are signed by the time of the service once it refuses one and says its time', async (t) => {
    const server = await start(t, (_, response, count) => {
      response.setHeader('date', new Date(SIGNED_AT + 86_400_000).toUTCString())
      if (count === 1) refuse(response, 401, 'NOT_AUTHORIZED')
      else answer(response, 200, NOBODY)
    })
    const client = createClient({ ...TEAM_KEY, baseUrl: server.url, now: () => SIGNED_AT })

    await client.apps.list().page()
    await client.apps.list().page()

    const [first, corrected, kept] = server.seen.map(({ token }) => token)
    assert.equal((await claimsOf(first)).iat, 1_789_999_940)
    assert.equal((await claimsOf(corrected)).iat, 1_789_999_940 + 86_400)
    assert.equal(kept, corrected)
  })

  it('are not signed again and again when every one is refused', async (t) => {
    const server = await start(t, (_, response) => refuse(response, 401, 'NOT_AUTHORIZED'))
    const client = createClient({ ...TEAM_KEY, baseUrl: server.url })

    await assert.rejects(client.apps.list().page(), { name: 'ApiError', status: 401 })

    assert.equal(server.seen.length, 2)
  })

  it('take the private key as files and variables hold it, or as WebCrypto does', async (t) => {
    const server = await start(t)
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const der = privateKey.export({ type: 'pkcs8', format: 'der' })
    const imported = await crypto.subtle.importKey('pkcs8', Uint8Array.from(der), algorithm, false, ['sign'])
    const forms = [PEM, PEM.replaceAll('\n', '\r\n'), PEM.replaceAll('\n', String.raw`\n`), PEM.trim(), imported]

    for (const form of forms) {
      await createClient({ ...TEAM_KEY, privateKey: form, baseUrl: server.url })
        .apps.list()
        .page()
    }

    for (const { token } of server.seen) assert.equal((await claimsOf(token)).kid, '2X9R4HXF34')
  })

  it('say what is wrong with a private key, and do not show it', async (t) => {
    const server = await start(t)
    const other = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey
    const forms = [
      'no key at all',
      '-----BEGIN PRIVATE KEY-----\n???\n-----END PRIVATE KEY-----',
      PEM.slice(0, 80),
      other.export({ type: 'pkcs8', format: 'pem' }).toString(),
      privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      generateKeyPairSync('rsa', { modulusLength: 2048 })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
    ]

    for (const form of forms) {
      const client = createClient({ ...TEAM_KEY, privateKey: form, baseUrl: server.url })
      await assert.rejects(client.apps.list().page(), PrivateKeyError)
      await assert.rejects(client.apps.list().page(), PrivateKeyError)
    }
    assert.equal(server.seen.length, 0)
  })

  it('are not asked for when something is missing', () => {
    assert.throws(() => createClient({ ...TEAM_KEY, issuerId: '' }), /needs 'issuerId'/)
    assert.throws(() => createClient({ ...TEAM_KEY, keyId: '' }), /needs 'keyId'/)
    assert.throws(() => createClient({ keyId: 'P1', privateKey: '', individual: true }), /needs 'privateKey'/)
  })
})
