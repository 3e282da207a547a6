import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import {
  base64url,
  claims,
  individualClaims,
  ISSUER,
  makeKey,
  openDesk,
  refusal,
  SIGNED_AT,
  token,
  tokenOfTexts,
} from './keys-and-tokens.ts'

const MINUTE = 60

describe('a caller', () => {
  test('is known by a token of a team key', async () => {
    const key = makeKey({ team: 7, roles: ['ADMIN', 'DEVELOPER'] })

    const caller = await openDesk(key).identify(`Bearer ${await token(key)}`)

    assert.deepEqual(caller, {
      keyId: '2X9R4HXF34',
      team: 7,
      roles: ['ADMIN', 'DEVELOPER'],
      individual: false,
      scope: undefined,
      limited: true,
      bySession: false,
    })
  })

  test('is known by a token of an individual key', async () => {
    const key = makeKey({ individual: true })

    const caller = await openDesk(key).identify(`Bearer ${await token(key, individualClaims())}`)

    assert.equal(caller.individual, true)
  })

  test('carries the scope of the token', async () => {
    const key = makeKey()

    const caller = await openDesk(key).identify(
      `Bearer ${await token(key, claims({ scope: ['GET /v1/apps?limit=5'] }))}`,
    )

    assert.deepEqual(caller.scope, [{ method: 'GET', target: '/v1/apps?' }])
  })
})

describe('the Authorization header', () => {
  for (const scheme of ['Bearer ', 'bearer ', 'BEARER ', 'Bearer   ']) {
    test(`may say ${JSON.stringify(scheme)}`, async () => {
      const key = makeKey()

      assert.equal((await openDesk(key).identify(scheme + (await token(key)))).keyId, key.record.id)
    })
  }

  test('is needed', async () => {
    await refusal('NOT_AUTHORIZED', () => openDesk().identify(undefined))
  })

  for (const written of [
    '',
    'Bearer',
    'Bearer ',
    'Bearer a',
    'Bearer a.b',
    'Bearer a.b.c',
    'Bearer ..',
    'Bearer a.b.c.d.e',
    'Bearer {"alg":"ES256"}',
    'Bearer \u0000\u00ff.\u0000.\u0000',
    'Basic dXNlcjpwYXNz',
  ]) {
    test(`is refused as ${JSON.stringify(written)}`, async () => {
      const desk = openDesk(makeKey())

      await refusal('NOT_AUTHORIZED', () => desk.identify(written))

      assert.deepEqual(desk.reads, [])
    })
  }

  test('is refused without its scheme, with another one, or with two tokens', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const good = await token(key)

    for (const header of [
      good,
      `Basic ${good}`,
      `Bearer${good}`,
      `Bearer ${good}, Bearer ${good}`,
      `Bearer ${good} ${good}`,
    ]) {
      await refusal('NOT_AUTHORIZED', () => desk.identify(header))
    }
  })

  test('may hold a token of 8 KiB, and is not looked into when it is longer', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const long = await token(key, claims({ padding: 'x'.repeat(5800) }))
    const tooLong = await token(key, claims({ padding: 'x'.repeat(6200) }))
    assert.ok(long.length > 8000 && long.length <= 8192 && tooLong.length > 8192)

    assert.equal((await desk.identify(`Bearer ${long}`)).keyId, key.record.id)
    assert.throws(() => desk.identify(`Bearer ${tooLong}`), { name: 'ApiError' })
    assert.throws(() => desk.identify(`Bearer ${'x'.repeat(10_000_000)}`), { name: 'ApiError' })
  })
})

describe('tokens as real clients make them', () => {
  test('fastlane dates back by a minute and asks for twenty', async () => {
    const key = makeKey()
    const payload = claims({ iat: SIGNED_AT - MINUTE, exp: SIGNED_AT + 20 * MINUTE })

    assert.equal((await openDesk(key).identify(`Bearer ${await token(key, payload)}`)).keyId, key.record.id)
  })

  test('asc sends the audience as an array', async () => {
    const key = makeKey()
    const payload = claims({ aud: ['appstoreconnect-v1'], exp: SIGNED_AT + 10 * MINUTE })

    assert.equal((await openDesk(key).identify(`Bearer ${await token(key, payload)}`)).keyId, key.record.id)
  })

  test('codemagic sends no iat', async () => {
    const key = makeKey()
    const payload = claims({ iat: undefined, exp: SIGNED_AT + 19 * MINUTE })

    assert.equal((await openDesk(key).identify(`Bearer ${await token(key, payload)}`)).keyId, key.record.id)
  })

  test('a header without typ is fine', async () => {
    const key = makeKey()
    const made = tokenOfTexts(key, JSON.stringify({ kid: key.record.id, alg: 'ES256' }), JSON.stringify(claims()))

    assert.equal((await openDesk(key).identify(`Bearer ${made}`)).keyId, key.record.id)
  })
})

