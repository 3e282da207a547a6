import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, createClient } from '@clipflight/client'
import { ControlError } from '@clipflight/control'
import { tryAs } from './try-as.ts'
import { demoTeam, describeControlled, urlsOf, type DemoTeam } from './start-controlled.ts'

const SIDE_BY_SIDE = 200

describeControlled('teams', (server) => {
  test('200 teams side by side each see what they made and nothing of the others', async () => {
    const teams: DemoTeam[] = []
    while (teams.length < SIDE_BY_SIDE) {
      // Seeds are planted one after another on PostgreSQL, and who waits there too long is sent away.
      teams.push(...(await Promise.all(Array.from({ length: 20 }, () => demoTeam(server())))))
    }

    await Promise.all(
      teams.map(({ client, bundle, team }) =>
        client.betaAppClipInvocations.create({
          url: `https://coffee.example.com/team/${team}`,
          buildBundle: bundle,
          titles: { 'en-US': `Team ${team}` },
        }),
      ),
    )

    await Promise.all(
      teams.map(async (team, index) => {
        assert.deepEqual(await urlsOf(team), [
          'https://coffee.example.com/loyalty',
          'https://coffee.example.com/order?shop=12',
          `https://coffee.example.com/team/${team.team}`,
        ])
        const other = teams[(index + 1) % teams.length]
        await assert.rejects(team.client.buildBundles.betaAppClipInvocations(other?.bundle ?? '').page(), {
          status: 404,
        })
      }),
    )
    for (const { team } of teams) await server().control.deleteTeam({ team })
  })

  test('a reset of one team leaves the others, their faults and their logged requests alone', async () => {
    const [one, other] = [await demoTeam(server()), await demoTeam(server())]
    for (const { client, bundle } of [one, other]) {
      await client.betaAppClipInvocations.create({
        url: 'https://a.example/',
        buildBundle: bundle,
        titles: { ja: 'x' },
      })
    }
    for (const { team } of [one, other]) {
      await server().control.createFault({ match: { team, path: '/v1/none' }, then: { cut: 'before' } })
    }

    await server().control.resetTeam({ team: one.team })

    assert.equal((await urlsOf(one)).length, 2)
    assert.equal((await urlsOf(other)).length, 3)
    assert.equal((await server().control.listFaults({ team: one.team })).faults.length, 0)
    assert.equal((await server().control.listFaults({ team: other.team })).faults.length, 1)
    const of = async (team: number) => (await server().control.listRequests({ team, method: 'POST' })).requests.length
    assert.equal(await of(one.team), 0)
    assert.equal(await of(other.team), 1)
  })

  test('a fault of one team strikes no other', async () => {
    const [one, other] = [await demoTeam(server()), await demoTeam(server())]

    await server().control.createFault({ preset: 'agreement-missing', match: { team: one.team } })

    await assert.rejects(one.client.apps.list().page(), { status: 403 })
    assert.equal((await other.client.apps.list().page()).items.length, 1)
  })

  test('a fault of the builds of one team is none of the builds of another, and no reset of that one ends it', async () => {
    const [one, other] = [await demoTeam(server()), await demoTeam(server())]
    const upload = { app: 'com.example.coffee', version: '2.0' }
    for (const preset of ['stuck-processing', 'new-bundle-404']) {
      await server().control.createFault({ preset, match: { team: one.team } })
    }

    const free = await server().control.createBuild({ ...upload, team: other.team })
    const stuck = await server().control.createBuild({ ...upload, team: one.team })
    await server().control.resetTeam({ team: other.team })

    assert.deepEqual([free.processingState, stuck.processingState], ['VALID', 'PROCESSING'])
    await assert.rejects(one.client.builds.update(stuck.build, { expired: true }), { status: 404 })
  })

  test("another team's reset does not start the chance of a team again", async () => {
    const [one, neighbour] = [await demoTeam(server()), await demoTeam(server())]
    const fallsOf = async (): Promise<string> => {
      const rule = { match: { team: one.team }, when: { probability: 0.5 }, then: { answer: { status: 500 } } }
      const { id } = await server().control.createFault(rule)
      const statuses: number[] = []
      for (let index = 0; index < 30; index += 1) {
        statuses.push((await tryAs(server(), one.token, 'GET', '/v1/apps')).status)
      }
      await server().control.deleteFault({ fault: id })
      return statuses.join()
    }

    const first = await fallsOf()
    await server().control.resetTeam({ team: neighbour.team })

    assert.notEqual(await fallsOf(), first)
  })

  test('chance falls the same for a team after every reset, whatever its neighbours do', async () => {
    const [one, neighbour] = [await demoTeam(server()), await demoTeam(server())]
    const chances = async (isNoisy: boolean): Promise<number[]> => {
      await server().control.createFault({
        preset: 'random-401',
        match: { team: one.team },
        when: { probability: 0.5 },
      })
      const statuses: number[] = []
      for (let index = 0; index < 20; index += 1) {
        if (isNoisy) await tryAs(server(), neighbour.token, 'GET', '/v1/apps')
        statuses.push((await tryAs(server(), one.token, 'GET', '/v1/apps')).status)
      }
      return statuses
    }

    const first = await chances(false)
    await server().control.resetTeam({ team: one.team })
    await server().control.createFault({ preset: 'random-401', match: { team: neighbour.team } })
    const second = await chances(true)

    assert.ok(first.includes(401) && first.includes(200), first.join())
    assert.deepEqual(second, first)
  })

  test('a deleted team takes its keys, rows and snapshots along, and its number never comes back', async () => {
    const { team, client, token } = await demoTeam(server())
    await server().control.saveSnapshot({ team, name: 'before' })

    await server().control.deleteTeam({ team })

    await assert.rejects(client.apps.list().page(), { status: 401 })
    assert.equal((await tryAs(server(), token, 'GET', '/v1/apps')).status, 401)
    await assert.rejects(server().control.resetTeam({ team }), { status: 404 })
    await assert.rejects(server().control.deleteTeam({ team }), { status: 404 })
    const next = await server().control.createTeam()
    assert.ok(next.team > team)
  })

  test('what is done to a team while it is deleted is done, or finds no team', async () => {
    for (let index = 0; index < 5; index += 1) {
      const { team } = await server().control.createTeam({ seed: 'demo' })
      const asked = [
        server().ask('POST', `/teams/${team}/snapshots`, { body: { name: 'a' } }),
        server().ask('POST', `/teams/${team}/keys`, { body: {} }),
        server().ask('POST', `/teams/${team}/reset`),
      ]
      await server().control.deleteTeam({ team })
      for (const { status } of await Promise.all(asked)) assert.ok([201, 204, 404].includes(status), String(status))
    }
  })

  test('a key has the roles it was made with, and a revoked one is refused with the next request', async () => {
    const { team, bundle } = await demoTeam(server())
    const key = await server().control.createKey({ team, roles: ['DEVELOPER'], individual: true })
    const client = createClient({ keyId: key.id, privateKey: key.privateKey, individual: true, baseUrl: server().url })

    assert.equal(key.issuerId, null)
    await assert.rejects(
      client.betaAppClipInvocations.create({ url: 'https://a.example/', buildBundle: bundle, titles: { ja: 'x' } }),
      (error: unknown) => error instanceof ApiError && error.status === 403,
    )
    await server().control.revokeKey({ team, key: key.id })
    await assert.rejects(client.apps.list().page(), { status: 401 })
    const { keys } = await server().control.listKeys({ team })
    assert.equal(keys.find(({ id }) => id === key.id)?.revoked, true)
    assert.doesNotMatch(JSON.stringify(keys), /PRIVATE/)
  })

  test('a revoked key stays so when the clock is set back', async (t) => {
    const { team, made, client } = await demoTeam(server())
    server().clock.advance(60_000)
    t.after(() => server().clock.release())
    await server().control.revokeKey({ team, key: made.keys[0]?.id ?? '' })
    server().clock.release()

    await assert.rejects(client.apps.list().page(), { status: 401 })
  })

  test('a key of another team cannot be revoked by way of this one', async () => {
    const [one, other] = [await demoTeam(server()), await demoTeam(server())]
    const key = other.made.keys[0]?.id ?? ''

    await assert.rejects(server().control.revokeKey({ team: one.team, key }), { status: 404 })

    assert.equal((await other.client.apps.list().page()).items.length, 1)
  })

  test('a seed with dangling references is refused with its lines, and the team stays as it was', async () => {
    const team = await demoTeam(server())
    const seed = `teams:
  - name: Broken
    apps:
      - name: A
        bundleId: com.example.a
        preReleaseVersions:
          - version: '1'
            builds:
              - version: '1'
                betaGroups: [Nobody]
`
    for (const attempt of [
      () => server().control.seedTeam({ team: team.team, seed }),
      () => server().control.createTeam({ seed }),
      () => server().control.createTeam({ seed: 'teams: []' }),
      () => server().control.createTeam({ seed: 'teams: [{ name: A }, { name: B }]' }),
    ]) {
      const error = await attempt().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      assert.ok(error instanceof ControlError)
      assert.equal(error.status, 422)
      assert.equal(error.problems[0]?.source?.pointer, '/seed')
    }
    await assert.rejects(server().control.seedTeam({ team: team.team, seed }), /seed:10:\d+: 'Nobody'/)
    assert.equal((await urlsOf(team)).length, 2)
  })

  test('a seed takes the place of everything, keys stay, and resets lead to it', async () => {
    const { team, client } = await demoTeam(server())

    await server().control.seedTeam({
      team,
      seed: 'teams: [{ name: X, apps: [{ name: Tea, bundleId: com.example.tea }] }]',
    })

    assert.deepEqual(
      (await client.apps.list().page()).items.map(({ bundleId }) => bundleId),
      ['com.example.tea'],
    )
    await server().control.resetTeam({ team })
    assert.equal((await client.apps.list().page()).items.length, 1)
  })

  test('a name that a database or a seed file cannot keep is refused', async () => {
    const { team } = await server().control.createTeam({ seed: 'demo' })
    const app = 'com.example.coffee'
    for (const text of ['a\0b', 'a\nb', '\ud800', ' ', '\u00a0\u2003']) {
      for (const [path, body, pointer] of [
        ['/teams', { name: text }, '/name'],
        [`/teams/${team}/keys`, { name: text }, '/name'],
        [`/teams/${team}/builds`, { app, version: text }, '/version'],
        [`/teams/${team}/builds`, { app, version: '1', buildNumber: text }, '/buildNumber'],
        [`/teams/${team}/builds`, { app, version: '1', bundles: [{ bundleId: text }] }, '/bundles/0/bundleId'],
      ] as const) {
        const answer = await server().ask('POST', path, { body })
        assert.equal(answer.status, 422, JSON.stringify(body))
        assert.deepEqual(
          answer.body.errors.map(({ source }: { source: unknown }) => source),
          [{ pointer }],
        )
      }
    }
  })

  test('a body with however many unknown members is refused, and nothing is made', async () => {
    const { teams } = await server().control.listTeams()
    for (const count of [9, 1000]) {
      const body = Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown${index}`, index]))

      const answer = await server().ask('POST', '/teams', { body })

      assert.equal(answer.status, 422, String(count))
      assert.ok(answer.body.errors.length > 0)
    }
    assert.equal((await server().control.listTeams()).teams.length, teams.length)
  })

  test('what a body, a path and a query may not have is named, all at once', async () => {
    const body = await server().ask('POST', '/teams', { body: { nmae: 'x', keys: [{ roles: ['KING'] }] } })
    assert.equal(body.status, 422)
    assert.deepEqual(body.body.errors.map((error: { source: { pointer: string } }) => error.source.pointer).sort(), [
      '/keys/0/roles/0',
      '/nmae',
    ])
    assert.equal((await server().ask('DELETE', '/teams/none')).status, 400)
    assert.equal((await server().ask('GET', '/requests?statsu=404')).body.errors[0].source.parameter, 'statsu')
    assert.equal((await server().ask('GET', '/teams?x=1')).status, 400)
    assert.equal((await server().ask('POST', '/teams', { body: [] })).status, 422)
  })
})
