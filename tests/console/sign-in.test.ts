import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'node:test'
import type { ControlError } from '@clipflight/control'
import { ADMIN_TOKEN, demoTeam } from '../sandbox/start-controlled.ts'
import { signFor } from '../support/sign-for.ts'
import { describeConsole, signedInAsAdmin, signedInWith } from './start-console.ts'

const HOUR = 60 * 60 * 1000

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (error: ControlError) => error.status,
  )

describeConsole('signing in to the console', (server) => {
  test('works with the admin token, and the answer sets a cookie that no script and no other site gets', async () => {
    const browser = server().browser()

    const session = await browser.control().signIn({ token: ADMIN_TOKEN })

    const { expiresAt, ...others } = session
    assert.deepEqual(others, { kind: 'admin', team: null, keyId: null, roles: ['ADMIN'], control: true })
    const inHours = (Date.parse(expiresAt ?? '') - Date.now() - server().machine.ahead) / HOUR
    assert.ok(inHours > 11.9 && inHours <= 12, `${inHours}`)
    assert.match(
      browser.setCookie ?? '',
      /^clipflight_session=a[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/,
    )
    assert.deepEqual(await browser.control().readSession(), session)
  })

  test('by https gives a cookie that goes by https only', async () => {
    const browser = server().browser()

    await browser.fetch(`${server().url}/_clipflight/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://localhost' },
      body: JSON.stringify({ token: ADMIN_TOKEN }),
    })

    assert.match(browser.setCookie ?? '', /; Secure$/)
  })

  test('works with a code once, within five minutes', async () => {
    const { code } = await server().control.createSignInCode()
    assert.equal((await server().browser().control().signIn({ code })).kind, 'admin')
    assert.equal(await statusOf(server().browser().control().signIn({ code })), 401)

    const late = await server().control.createSignInCode()
    server().machine.ahead += 5 * 60 * 1000
    assert.equal(await statusOf(server().browser().control().signIn({ code: late.code })), 401)
  })

  test('works with a token that a key has signed, and gives what that key may do', async () => {
    const { team, token, made } = await demoTeam(server())

    const browser = await signedInWith(server(), token)

    const { expiresAt: _, ...session } = await browser.control(team).readSession()
    assert.deepEqual(session, { kind: 'key', team, keyId: made.keys[0]?.id, roles: ['ADMIN'], control: true })
  })

  test('is refused alike, and not sooner, whatever is wrong', async () => {
    const { made } = await demoTeam(server())
    const [key] = made.keys
    assert.ok(key)
    const signer = { keyId: key.id, issuerId: made.issuerId, privateKey: key.privateKey }
    const expired = await signFor(signer, server().clock.now() - HOUR)
    server().machine.ahead += 60_000

    for (const given of [{ token: 'wrong' }, { token: expired }, { token: `${ADMIN_TOKEN}x` }, { code: 'wrong' }]) {
      const startedAt = performance.now()
      const error = await server()
        .browser()
        .control()
        .signIn(given)
        .catch((reason: ControlError) => reason)
      assert.ok(error instanceof Error)
      assert.equal(error.status, 401)
      assert.doesNotMatch(error.message, /token|key|code/)
      assert.ok(performance.now() - startedAt >= 145)
    }
  })

  test('takes one thing at a time, and nothing long', async () => {
    const { ask } = server()
    assert.equal((await ask('POST', '/session', { body: {}, token: null })).status, 422)
    assert.equal((await ask('POST', '/session', { body: { token: 'a', code: 'b' }, token: null })).status, 422)
    assert.equal((await ask('POST', '/session', { body: { token: 'x'.repeat(70_000) }, token: null })).status, 413)
    const sent = request(`${server().url}/_clipflight/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
    })
    sent.write('{')
    const [response] = await once(sent, 'response')
    sent.destroy()
    assert.equal(response.statusCode, 413)
  })

  test('is for a while too much for who was wrong ten times, and at once for who is right among it', async () => {
    server().machine.ahead += 60_000
    const wrong = await Promise.all(
      Array.from({ length: 14 }, () => server().ask('POST', '/session', { body: { token: 'wrong' }, token: null })),
    )

    const statuses = wrong.map(({ status }) => status)
    assert.equal(statuses.filter((status) => status === 401).length, 10)
    assert.equal(statuses.filter((status) => status === 429).length, 4)
    const refused = await fetch(`${server().url}/_clipflight/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: ADMIN_TOKEN }),
    })
    assert.equal(refused.status, 429)
    assert.ok(Number(refused.headers.get('retry-after')) > 0)

    server().machine.ahead += 60_000
    for (let count = 0; count < 20; count += 1) await signedInAsAdmin(server())
  })

  test('leaves no secret in the database', async () => {
    const browser = await signedInAsAdmin(server())
    const token = browser.cookie?.split('=')[1] ?? ''

    const plain = createHash('sha256').update(token).digest('base64url')
    assert.equal(await server().storage.findSession(token), undefined)
    assert.equal(await server().storage.findSession(plain), undefined)
  })

  test('keeps the latest thousand sessions of a key, and of admins', async () => {
    const { token, made } = await demoTeam(server())
    const first = await signedInWith(server(), token)
    const admin = await signedInAsAdmin(server())
    const keyId = made.keys[0]?.id ?? ''
    const expiresAt = Date.now() + server().machine.ahead + 12 * HOUR + 1000
    await server().storage.write(async (transaction) => {
      for (let number = 0; number < 999; number += 1)
        await transaction.insertSession({ hash: `${keyId} ${number}`, keyId, expiresAt: expiresAt + number })
    })
    assert.equal((await readSessionAs(first.cookie ?? '')).status, 200)

    server().machine.ahead += 60_000
    const another = await signedInWith(server(), token)

    assert.equal((await readSessionAs(first.cookie ?? '')).status, 401)
    assert.equal((await readSessionAs(another.cookie ?? '')).status, 200)
    assert.equal((await readSessionAs(admin.cookie ?? '')).status, 200)
    assert.notEqual(await server().storage.findSession(`${keyId} 0`), undefined)
  })

  test('ends what the browser had before', async () => {
    const browser = await signedInAsAdmin(server())
    const before = browser.cookie ?? ''
    const { token } = await demoTeam(server())

    await browser.control().signIn({ token })

    assert.equal((await readSessionAs(before)).status, 401)
    assert.equal((await readSessionAs(browser.cookie ?? '')).status, 200)
  })

  function readSessionAs(cookie: string, headers: Readonly<Record<string, string>> = {}) {
    const given = { 'x-clipflight-team': 'none', cookie, ...headers }
    return server().ask('GET', '/session', { token: null, headers: given })
  }

  test('ends by signing out, and the cookie is gone', async () => {
    const browser = await signedInAsAdmin(server())
    const before = browser.cookie ?? ''

    await browser.control().signOut()

    assert.match(browser.setCookie ?? '', /^clipflight_session=; Path=\/; Max-Age=0/)
    assert.equal(browser.cookie, undefined)
    assert.equal((await readSessionAs(before)).status, 401)
    assert.equal(await statusOf(browser.control().signOut()), 401)
  })

  test("ends after twelve hours of the machine's clock, whatever the service's shows", async () => {
    const { team, token } = await demoTeam(server())
    const admin = await signedInAsAdmin(server())
    const key = await signedInWith(server(), token)

    server().clock.advance(1000 * HOUR)
    assert.equal((await admin.control().readSession()).kind, 'admin')
    assert.equal((await key.client(team).apps.list().page()).items.length > 0, true)
    server().clock.release()
    server().machine.ahead += 12 * HOUR

    assert.equal(await statusOf(admin.control().readSession()), 401)
    assert.equal(await statusOf(key.control().readSession()), 401)
    await assert.rejects(key.client(team).apps.list().page(), { status: 401 })
  })

  test('ends at once when the key is revoked, or its team removed', async () => {
    const { team, token, made } = await demoTeam(server())
    const browser = await signedInWith(server(), token)
    assert.equal((await browser.client(team).apps.list().page()).items.length > 0, true)

    await server().control.revokeKey({ team, key: made.keys[0]?.id ?? '' })

    assert.equal(await statusOf(browser.control().readSession()), 401)
    await assert.rejects(browser.client(team).apps.list().page(), { status: 401 })
    const other = await demoTeam(server())
    const another = await signedInWith(server(), other.token)
    await server().control.deleteTeam({ team: other.team })
    assert.equal(await statusOf(another.control().readSession()), 401)
  })

  test('stays ended when the clock is set back to before its key was revoked', async () => {
    const { team, token, made } = await demoTeam(server())
    const browser = await signedInWith(server(), token)
    await server().control.revokeKey({ team, key: made.keys[0]?.id ?? '' })

    server().clock.advance(-HOUR)

    assert.equal(await statusOf(browser.control().readSession()), 401)
    await assert.rejects(browser.client(team).apps.list().page(), { status: 401 })
    server().clock.release()
  })

  test('a token for certain requests only signs nobody in', async () => {
    const { made } = await demoTeam(server())
    const [key] = made.keys
    assert.ok(key)
    const { SignJWT, importPKCS8 } = await import('jose')
    const seconds = Math.floor(server().clock.now() / 1000)
    const scoped = await new SignJWT({ scope: ['GET /v1/apps'] })
      .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'JWT' })
      .setIssuer(made.issuerId)
      .setAudience('appstoreconnect-v1')
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 600)
      .sign(await importPKCS8(key.privateKey, 'ES256'))

    assert.equal(await statusOf(server().browser().control().signIn({ token: scoped })), 401)
  })
})