describe('claims of a team token', () => {
  const accepted: readonly (readonly [string, Record<string, unknown>])[] = [
    ['21 minutes, which is the limit and the slack', { exp: SIGNED_AT + 21 * MINUTE }],
    ['21 minutes from the request when there is no iat', { iat: undefined, exp: SIGNED_AT + 21 * MINUTE }],
    ['an iat one minute ahead', { iat: SIGNED_AT + MINUTE, exp: SIGNED_AT + 20 * MINUTE }],
    ['an iat with a fraction', { iat: SIGNED_AT - 0.5, exp: SIGNED_AT + 1000.5 }],
    ['an audience among others', { aud: ['other', 'appstoreconnect-v1'] }],
    ['the audience twice', { aud: ['appstoreconnect-v1', 'appstoreconnect-v1'] }],
    ['an unknown claim', { bid: 'com.example.app' }],
    ['one second left', { iat: SIGNED_AT - 1199, exp: SIGNED_AT + 1 }],
  ]
  for (const [what, changes] of accepted) {
    test(`may be: ${what}`, async () => {
      const key = makeKey()

      assert.equal((await openDesk(key).identify(`Bearer ${await token(key, claims(changes))}`)).keyId, key.record.id)
    })
  }

  const refused: readonly (readonly [string, Record<string, unknown>])[] = [
    ['a lifetime of 21 minutes and a second', { exp: SIGNED_AT + 21 * MINUTE + 1 }],
    ['a lifetime of 21 minutes and a second, mostly past', { iat: SIGNED_AT - 1000, exp: SIGNED_AT + 261 }],
    ['22 minutes', { exp: SIGNED_AT + 22 * MINUTE }],
    ['six months, even with a reading scope', { exp: SIGNED_AT + 180 * 86_400, scope: ['GET /v1/apps'] }],
    ['21 minutes and a second without iat', { iat: undefined, exp: SIGNED_AT + 21 * MINUTE + 1 }],
    ['an iat 61 seconds ahead', { iat: SIGNED_AT + 61 }],
    ['an exp that has come', { iat: SIGNED_AT - 600, exp: SIGNED_AT }],
    ['an exp before iat', { exp: SIGNED_AT - 1 }],
    ['no exp', { exp: undefined }],
    ['exp null', { exp: null }],
    ['exp as text', { exp: String(SIGNED_AT + 600) }],
    ['exp as a list', { exp: [SIGNED_AT + 600] }],
    ['iat as text', { iat: String(SIGNED_AT) }],
    ['iat null', { iat: null }],
    ['nbf ahead', { nbf: SIGNED_AT + 1 }],
    ['no iss', { iss: undefined }],
    ['iss null', { iss: null }],
    ['another issuer', { iss: '69a6de70-03db-47e3-e053-5b8c7c11a4d1' }],
    ['iss as a list', { iss: [ISSUER] }],
    ['the form of an individual key', { iss: undefined, sub: 'user' }],
    ['no aud', { aud: undefined }],
    ['aud null', { aud: null }],
    ['aud as a number', { aud: 1 }],
    ['aud as an object', { aud: { 0: 'appstoreconnect-v1' } }],
    ['an empty list of audiences', { aud: [] }],
    ['another audience', { aud: 'apple-developer-enterprise-v1' }],
    ['other audiences', { aud: ['apple-developer-enterprise-v1', 'appstoreconnect-v10'] }],
  ]
  for (const [what, changes] of refused) {
    test(`cannot be: ${what}`, async () => {
      const key = makeKey()
      const made = await tokenOfTexts(
        key,
        JSON.stringify({ alg: 'ES256', kid: key.record.id }),
        JSON.stringify(claims(changes)),
      )

      await refusal('NOT_AUTHORIZED', () => openDesk(key).identify(`Bearer ${made}`))
    })
  }
})

