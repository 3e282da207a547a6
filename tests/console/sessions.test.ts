import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import type { ControlError } from '@clipflight/control'
import { createSessions } from '../../packages/server/src/console/sessions.ts'
import { ADMIN_TOKEN, demoTeam } from '../sandbox/start-controlled.ts'
import { leaveWaiting } from '../sandbox/leave-waiting.ts'
import { signFor } from '../support/sign-for.ts'
import { describeConsole, signedInAsAdmin, signedInWith, startConsole, type Browser } from './start-console.ts'

const STREAM = '/_clipflight/requests/stream'
const MOST_FOLLOWERS = 100

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (error: ControlError) => error.status,
  )

describeConsole('a session', (server) => {
  /** `fetch` sets Host itself, so these go by hand. */
  function askAs(browser: Browser, path: string, headers: Readonly<Record<string, string>>): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = { cookie: browser.cookie ?? '', ...headers }
      request(`${server().url}${path}`, { headers: sent }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
        .on('error', reject)
        .end()
    })
  }

  test('of an admin asks below /v1 for the team that it names, and writes', async () => {
    const one = await demoTeam(server())
    const other = await demoTeam(server())
    const browser = await signedInAsAdmin(server())

    await browser.client(one.team).betaAppClipInvocations.create({
      url: 'https://example.com/by-session',
      buildBundle: one.bundle,
      titles: { 'en-US': 'By session' },
    })

    const page = await browser.client(one.team).buildBundles.betaAppClipInvocations(one.bundle).page()
    assert.ok(page.items.some(({ url }) => url === 'https://example.com/by-session'))
    await assert.rejects(browser.client(other.team).buildBundles.betaAppClipInvocations(one.bundle).page(), {
      status: 404,
    })
    await assert.rejects(browser.client('none').apps.list().page(), { status: 403 })
    await assert.rejects(browser.client(999_999).apps.list().page(), { status: 404 })
  })

  test('does not begin for a key that is gone, or was revoked meanwhile', async () => {
    const { team, made } = await demoTeam(server())
    const [key] = made.keys
    assert.ok(key)
    const sessions = createSessions({ storage: server().storage, machineNow: Date.now, adminToken: undefined })
    assert.equal((await sessions.start(key.id))?.authority.keyId, key.id)

    await server().control.revokeKey({ team, key: key.id })

    assert.equal(await sessions.start(key.id), undefined)
    assert.equal(await sessions.start('GONE'), undefined)
  })

  test('of an admin opens every operation of the control API', async () => {
    const { team } = await demoTeam(server())
    const browser = await signedInAsAdmin(server())

    const { teams } = await browser.control().listTeams()

    assert.ok(teams.some((each) => each.team === team))
    assert.equal((await browser.control(team).listKeys({ team })).keys.length, 1)
    await browser.control(team).resetTeam({ team })
    assert.equal((await browser.control().createSignInCode()).code.length, 43)
  })

  test('of a key asks as that key, and for no other team', async () => {
    const { team, token } = await demoTeam(server())
    const other = await demoTeam(server())
    const browser = await signedInWith(server(), token)

    assert.equal((await browser.client(team).apps.list().page()).items.length > 0, true)
    assert.equal((await browser.client('none').apps.list().page()).items.length > 0, true)
    await assert.rejects(browser.client(other.team).apps.list().page(), { status: 403 })
    assert.equal(await statusOf(browser.control(other.team).readSession()), 403)
    assert.equal(await statusOf(browser.control().listTesterLinks({ team: other.team, build: '1' })), 403)
  })

  test('of a key opens no operation for admins', async () => {
    const { team, token, made } = await demoTeam(server())
    const browser = await signedInWith(server(), token)
    const control = browser.control(team)

    for (const work of [
      () => control.listTeams(),
      () => control.listKeys({ team }),
      () => control.createKey({ team }),
      () => control.revokeKey({ team, key: made.keys[0]?.id ?? '' }),
      () => control.exportSeed({ team }),
      () => control.listRequests(),
      () => control.createSignInCode(),
      () => control.changeClock({ frozen: true }),
      () => control.followRequests()[Symbol.asyncIterator]().next(),
    ]) {
      assert.equal(await statusOf(work()), 403)
    }
  })

  test('of a key has the roles of the key', async () => {
    const { keys, issuerId, team } = await server().control.createTeam({
      seed: 'demo',
      keys: [{ name: 'Support', roles: ['CUSTOMER_SUPPORT'] }],
    })
    const [key] = keys
    assert.ok(key)
    const token = await signFor({ keyId: key.id, issuerId, privateKey: key.privateKey }, server().clock.now())
    const browser = await signedInWith(server(), token)
    const [build] = (await browser.client(team).builds.list().page()).items
    assert.ok(build)

    await assert.rejects(browser.client(team).builds.update(build.id, { expired: true }), { status: 403 })
    for (const work of [
      () => browser.control(team).listTesterLinks({ team, build: build.id }),
      () => browser.control(team).createTesterLink({ team, build: build.id }),
      () => browser.control(team).revokeTesterLink({ team, link: 'any' }),
    ]) {
      assert.equal(await statusOf(work()), 403)
    }
  })

  test('opens nothing by its cookie alone', async () => {
    const { team, token } = await demoTeam(server())
    const wrong: Record<string, string>[] = [
      {},
      { 'x-clipflight-team': '' },
      { 'x-clipflight-team': '-1' },
      { 'x-clipflight-team': 'all' },
    ]
    for (const browser of [await signedInAsAdmin(server()), await signedInWith(server(), token)]) {
      for (const headers of wrong) {
        assert.equal((await browser.fetch(`${server().url}/v1/apps`, { headers })).status, 401)
        assert.equal((await browser.fetch(`${server().url}/_clipflight/session`, { headers })).status, 401)
        const reset = `${server().url}/_clipflight/teams/${team}/reset`
        assert.equal((await browser.fetch(reset, { method: 'POST', headers })).status, 401)
      }
    }
  })

  test('opens nothing under a foreign name, and nothing to a foreign page', async () => {
    const browser = await signedInAsAdmin(server())
    const { team } = await demoTeam(server())
    const own = { 'x-clipflight-team': String(team) }

    for (const path of ['/v1/apps', '/_clipflight/teams', '/_clipflight/session']) {
      assert.equal(await askAs(browser, path, { ...own, host: 'localhost' }), 200, path)
      assert.equal(await askAs(browser, path, { ...own, host: 'evil.example' }), 403, path)
      for (const origin of ['https://evil.example', 'null']) {
        assert.equal(await askAs(browser, path, { ...own, host: 'localhost', origin }), 403, path)
      }
    }
    const preflight = await fetch(`${server().url}/v1/apps`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:1',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'x-clipflight-team',
      },
    })
    assert.equal(preflight.headers.get('access-control-allow-origin'), null)
    assert.ok(preflight.status >= 400)
  })

  test('is none where the request has two, of which another program of this host may have set one', async () => {
    const mine = await signedInAsAdmin(server())
    const { team, token } = await demoTeam(server())
    const theirs = await signedInWith(server(), token)
    const own = { 'x-clipflight-team': String(team) }

    for (const path of ['/v1/apps', '/_clipflight/session']) {
      const pairs = [theirs.cookie, mine.cookie]
      assert.equal(await askAs(mine, path, { ...own, cookie: pairs.join('; ') }), 401, path)
      assert.equal(await askAs(mine, path, { ...own, cookie: pairs.toReversed().join('; ') }), 401, path)
      assert.equal(await askAs(mine, path, { ...own, cookie: `${mine.cookie}; ${mine.cookie}` }), 200, path)
    }
  })

  test('that has ended follows the request log no longer', async () => {
    const { team } = await demoTeam(server())
    const leaving = await signedInAsAdmin(server())
    const staying = await signedInAsAdmin(server())
    const streams = [leaving, staying].map((browser) => {
      const leave = new AbortController()
      const following = browser.control().followRequests({ team }, { signal: leave.signal })
      return { leave, following: following[Symbol.asyncIterator]() }
    })
    const [left, stayed] = streams
    assert.ok(left && stayed)
    const ends = left.following.next()
    const goesOn = stayed.following.next()

    await leaving.control().signOut()

    assert.equal((await ends).done, true)
    await staying.client(team).apps.list().page()
    assert.equal((await goesOn).done, false)
    stayed.leave.abort()
  })

  test('that hangs up while it is looked up takes no place among those who follow the request log', async () => {
    const { team } = await demoTeam(server())
    const { cookie = '' } = await signedInAsAdmin(server())
    await leaveWaiting(server(), STREAM, { cookie, 'x-clipflight-team': `${team}` })

    const leave = new AbortController()
    const authorization = `Bearer ${ADMIN_TOKEN}`
    const followers = await Promise.all(
      Array.from({ length: MOST_FOLLOWERS }, () =>
        fetch(`${server().url}${STREAM}`, { signal: leave.signal, headers: { authorization } }),
      ),
    )

    assert.ok(followers.every(({ status }) => status === 200))
    leave.abort()
  })

  test('is not looked at where there is an Authorization header, right or wrong', async () => {
    const { team, token } = await demoTeam(server())
    const browser = await signedInAsAdmin(server())
    const headers = (authorization: string) => ({ authorization, 'x-clipflight-team': '999999' })

    const ask = async (path: string, authorization: string) =>
      (await browser.fetch(`${server().url}${path}`, { headers: headers(authorization) })).status
    assert.equal(await ask('/v1/apps', `Bearer ${token}`), 200)
    assert.equal(await ask('/v1/apps', 'Bearer wrong'), 401)
    assert.equal(await ask(`/_clipflight/teams/${team}/keys`, `Bearer ${ADMIN_TOKEN}`), 200)
    assert.equal(await ask(`/_clipflight/teams/${team}/keys`, 'Bearer wrong'), 401)
    assert.equal(await ask('/_clipflight/session', 'Bearer wrong'), 401)
    // A Host that no page of ours has: only sessions ask for that.
    assert.equal(
      await askAs(browser, '/v1/apps', { authorization: `Bearer ${token}`, host: 'api.appstoreconnect.apple.com' }),
      200,
    )
  })

  test('is what the admin token stands for in scripts', async () => {
    const { team } = await demoTeam(server())
    const session = await server().control.readSession()

    assert.deepEqual(session, {
      kind: 'admin',
      team: null,
      keyId: null,
      roles: ['ADMIN'],
      expiresAt: null,
      control: true,
    })
    const missing = server().control.listTesterLinks({ team, build: 'none' })
    assert.equal(await statusOf(missing), 404)
    await server().control.signOut()
  })

  test('is struck by no fault, and uses none up', async () => {
    const { team, token, bundle } = await demoTeam(server())
    const { control } = server()
    await control.createFault({ match: { team }, when: { next: 1 }, then: { answer: { status: 500 } } })
    await control.createFault({ preset: 'new-bundle-404', match: { team } })
    const made = await control.createBuild({ team, app: 'com.example.coffee', version: '9.0', carryOver: false })
    const clip = made.bundles.find(({ bundleType }) => bundleType === 'APP_CLIP')?.id ?? bundle

    for (const browser of [await signedInAsAdmin(server()), await signedInWith(server(), token)]) {
      await browser.client(team).betaAppClipInvocations.create({
        url: `https://example.com/${browser.cookie?.slice(-10)}`,
        buildBundle: clip,
        titles: { 'en-US': 'Here' },
      })
    }

    const ask = () => fetch(`${server().url}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal((await ask()).status, 500)
    assert.equal((await ask()).status, 200)
  })

  test('of an admin counts on no budget, and that of a key on its own', async (context) => {
    const limited = await startConsole('sqlite', { rateLimit: 5 })
    context.after(() => limited.close())
    const { team, keys, issuerId } = await limited.control.createTeam({ seed: 'demo' })
    const [key] = keys
    assert.ok(key)
    const token = await signFor({ keyId: key.id, issuerId, privateKey: key.privateKey }, limited.clock.now())
    const [admin, holder] = [await signedInAsAdmin(limited), await signedInWith(limited, token)]

    for (let count = 0; count < 10; count += 1) await admin.client(team).apps.list().page()
    for (let count = 0; count < 5; count += 1) await holder.client(team).apps.list().page()

    await assert.rejects(holder.client(team).apps.list().page(), { status: 429 })
    const { status } = await fetch(`${limited.url}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(status, 429)
  })

  test('is in the request log by its key, or as console, and its cookie is not', async () => {
    const { team, token, made } = await demoTeam(server())
    const admin = await signedInAsAdmin(server())
    const key = await signedInWith(server(), token)
    await admin.client(team).apps.list().page()
    await key.client(team).apps.list().page()

    const { requests } = await admin.control(team).listRequests({ team, path: '/v1/apps' })

    assert.deepEqual(
      requests.map(({ key: id }) => id),
      ['console', made.keys[0]?.id],
    )
    const text = JSON.stringify(requests) + server().logged()
    for (const { cookie = '' } of [admin, key]) assert.ok(!text.includes(cookie.split('=')[1] ?? ''))
    assert.equal(requests[0]?.requestHeaders['cookie'], '[redacted]')
  })
})
