import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClient } from '@clipflight/client'
import { readSeed } from '../../packages/server/src/seed/read-seed.ts'
import { demoTeam, describeControlled, urlsOf, type DemoTeam } from './start-controlled.ts'

/** Everything that the API shows of a team's builds, invocations and titles. */
async function stateOf({ client, bundle }: Pick<DemoTeam, 'client' | 'bundle'>): Promise<string> {
  const builds = await client.builds.list({ include: ['buildBundles', 'buildBetaDetail', 'betaGroups'] }).page()
  const invocations = await client.buildBundles
    .betaAppClipInvocations(bundle, { include: ['betaAppClipInvocationLocalizations'] })
    .page()
  return JSON.stringify([builds.items, invocations.items])
}

async function change({ client, bundle }: DemoTeam): Promise<void> {
  const { items } = await client.buildBundles
    .betaAppClipInvocations(bundle, { include: ['betaAppClipInvocationLocalizations'] })
    .page()
  const [first, second] = items
  await client.betaAppClipInvocations.delete(first?.id ?? '')
  const [title] = second?.localizations ?? []
  await client.betaAppClipInvocationLocalizations.update(title?.id ?? '', { title: 'Changed' })
  await client.betaAppClipInvocations.create({ url: 'https://new.example/', buildBundle: bundle, titles: { ja: 'x' } })
}

/** A seed that says every id, so that one differs from another by its domain status alone. */
function seedWithStatus(isValid: boolean): string {
  return `
teams:
  - name: Bakery
    apps:
      - id: '1'
        name: Bakery
        bundleId: com.example.bakery
        preReleaseVersions:
          - id: version
            version: '1.0'
            builds:
              - id: build
                version: '1'
                uploadedDate: 2026-03-02T14:00:00Z
                expirationDate: 2026-05-31T14:00:00Z
                buildBundles:
                  - id: clip
                    bundleType: APP_CLIP
                    appClipDomainCacheStatus:
                      id: status
                      lastUpdatedDate: 2026-03-02T14:00:00Z
                      domains: [{ domain: bakery.example.com, isValid: ${isValid} }]
                    betaAppClipInvocations:
                      - id: invocation
                        url: https://bakery.example.com/
                        betaAppClipInvocationLocalizations: [{ id: title, locale: en-US, title: Order bread }]
`
}

/** All of the last invocation, which stays. */
async function deleteTitles({ client, bundle }: DemoTeam): Promise<void> {
  const { items } = await client.buildBundles
    .betaAppClipInvocations(bundle, { include: ['betaAppClipInvocationLocalizations'] })
    .page()
  for (const { id } of items.at(-1)?.localizations ?? []) await client.betaAppClipInvocationLocalizations.delete(id)
}