describe('claims of an individual token', () => {
  const refused: readonly (readonly [string, Record<string, unknown>])[] = [
    ['an issuer', { iss: ISSUER }],
    ['iss null', { iss: null }],
    ['no sub', { sub: undefined }],
    ['another sub', { sub: 'admin' }],
    ['sub as a list', { sub: ['user'] }],
  ]
  for (const [what, changes] of refused) {
    test(`cannot be: ${what}`, async () => {
      const key = makeKey({ individual: true })
      const made = tokenOfTexts(
        key,
        JSON.stringify({ alg: 'ES256', kid: key.record.id }),
        JSON.stringify(individualClaims(changes)),
      )

      await refusal('NOT_AUTHORIZED', () => openDesk(key).identify(`Bearer ${made}`))
    })
  }
})

describe('the header of a token', () => {
  const headers: readonly (readonly [string, Record<string, unknown>])[] = [
    ['no kid', { alg: 'ES256' }],
    ['an unknown kid', { alg: 'ES256', kid: 'AAAAAAAAAA' }],
    ['a kid that is a number', { alg: 'ES256', kid: 5 }],
    ['a kid that is a list', { alg: 'ES256', kid: ['2X9R4HXF34'] }],
    ['an empty kid', { alg: 'ES256', kid: '' }],
    ['no alg', { kid: '2X9R4HXF34' }],
    ['alg ES384', { alg: 'ES384', kid: '2X9R4HXF34' }],
    ['alg es256', { alg: 'es256', kid: '2X9R4HXF34' }],
    ['alg as a list', { alg: ['ES256'], kid: '2X9R4HXF34' }],
    ['an unknown critical parameter', { alg: 'ES256', kid: '2X9R4HXF34', crit: ['exp'], exp: 1 }],
    ['an unencoded payload', { alg: 'ES256', kid: '2X9R4HXF34', crit: ['b64'], b64: false }],
  ]
  for (const [what, header] of headers) {
    test(`cannot have ${what}`, async () => {
      const key = makeKey()

      await refusal('NOT_AUTHORIZED', () =>
        openDesk(key).identify(`Bearer ${tokenOfTexts(key, JSON.stringify(header), JSON.stringify(claims()))}`),
      )
    })
  }

  test('cannot name a key that no database could hold, and it is not looked up', async () => {
    const key = makeKey()
    const desk = openDesk(key)

    for (const kid of ['\u0000', 'two words', 'x'.repeat(129), 'schlüssel']) {
      await refusal('NOT_AUTHORIZED', () =>
        desk.identify(`Bearer ${tokenOfTexts(key, JSON.stringify({ alg: 'ES256', kid }), '{}')}`),
      )
    }

    assert.deepEqual(desk.reads, [])
  })

  for (const text of ['', 'null', '[]', '"ES256"', '{', '7']) {
    test(`cannot be ${JSON.stringify(text)}, nor can the claims`, async () => {
      const key = makeKey()
      const desk = openDesk(key)
      const header = JSON.stringify({ alg: 'ES256', kid: key.record.id })

      await refusal('NOT_AUTHORIZED', () =>
        desk.identify(`Bearer ${tokenOfTexts(key, text, JSON.stringify(claims()))}`),
      )
      await refusal('NOT_AUTHORIZED', () => desk.identify(`Bearer ${tokenOfTexts(key, header, text)}`))
    })
  }

  test('and the claims mean their last value when a name is given twice', async () => {
    const key = makeKey()
    const header = `{"alg":"ES256","kid":"AAAAAAAAAA","kid":"${key.record.id}"}`
    const times = `"exp":${SIGNED_AT + 60},"aud":"appstoreconnect-v1"`

    await openDesk(key).identify(`Bearer ${tokenOfTexts(key, header, `{${times},"iss":"x","iss":"${ISSUER}"}`)}`)
    await refusal('NOT_AUTHORIZED', () =>
      openDesk(key).identify(`Bearer ${tokenOfTexts(key, header, `{${times},"iss":"${ISSUER}","iss":"x"}`)}`),
    )
  })
})

