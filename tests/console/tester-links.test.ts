import assert from 'node:assert/strict'
import { request } from 'node:http'
import { test } from 'node:test'
import { createControlClient, type ControlError } from '@clipflight/control'
import { demoTeam, type DemoTeam } from '../sandbox/start-controlled.ts'
import { describeConsole, signedInAsAdmin, signedInWith, type ConsoleServer } from './start-console.ts'

const statusOf = (work: Promise<unknown>): Promise<number> =>
  work.then(
    () => 200,
    (error: ControlError) => error.status,
  )

async function newestBuild({ client }: DemoTeam) {
  const { items } = await client.builds.list({ sort: ['-uploadedDate'], include: ['app', 'preReleaseVersion'] }).page()
  const [build] = items
  assert.ok(build)
  return build
}

/** Whoever has nothing but the link. */
function openLink(server: ConsoleServer, path: string) {
  const nobody = createControlClient({ url: server.url, session: { team: 'none' } })
  return nobody.readTesterBuild({ token: path.slice('/t/'.length) })
}

describeConsole('a link for testers', (server) => {
  test('opens what its build offers, and says no id, no team and no key', async () => {
    const team = await demoTeam(server())
    const build = await newestBuild(team)
    await team.client.betaAppClipInvocations.create({
      url: 'https://example.com/for-testers',
      buildBundle: team.bundle,
      titles: { 'en-US': 'For testers', 'de-DE': 'Für Tester' },
    })
    const browser = await signedInWith(server(), team.token)

    const made = await browser.control(team.team).createTesterLink({ team: team.team, build: build.id, name: 'QA' })

    assert.match(made.path, /^\/t\/[\w-]{43}$/)
    const opened = await openLink(server(), made.path)
    assert.equal(opened.app.bundleId, 'com.example.coffee')
    assert.equal(opened.version, build.preReleaseVersion?.version)
    assert.equal(opened.build, build.version)
    assert.equal(opened.platform, 'IOS')
    assert.equal(Date.parse(opened.expiresAt ?? ''), Date.parse(build.expirationDate))
    assert.equal(opened.expired, false)
    assert.deepEqual(opened.appClipBundleIds, ['com.example.coffee.Clip'])
    assert.deepEqual(
      opened.invocations.find(({ url }) => url === 'https://example.com/for-testers'),
      { url: 'https://example.com/for-testers', titles: { 'en-US': 'For testers', 'de-DE': 'Für Tester' } },
    )
    const text = JSON.stringify(opened)
    for (const hidden of [build.id, team.bundle, team.made.issuerId, team.made.keys[0]?.id ?? '']) {
      assert.ok(!text.includes(hidden))
    }
  })

  test('shows what to test, in the languages that it was written in', async () => {
    const team = await demoTeam(server())
    const build = await newestBuild(team)
    for await (const note of team.client.betaBuildLocalizations.list({ filter: { build: build.id } })) {
      await team.client.betaBuildLocalizations.delete(note.id)
    }
    await team.client.betaBuildLocalizations.create({ build: build.id, locale: 'de-DE', whatsNew: 'Die Karte' })
    await team.client.betaBuildLocalizations.create({ build: build.id, locale: 'fr-FR' })
    const { path } = await server().control.createTesterLink({ team: team.team, build: build.id })

    assert.deepEqual((await openLink(server(), path)).whatToTest, { 'de-DE': 'Die Karte' })
  })

  test('says that the build has expired, by hand or by the clock', async () => {
    const team = await demoTeam(server())
    const build = await newestBuild(team)
    const { path } = await server().control.createTesterLink({ team: team.team, build: build.id })

    server().clock.set(Date.parse(build.expirationDate))
    assert.equal((await openLink(server(), path)).expired, true)
    assert.equal((await team.client.builds.get(build.id)).expired, true)
    server().clock.release()
    await server().control.resetTeam({ team: team.team })
    assert.equal((await openLink(server(), path)).expired, false)
    await team.client.builds.update(build.id, { expired: true })
    assert.equal((await openLink(server(), path)).expired, true)
  })

  test('is listed without what makes it open, and opens nothing once it was revoked', async () => {
    const { team, ...rest } = await demoTeam(server())
    const build = await newestBuild({ team, ...rest })
    const { control } = server()
    const kept = await control.createTesterLink({ team, build: build.id })
    const { path, ...made } = await control.createTesterLink({ team, build: build.id, name: 'QA' })

    const { links } = await control.listTesterLinks({ team, build: build.id })
    assert.deepEqual(
      links.find(({ id }) => id === made.id),
      made,
    )
    assert.equal(made.name, 'QA')
    assert.ok(!JSON.stringify(links).includes(path.slice('/t/'.length)))
    await control.revokeTesterLink({ team, link: made.id })

    assert.equal(await statusOf(openLink(server(), path)), 404)
    assert.equal(await statusOf(control.revokeTesterLink({ team, link: made.id })), 404)
    assert.equal((await openLink(server(), kept.path)).build, build.version)
    assert.deepEqual(
      (await control.listTesterLinks({ team, build: build.id })).links.map(({ id }) => id),
      [kept.id],
    )
  })

  test('opens nothing else, by whatever door', async () => {
    const { team, ...rest } = await demoTeam(server())
    const build = await newestBuild({ team, ...rest })
    const { path } = await server().control.createTesterLink({ team, build: build.id })
    const token = path.slice('/t/'.length)
    const doors: Record<string, string>[] = [
      { authorization: `Bearer ${token}` },
      { cookie: `clipflight_session=${token}`, 'x-clipflight-team': String(team) },
      { cookie: `clipflight_session=k${token}`, 'x-clipflight-team': String(team) },
    ]

    for (const headers of doors) {
      for (const place of ['/v1/apps', `/v1/builds/${build.id}`]) {
        assert.equal((await fetch(`${server().url}${place}`, { headers })).status, 401, place)
      }
      for (const place of ['/session', '/teams', `/teams/${team}/builds/${build.id}/tester-links`]) {
        assert.equal((await server().ask('GET', place, { token: null, headers })).status, 401, place)
      }
    }
    for (const body of [{ token }, { code: token }]) {
      server().machine.ahead += 60_000
      assert.equal((await server().ask('POST', '/session', { token: null, body })).status, 401)
    }
    for (const place of [`/tester/${token}/builds`, '/tester', '/tester/', `/tester/${token}x`, '/tester/%00']) {
      const { status } = await server().ask('GET', place, { token: null })
      assert.ok(status === 401 || status === 404, `${place}: ${status}`)
    }
    assert.equal((await server().ask('DELETE', `/tester/${token}`, { token: null })).status, 401)
  })

  test('is made for builds of the own team only', async () => {
    const one = await demoTeam(server())
    const other = await demoTeam(server())
    const build = await newestBuild(other)
    const browser = await signedInWith(server(), one.token)
    const link = await server().control.createTesterLink({ team: other.team, build: build.id })

    for (const work of [
      () => browser.control().createTesterLink({ team: other.team, build: build.id }),
      () => browser.control().revokeTesterLink({ team: other.team, link: link.id }),
    ]) {
      assert.equal(await statusOf(work()), 403)
    }
    for (const work of [
      () => browser.control().createTesterLink({ team: one.team, build: build.id }),
      () => browser.control().listTesterLinks({ team: one.team, build: build.id }),
      () => browser.control().revokeTesterLink({ team: one.team, link: link.id }),
    ]) {
      assert.equal(await statusOf(work()), 404)
    }
    assert.equal((await openLink(server(), link.path)).build, build.version)
  })

  test('stays revoked when a snapshot comes back, and opens nothing while its build is gone', async () => {
    const { team, client } = await demoTeam(server())
    const { control } = server()
    const made = await control.createBuild({ team, app: 'com.example.coffee', version: '9.0' })
    await control.saveSnapshot({ team, name: 'with-build' })
    const kept = await control.createTesterLink({ team, build: made.build })
    const revoked = await control.createTesterLink({ team, build: made.build })
    await control.saveSnapshot({ team, name: 'with-both' })
    await control.revokeTesterLink({ team, link: revoked.id })

    await control.resetTeam({ team })
    await assert.rejects(client.builds.get(made.build), { status: 404 })
    assert.equal(await statusOf(openLink(server(), kept.path)), 404)
    await control.restoreSnapshot({ team, snapshot: 'with-both' })

    assert.equal((await openLink(server(), kept.path)).version, '9.0')
    assert.equal(await statusOf(openLink(server(), revoked.path)), 404)
  })

  test('goes with its team', async () => {
    const { team } = await demoTeam(server())
    const { build } = await server().control.createBuild({ team, app: 'com.example.coffee', version: '9.0' })
    const { path } = await server().control.createTesterLink({ team, build })

    await server().control.deleteTeam({ team })

    assert.equal(await statusOf(openLink(server(), path)), 404)
  })

  test('is one of a hundred of a build at most', async () => {
    const { team, ...rest } = await demoTeam(server())
    const { id: build } = await newestBuild({ team, ...rest })
    const { control } = server()
    await Promise.all(Array.from({ length: 100 }, () => control.createTesterLink({ team, build })))

    assert.equal(await statusOf(control.createTesterLink({ team, build })), 422)
  })

  test('is in no log, and not in the database', async () => {
    const { team, ...rest } = await demoTeam(server())
    const build = await newestBuild({ team, ...rest })
    const { path } = await server().control.createTesterLink({ team, build: build.id })
    const token = path.slice('/t/'.length)
    const { url, control } = server()

    await openLink(server(), path)
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      for (const place of [path, `${path}/`, `${path}/more`, `/%74/${token}`, `/_clipflight/tester/${token}`]) {
        await (await fetch(`${url}${place}?query`, { method })).text()
      }
    }
    await signedInAsAdmin(server())

    assert.match(server().logged(), /\/t\/\[redacted\]/)
    assert.match(server().logged(), /\/_clipflight\/tester\/\[redacted\]/)
    assert.ok(!server().logged().includes(token))
    assert.ok(!JSON.stringify(await control.listRequests({ limit: 1000 })).includes(token))
    assert.equal(await server().storage.findTesterLink(token), undefined)
  })

  test('is in no log either when it is asked for in ways that lead elsewhere', async () => {
    const { team, ...rest } = await demoTeam(server())
    const build = await newestBuild({ team, ...rest })
    const { path } = await server().control.createTesterLink({ team, build: build.id })
    const token = path.slice('/t/'.length)
    const { url, control } = server()
    /** `fetch` mends paths and knows few methods. */
    const ask = (method: string, target: string): Promise<void> =>
      new Promise((resolve, reject) => {
        request(url, { method, path: target }, (response) => response.resume().once('end', resolve))
          .once('error', reject)
          .end()
      })

    for (const method of ['TRACE', 'PROPFIND', 'LOCK']) await ask(method, path)
    for (const target of [
      `${url}${path}`,
      `http://elsewhere.example/_clipflight/tester/${token}`,
      `/${path}`,
      `/x/..${path}`,
      `/docs${path}`,
      `/t;x/${token}`,
      `/t%252f${token}`,
      `/t/%${token.charCodeAt(0).toString(16)}${token.slice(1)}/%`,
      `/x/%${token.charCodeAt(0).toString(16)}${token.slice(1)}`,
    ]) {
      await ask('GET', target)
    }

    assert.ok(!server().logged().includes(token))
    const requests = JSON.stringify(await control.listRequests({ limit: 1000 }))
    assert.ok(!requests.includes(token) && !requests.includes(token.slice(1)))
    assert.match(requests, /"PROPFIND","path":"\/t\/\[redacted\]"/)
    assert.doesNotMatch(requests, /"TRACE","path":"\/t\//)
  })
})