describeControlled('snapshots', (server) => {
  test('a restored team is as it was, ids included', async () => {
    const team = await demoTeam(server())
    const before = await stateOf(team)
    await server().control.saveSnapshot({ team: team.team, name: 'good' })
    await change(team)
    assert.notEqual(await stateOf(team), before)

    await server().control.restoreSnapshot({ team: team.team, snapshot: 'good' })

    assert.equal(await stateOf(team), before)
  })

  test('a reset team is as its seed was, however often', async () => {
    const team = await demoTeam(server())
    const before = await stateOf(team)
    for (let time = 0; time < 3; time += 1) {
      await change(team)
      await server().control.resetTeam({ team: team.team })
      assert.equal(await stateOf(team), before)
    }
  })

  test('a snapshot saved again under its name takes the place of the first, and the answer says so', async () => {
    const team = await demoTeam(server())
    const first = await server().control.saveSnapshot({ team: team.team, name: 'a' })
    await change(team)
    const later = await stateOf(team)
    const second = await server().control.saveSnapshot({ team: team.team, name: 'a' })
    assert.deepEqual([first.replaced, second.replaced], [false, true])
    await server().control.resetTeam({ team: team.team })

    await server().control.restoreSnapshot({ team: team.team, snapshot: 'a' })

    assert.equal(await stateOf(team), later)
    const { snapshots } = await server().control.listSnapshots({ team: team.team })
    assert.deepEqual(
      snapshots.map(({ name }) => name),
      ['a'],
    )
  })

  test('snapshots are of one team: another has none of that name, and is not touched', async () => {
    const [one, other] = [await demoTeam(server()), await demoTeam(server())]
    await server().control.saveSnapshot({ team: one.team, name: 'mine' })
    await change(other)
    const before = await stateOf(other)

    await server().control.restoreSnapshot({ team: one.team, snapshot: 'mine' })
    await assert.rejects(server().control.restoreSnapshot({ team: other.team, snapshot: 'mine' }), { status: 404 })

    assert.equal(await stateOf(other), before)
  })

  test('the copies behind snapshots are no teams', async () => {
    const before = (await server().control.listTeams()).teams.length
    const { team } = await demoTeam(server())
    await server().control.saveSnapshot({ team, name: 'a' })

    assert.equal((await server().control.listTeams()).teams.length, before + 1)
    await server().control.deleteSnapshot({ team, snapshot: 'a' })
    await assert.rejects(server().control.deleteSnapshot({ team, snapshot: 'a' }), { status: 404 })
  })

  test('who names a snapshot that there is not is told which there are', async () => {
    const { team } = await demoTeam(server())
    const said = async (method: string, path: string): Promise<string> => {
      const { status, body } = await server().ask(method, `/teams/${team}/snapshots/${path}`)
      assert.equal(status, 404)
      return body.errors[0].detail
    }
    assert.equal(await said('POST', 'before/restore'), `Team ${team} has no snapshot 'before'. There is none.`)
    await server().control.saveSnapshot({ team, name: 'b' })
    assert.equal(await said('POST', 'c/restore'), `Team ${team} has no snapshot 'c'. There is: b.`)
    await server().control.saveSnapshot({ team, name: 'a' })
    assert.equal(await said('DELETE', 'c'), `Team ${team} has no snapshot 'c'. There are: a, b.`)
  })

  test('a name with a slash, too long or empty is refused, and nothing is saved', async () => {
    const { team } = await demoTeam(server())
    for (const name of ['a/b', '../a', '.', '..', '', 'x'.repeat(65), 'a b', 'a\0']) {
      const { status, body } = await server().ask('POST', `/teams/${team}/snapshots`, { body: { name } })
      assert.equal(status, 422, name)
      assert.equal(body.errors[0].source.pointer, '/name')
      assert.match(body.errors[0].detail, /letters, digits/)
    }
    assert.equal((await server().ask('POST', `/teams/${team}/snapshots/a%2Fb/restore`)).status, 400)
    assert.equal((await server().ask('POST', `/teams/${team}/snapshots/a/b/restore`)).status, 404)
    assert.deepEqual((await server().control.listSnapshots({ team })).snapshots, [])
  })

  test('a domain status is seeded anew, reset, saved and restored where nothing else differs', async () => {
    const { team, client } = await demoTeam(server())
    const isValid = async () => {
      assert.deepEqual(await urlsOf({ client, bundle: 'clip' }), ['https://bakery.example.com/'])
      const status = await client.buildBundles.appClipDomainCacheStatus('clip')
      return status?.domains?.[0]?.isValid
    }
    await server().control.seedTeam({ team, seed: seedWithStatus(true) })
    await server().control.saveSnapshot({ team, name: 'a' })

    await server().control.seedTeam({ team, seed: seedWithStatus(false) })
    assert.equal(await isValid(), false)
    await server().control.restoreSnapshot({ team, snapshot: 'a' })
    assert.equal(await isValid(), true)
    await server().control.resetTeam({ team })
    assert.equal(await isValid(), false)
    await server().control.saveSnapshot({ team, name: 'a' })
    await server().control.restoreSnapshot({ team, snapshot: 'a' })
    assert.equal(await isValid(), false)
  })

  test('a build in processing goes on from where it was when its snapshot is restored', async () => {
    const { team, client } = await demoTeam(server())
    server().clock.freeze()
    const made = await server().control.createBuild({
      team,
      app: 'com.example.coffee',
      version: '1.5',
      processing: { seconds: 60 },
    })
    await server().control.saveSnapshot({ team, name: 'uploading' })
    server().clock.advance(60_000)
    assert.equal((await client.builds.get(made.build)).processingState, 'VALID')

    server().clock.advance(-60_000)
    await server().control.restoreSnapshot({ team, snapshot: 'uploading' })

    assert.equal((await client.builds.get(made.build)).processingState, 'PROCESSING')
    server().clock.advance(60_000)
    assert.equal((await client.builds.get(made.build)).processingState, 'VALID')
    server().clock.release()
  })

  test('what is due has happened in snapshots and exports, though nobody has asked for the team since', async (t) => {
    const teams: number[] = []
    server().clock.freeze()
    t.after(() => server().clock.release())
    for (let count = 0; count < 3; count += 1) {
      const { team } = await demoTeam(server())
      await server().control.createBuild({
        team,
        app: 'com.example.coffee',
        version: '1.5',
        processing: { seconds: 90, result: 'INVALID' },
      })
      teams.push(team)
    }
    const [exported = 0, exportedWithAll, saved = 0] = teams

    server().clock.advance(91_000)

    assert.match(await server().control.exportSeed({ team: exported }), /processingState: INVALID/)
    const all = readSeed(await server().control.exportSeed(), 'export').teams
    const withAll = all[(await server().control.listTeams()).teams.findIndex(({ team }) => team === exportedWithAll)]
    assert.ok(withAll?.items.some(({ attributes }) => attributes['processingState'] === 'INVALID'))
    await server().control.saveSnapshot({ team: saved, name: 'processed' })
    server().clock.advance(-91_000)
    await server().control.restoreSnapshot({ team: saved, snapshot: 'processed' })
    assert.match(await server().control.exportSeed({ team: saved }), /processingState: INVALID/)
  })

  test('an export planted elsewhere gives the same, ids, dates, keys and an invocation without titles included', async () => {
    const team = await demoTeam(server())
    await change(team)
    await deleteTitles(team)
    const seed = await server().control.exportSeed({ team: team.team })
    const before = await stateOf(team)
    await server().control.deleteTeam({ team: team.team })

    const planted = await server().control.createTeam({ seed })

    const [key] = team.made.keys
    assert.ok(key)
    const client = createClient({
      keyId: key.id,
      issuerId: team.made.issuerId,
      privateKey: key.privateKey,
      baseUrl: server().url,
    })
    assert.equal(await stateOf({ client, bundle: team.bundle }), before)
    assert.equal(planted.issuerId, team.made.issuerId)
    assert.equal(await server().control.exportSeed({ team: planted.team }), seed)
  })

  test('an export makes many teams, each with keys of its own', async () => {
    const team = await demoTeam(server())
    const seed = await server().control.exportSeed({ team: team.team })

    const made = await server().control.createTeam({ seed, keys: [{ roles: ['ADMIN'] }] })

    assert.notEqual(made.issuerId, team.made.issuerId)
    assert.equal(made.keys.length, 1)
    assert.equal((await urlsOf(team)).length, 2)
  })

  test('an export holds no private key', async () => {
    await demoTeam(server())

    assert.doesNotMatch(await server().control.exportSeed(), /PRIVATE/)
  })

  test('an export has a team as it was at one moment, or not at all, when it is deleted meanwhile', async () => {
    const teams = await Promise.all(Array.from({ length: 10 }, () => demoTeam(server())))
    const numbers = teams.map(({ team }) => team)

    const [exports] = await Promise.all([
      Promise.all(numbers.map(() => server().control.exportSeed())),
      Promise.all(numbers.map((team) => server().control.deleteTeam({ team }))),
    ])

    for (const text of exports) {
      for (const { keys, items } of readSeed(text, 'export').teams) {
        assert.deepEqual([keys.length, items.some(({ resource }) => resource.type === 'apps')], [1, true])
      }
    }
  })
})