describe('a signature', () => {
  test('cannot be in DER', async () => {
    const key = makeKey()
    const made = tokenOfTexts(
      key,
      JSON.stringify({ alg: 'ES256', kid: key.record.id }),
      JSON.stringify(claims()),
      'der',
    )

    await refusal('NOT_AUTHORIZED', () => openDesk(key).identify(`Bearer ${made}`))
  })

  test('cannot be missing, with or without alg none', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const [header, payload] = (await token(key)).split('.')
    const none = base64url(JSON.stringify({ alg: 'none', kid: key.record.id }))

    for (const made of [`${header}.${payload}.`, `${header}.${payload}`, `${none}.${payload}.`]) {
      await refusal('NOT_AUTHORIZED', () => desk.identify(`Bearer ${made}`))
    }
  })

  test('cannot be an HMAC with the public key as the secret', async () => {
    const key = makeKey()
    const input = `${base64url(JSON.stringify({ alg: 'HS256', kid: key.record.id }))}.${base64url(JSON.stringify(claims()))}`
    const made = `${input}.${createHmac('sha256', key.record.publicKey).update(input).digest('base64url')}`

    await refusal('NOT_AUTHORIZED', () => openDesk(key).identify(`Bearer ${made}`))
  })

  test('cannot come from another key, of this team or of another', async () => {
    const key = makeKey()
    const sibling = makeKey({ id: 'SIBLING001' })
    const foreign = makeKey({ id: 'FOREIGN001', team: 2, issuerId: '69a6de70-03db-47e3-e053-5b8c7c11a4d1' })
    const desk = openDesk(key, sibling, foreign)

    await refusal('NOT_AUTHORIZED', async () =>
      desk.identify(`Bearer ${await token({ ...sibling, record: key.record })}`),
    )
    // The foreign key signs for itself, with this team's issuer.
    await refusal('NOT_AUTHORIZED', async () => desk.identify(`Bearer ${await token(foreign)}`))
  })

  test('stops holding when a claim or a single bit is changed', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const [header, payload = '', signature = ''] = (await token(key)).split('.')
    const flipped = Buffer.from(signature, 'base64url')
    flipped[40] = (flipped[40] ?? 0) ^ 1

    await desk.identify(`Bearer ${header}.${payload}.${signature}`)
    await refusal('NOT_AUTHORIZED', () =>
      desk.identify(`Bearer ${header}.${base64url(JSON.stringify(claims({ exp: SIGNED_AT + 1199 })))}.${signature}`),
    )
    await refusal('NOT_AUTHORIZED', () => desk.identify(`Bearer ${header}.${payload}.${flipped.toString('base64url')}`))
  })
})

describe('a scope', () => {
  for (const scope of [
    null,
    [],
    '',
    'GET /v1/apps',
    {},
    ['/v1/apps'],
    ['GET'],
    ['GET '],
    [''],
    [7],
    [null],
    ['GET /v1/apps', '/v1/builds'],
    ['get /v1/apps'],
    ['GET v1/apps'],
    ['GET /v1/apps /v1/builds'],
    [['GET /v1/apps']],
  ]) {
    test(`is malformed as ${JSON.stringify(scope)}`, async () => {
      const key = makeKey()

      await refusal('ENTITY_INVALID', async () =>
        openDesk(key).identify(`Bearer ${await token(key, claims({ scope }))}`),
      )
    })
  }

  test('is not looked at in a token that is bad otherwise', async () => {
    const key = makeKey()
    const desk = openDesk(key)

    await refusal('NOT_AUTHORIZED', async () =>
      desk.identify(`Bearer ${await token(key, claims({ scope: [], exp: SIGNED_AT }))}`),
    )
    await refusal('NOT_AUTHORIZED', async () =>
      desk.identify(`Bearer ${await token({ ...makeKey(), record: key.record }, claims({ scope: [] }))}`),
    )
  })
})

describe('a refusal', () => {
  test("has Apple's words and nothing of the token", async () => {
    const key = makeKey()
    const expired = await token(key, claims({ exp: SIGNED_AT - 1 }))
    const malformed = await token(key, claims({ scope: ['secret/path'] }))

    const error = await refusal('NOT_AUTHORIZED', () => openDesk(key).identify(`Bearer ${expired}`))
    const scopeError = await refusal('ENTITY_INVALID', () => openDesk(key).identify(`Bearer ${malformed}`))

    assert.equal(error.status, 401)
    assert.equal(
      error.problems[0].detail,
      'Provide a properly configured and signed bearer token, and make sure that it has not expired. Learn more about Generating Tokens for API Requests https://developer.apple.com/go/?id=api-generating-tokens',
    )
    const shown = inspect([error, scopeError], { depth: 20, showHidden: true })
    for (const part of [...expired.split('.'), ...malformed.split('.'), 'secret/path', key.record.id]) {
      assert.ok(!shown.includes(part), `shows ${part}`)
    }
  })

  test('is not what a failing database or a damaged key looks like', async () => {
    const key = makeKey()
    const desk = openDesk(key)
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
    desk.stored.set(key.record.id, {
      ...key.record,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    })
    const header = `Bearer ${await token(key)}`

    await assert.rejects(async () => desk.identify(header), /public key of the API key 2X9R4HXF34 is not a P-256 key/)
  })
})
