import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createClient, type Client } from '@clipflight/client'
import { assembleUncontrolled } from '../../packages/server/src/service/assemble.ts'
import { databases } from '../databases.ts'
import { demoTeam, startControlled, urlsOf, type Controlled } from './start-controlled.ts'
import { tryAs } from './try-as.ts'

const APP = 'com.example.coffee'

for (const kind of databases) {
  describe(`builds and the clock on ${kind}`, () => {
    let server: Controlled
    before(async () => {
      server = await startControlled(kind, { rateLimit: 5 })
    })
    after(() => server.close())

    test('a new build brings the bundles of the one before, and its invocations under ids of their own', async () => {
      const { team, client, bundle } = await demoTeam(server)

      const made = await server.control.createBuild({ team, app: APP, version: '1.5' })

      assert.equal(made.buildNumber, '43')
      assert.equal(made.processingState, 'VALID')
      assert.deepEqual(
        made.bundles.map(({ bundleId, invocations }) => [bundleId, invocations]),
        [
          [APP, 0],
          [`${APP}.Clip`, 2],
        ],
      )
      const clip = made.bundles[1]?.id ?? ''
      assert.notEqual(clip, bundle)
      assert.deepEqual(await urlsOf({ client, bundle: clip }), [
        'https://coffee.example.com/loyalty',
        'https://coffee.example.com/order?shop=12',
      ])
    })

    test('uploads that come at once have a number each, and each its fault', async () => {
      const { team } = await demoTeam(server)
      await server.control.createFault({ preset: 'stuck-processing', match: { team }, when: { next: 6 } })

      const made = await Promise.all(
        Array.from({ length: 12 }, () => server.control.createBuild({ team, app: APP, version: '8.0' })),
      )

      const numbers = made.map(({ buildNumber }) => Number(buildNumber)).toSorted((one, other) => one - other)
      assert.deepEqual(
        numbers,
        Array.from({ length: 12 }, (_, index) => 43 + index),
      )
      assert.equal(made.filter(({ processingState }) => processingState === 'PROCESSING').length, 6)
    })

    test('a version or a build number with which no upload is taken is refused', async () => {
      const { team } = await demoTeam(server)
      const add = (build: object) =>
        server.ask('POST', `/teams/${team}/builds`, { body: { app: APP, version: '1.5', ...build } })
      for (const text of ['', ' ', '1.5 ', '1.', '.5', '1.5-beta.1', 'v1.5', '-1', '１', '1.5\n']) {
        for (const name of ['version', 'buildNumber']) {
          const { status, body } = await add({ [name]: text })
          assert.equal(status, 422, `${name}: '${text}'`)
          assert.equal(body.errors.length, 1)
          assert.equal(body.errors[0].source.pointer, `/${name}`)
          assert.match(body.errors[0].detail, /^It must be .*whole numbers with dots between them/)
        }
      }
      assert.equal((await add({ version: '1.2.3.4' })).status, 422)
      for (const [version, buildNumber] of [
        ['2', '0'],
        ['2.0', '2.0.1.1'],
        ['2.0.1', '202612011913'],
      ]) {
        assert.equal((await add({ version, buildNumber })).status, 201, buildNumber)
      }
    })

    test('nothing is carried over when the upload says so', async () => {
      const { team } = await demoTeam(server)

      const { bundles } = await server.control.createBuild({ team, app: APP, version: '1.5', carryOver: false })

      assert.deepEqual(
        bundles.map(({ invocations }) => invocations),
        [0, 0],
      )
    })

    test('a build without a number gets the one above the highest, whatever the form of that', async () => {
      for (const [highest, next] of [
        ['9007199254740993', '9007199254740994'],
        ['43.2.9', '43.2.10'],
        ['42.1', '42.2'],
        ['1.2.3', '43'],
      ] as const) {
        const { team } = await demoTeam(server)
        await server.control.createBuild({ team, app: APP, version: '1.5', buildNumber: highest })

        const made = await server.control.createBuild({ team, app: APP, version: '1.5' })

        assert.equal(made.buildNumber, next)
      }
    })

    test('a build number of another form, which seeds may have, does not count', async () => {
      const builds = "builds: [{ version: '7' }, { version: 1e3-beta }]"
      const app = `{ name: Coffee, bundleId: ${APP}, preReleaseVersions: [{ version: '1.0', ${builds} }] }`
      const { team } = await server.control.createTeam({ seed: `teams: [{ name: Form, apps: [${app}] }]` })

      assert.equal((await server.control.createBuild({ team, app: APP, version: '1.0' })).buildNumber, '8')
    })

    test('another platform has builds, numbers and invocations of its own', async () => {
      const { team } = await demoTeam(server)

      const made = await server.control.createBuild({ team, app: APP, version: '1.5', platform: 'MAC_OS' })

      assert.equal(made.buildNumber, '1')
      assert.deepEqual(
        made.bundles.map(({ bundleType, invocations }) => [bundleType, invocations]),
        [
          ['APP', 0],
          ['APP_CLIP', 0],
        ],
      )
    })

    test('a build is processing until its time has come, and then has the result that it was given', async () => {
      const { team, client } = await demoTeam(server)
      server.clock.freeze()
      const upload = { team, app: APP, version: '1.5', usesNonExemptEncryption: false }
      const good = await server.control.createBuild({ ...upload, processing: { seconds: 90 } })
      const bad = await server.control.createBuild({ ...upload, processing: { seconds: 30, result: 'INVALID' } })
      const stateOf = async (id: string) => {
        const build = await client.builds.get(id, { include: ['buildBetaDetail'] })
        return [build.processingState, build.buildBetaDetail?.internalBuildState]
      }

      server.clock.advance(29_999)
      assert.deepEqual(await stateOf(bad.build), ['PROCESSING', 'PROCESSING'])
      server.clock.advance(1)
      assert.deepEqual(await stateOf(bad.build), ['INVALID', 'PROCESSING_EXCEPTION'])
      assert.deepEqual(await stateOf(good.build), ['PROCESSING', 'PROCESSING'])
      server.clock.advance(60_000)
      assert.deepEqual(await stateOf(good.build), ['VALID', 'READY_FOR_BETA_TESTING'])
      server.clock.release()
    })

    describe('what is done to a build in processing holds when that ends:', () => {
      const states = async (client: Client, id: string) => {
        const build = await client.builds.get(id, { include: ['buildBetaDetail'] })
        const { internalBuildState, externalBuildState } = build.buildBetaDetail ?? {}
        return [build.processingState, build.expired, internalBuildState, externalBuildState]
      }
      const upload = { app: APP, version: '1.5', processing: { seconds: 90 } }
      const handIn = async (token: string, build: string) => {
        const data = {
          type: 'betaAppReviewSubmissions',
          relationships: { build: { data: { type: 'builds', id: build } } },
        }
        const { status } = await tryAs(server, token, 'POST', '/v1/betaAppReviewSubmissions', { data })
        assert.equal(status, 201)
      }

      test('its answer about encryption makes it ready', async (t) => {
        const { team, client } = await demoTeam(server)
        const { build } = await server.control.createBuild({ team, ...upload })
        await client.builds.update(build, { usesNonExemptEncryption: false })
        assert.deepEqual(await states(client, build), ['PROCESSING', false, 'PROCESSING', 'PROCESSING'])

        server.clock.advance(90_000)
        t.after(() => server.clock.release())

        const ready = ['VALID', false, 'READY_FOR_BETA_TESTING', 'READY_FOR_BETA_SUBMISSION']
        assert.deepEqual(await states(client, build), ready)
      })

      test('it stays expired', async (t) => {
        const { team, client } = await demoTeam(server)
        const { build } = await server.control.createBuild({ team, ...upload, usesNonExemptEncryption: false })
        await client.builds.update(build, { expired: true })

        server.clock.advance(90_000)
        t.after(() => server.clock.release())

        assert.deepEqual(await states(client, build), ['VALID', true, 'EXPIRED', 'EXPIRED'])
      })

      test('it stays handed in, unless it has failed', async (t) => {
        const { team, client, token } = await demoTeam(server)
        const upAndIn = async (result: 'VALID' | 'FAILED') => {
          const processing = { seconds: 90, result }
          const whole = { team, ...upload, usesNonExemptEncryption: false, processing }
          const { build } = await server.control.createBuild(whole)
          await handIn(token, build)
          return build
        }
        const [good, bad] = [await upAndIn('VALID'), await upAndIn('FAILED')]

        server.clock.advance(90_000)
        t.after(() => server.clock.release())

        const waiting = ['VALID', false, 'READY_FOR_BETA_TESTING', 'WAITING_FOR_BETA_REVIEW']
        assert.deepEqual(await states(client, good), waiting)
        assert.deepEqual(await states(client, bad), ['FAILED', false, 'PROCESSING_EXCEPTION', 'PROCESSING_EXCEPTION'])
      })

      test('its submission waits for review, and is rejected if it has failed', async (t) => {
        for (const [result, state] of [
          ['VALID', 'WAITING_FOR_REVIEW'],
          ['FAILED', 'REJECTED'],
        ] as const) {
          const { team, client, token } = await demoTeam(server)
          const { build } = await server.control.createBuild({ team, ...upload, processing: { seconds: 90, result } })
          await handIn(token, build)

          server.clock.advance(90_000)
          t.after(() => server.clock.release())

          assert.equal((await client.betaAppReviewSubmissions.get(build)).betaReviewState, state)
        }
      })

      test('an expired or failed build stays so when it is handed in', async () => {
        for (const [result, expired, state] of [
          ['VALID', true, 'EXPIRED'],
          ['FAILED', false, 'PROCESSING_EXCEPTION'],
        ] as const) {
          const { team, client, token } = await demoTeam(server)
          const { build } = await server.control.createBuild({ team, ...upload, processing: { seconds: 0, result } })
          await client.builds.update(build, { expired })

          await handIn(token, build)

          assert.deepEqual(await states(client, build), [result, expired, state, state])
        }
      })
    })

    test('a build has expired from its date on, wherever that is read, whether it was planted or uploaded', async () => {
      const { team, client } = await demoTeam(server)
      server.clock.freeze()
      const uploaded = await server.control.createBuild({ team, app: APP, version: '1.5' })
      const planted = (await client.builds.list({ filter: { version: ['42'] } }).page()).items[0]
      assert(planted !== undefined)
      const expired = async () => {
        const { items } = await client.builds.list({ filter: { expired: [true] } }).page()
        return items.map(({ id }) => id).toSorted()
      }
      const stateOf = async (id: string) => {
        const build = await client.builds.get(id, { include: ['buildBetaDetail'] })
        return [build.expired, build.buildBetaDetail?.internalBuildState, build.buildBetaDetail?.externalBuildState]
      }

      server.clock.set(Date.parse(planted.expirationDate) - 1)
      assert.equal((await stateOf(planted.id))[0], false)
      server.clock.advance(1)
      assert.deepEqual(await stateOf(planted.id), [true, 'EXPIRED', 'EXPIRED'])
      assert.equal((await stateOf(uploaded.build))[0], false)
      assert.equal((await expired()).includes(planted.id), true)
      assert.equal((await expired()).includes(uploaded.build), false)
      server.clock.advance(10 * 86_400_000)
      assert.deepEqual(await stateOf(uploaded.build), [true, 'EXPIRED', 'EXPIRED'])
      assert.equal((await expired()).length, 4)

      // A reset brings back what is still to happen, too: it happens at once.
      await server.control.resetTeam({ team })
      assert.deepEqual(await stateOf(planted.id), [true, 'EXPIRED', 'EXPIRED'])
      server.clock.release()
      await server.control.resetTeam({ team })
      assert.equal((await stateOf(planted.id))[0], false)
    })

    test('a seeded build lasts 90 days from its upload, and its states follow from what the seed says of it', async () => {
      const seed = `teams:
  - name: Old
    apps:
      - name: Coffee
        bundleId: ${APP}
        preReleaseVersions:
          - version: '1.0'
            builds:
              - { version: '1', uploadedDate: 2020-01-01T00:00:00Z }
              - { version: '2', uploadedDate: 2020-01-01T00:00:00Z, expirationDate: P1D, usesNonExemptEncryption: false }
              - { version: '3', expired: true }
              - { version: '4', expired: true, buildBetaDetail: { externalBuildState: BETA_REJECTED } }
              - { version: '5', processingState: PROCESSING }
              - { version: '6', processingState: INVALID, buildBetaDetail: {} }
              - { version: '7' }`
      const { issuerId, keys } = await server.control.createTeam({ seed })
      const [key] = keys
      assert(key !== undefined)
      const credentials = { keyId: key.id, issuerId, privateKey: key.privateKey }
      const client = createClient({ ...credentials, baseUrl: server.url, retry: { tries: 1 } })

      const { items } = await client.builds.list({ sort: ['version'], include: ['buildBetaDetail'] }).page()

      assert.equal(items[0]?.expirationDate, '2020-03-30T17:00:00-07:00')
      assert.deepEqual(
        items.map(({ version, expired, buildBetaDetail: detail }) =>
          [version, expired, detail?.internalBuildState, detail?.externalBuildState].join(' '),
        ),
        [
          '1 true EXPIRED EXPIRED',
          '2 false READY_FOR_BETA_TESTING READY_FOR_BETA_SUBMISSION',
          '3 true EXPIRED EXPIRED',
          '4 true EXPIRED BETA_REJECTED',
          '5 false PROCESSING PROCESSING',
          '6 false PROCESSING_EXCEPTION PROCESSING_EXCEPTION',
          '7 false MISSING_EXPORT_COMPLIANCE MISSING_EXPORT_COMPLIANCE',
        ],
      )
    })

    test('a build expires where nobody controls the service, too', async (t) => {
      const { client, team, made } = await demoTeam(server)
      const [build] = (await client.builds.list({ filter: { version: ['42'] } }).page()).items
      const [key] = made.keys
      assert(build !== undefined && key !== undefined)
      server.clock.set(Date.parse(build.expirationDate))
      t.after(() => server.clock.release())
      const { storage, clock } = server
      const uncontrolled = await assembleUncontrolled({
        storage,
        clock,
        rateLimit: 'off',
        logLevel: 'silent',
        doorkeeping: { adminToken: undefined, allowedHosts: [] },
      })
      t.after(() => uncontrolled.close())
      const baseUrl = await uncontrolled.listen({ port: 0, host: '127.0.0.1' })

      const credentials = { keyId: key.id, issuerId: made.issuerId, privateKey: key.privateKey }
      const guest = createClient({ ...credentials, baseUrl, now: clock.now, retry: { tries: 1 } })
      assert.equal((await guest.builds.get(build.id)).expired, true)
      await server.control.deleteTeam({ team })
    })

    test('many requests at the moment that a build is due all see it done', async () => {
      const { team, token } = await demoTeam(server)
      const made = await server.control.createBuild({ team, app: APP, version: '1.5', processing: { seconds: 5 } })
      server.clock.advance(6_000)

      const answers = await Promise.all(
        Array.from({ length: 3 }, () => tryAs(server, token, 'GET', `/v1/builds/${made.build}`)),
      )

      assert.deepEqual(
        answers.map(({ text }) => JSON.parse(text).data.attributes.processingState),
        ['VALID', 'VALID', 'VALID'],
      )
      server.clock.release()
    })

    test('what cannot be uploaded is refused, and no build is there', async () => {
      const { team, client } = await demoTeam(server)
      const count = async () => (await client.builds.list().page()).items.length
      const before = await count()

      await assert.rejects(server.control.createBuild({ team, app: 'nobody', version: '1' }), { status: 404 })
      await assert.rejects(server.control.createBuild({ team, app: APP, version: '1.4', buildNumber: '42' }), {
        status: 409,
      })
      await assert.rejects(server.control.createBuild({ team: 999_999, app: APP, version: '1' }), { status: 404 })
      const { status } = await server.ask('POST', `/teams/${team}/builds`, { body: { app: APP, version: '1', x: 1 } })

      assert.equal(status, 422)
      assert.equal(await count(), before)
    })

    test('a number is refused too that only a build of long ago has', async () => {
      const builds = Array.from(
        { length: 1001 },
        (_, index) => `
              - { version: '${index + 1}', uploadedDate: -P${1001 - index}D, buildBundles: [{ bundleId: ${APP} }] }`,
      )
      const seed = `teams:
  - name: Old
    apps:
      - name: Coffee
        bundleId: ${APP}
        sku: C
        primaryLocale: en-US
        preReleaseVersions:
          - version: '1.0'
            builds:${builds.join('')}`
      const { team } = await server.control.createTeam({ seed })

      await assert.rejects(server.control.createBuild({ team, app: APP, version: '1.0', buildNumber: '1' }), {
        status: 409,
      })
    })

    test('a token expires by the clock', async () => {
      const { token } = await demoTeam(server)
      await server.control.changeClock({ frozen: true })
      assert.equal((await tryAs(server, token, 'GET', '/v1/apps')).status, 200)

      await server.control.changeClock({ advanceMilliseconds: 20 * 60_000 })

      assert.equal((await tryAs(server, token, 'GET', '/v1/apps')).status, 401)
      await server.control.changeClock({ release: true })
      assert.equal((await tryAs(server, token, 'GET', '/v1/apps')).status, 200)
    })

    test('the rolling hour of the rate limit goes by the clock', async () => {
      const { token } = await demoTeam(server)
      server.clock.freeze()
      while ((await tryAs(server, token, 'GET', '/v1/apps')).status === 200);
      assert.equal((await tryAs(server, token, 'GET', '/v1/apps')).status, 429)
      const { client } = await demoTeam(server)
      assert.equal((await client.apps.list().page()).items.length, 1)

      server.clock.set(server.clock.now() + 3_600_000)
      const later = await tryAs(server, token, 'GET', '/v1/apps')

      // The token has ended meanwhile, the hour too: what is left is full again.
      assert.equal(later.status, 401)
      assert.equal(later.headers.get('x-rate-limit'), 'user-hour-lim:5;user-hour-rem:5;')
      server.clock.release()
    })

    test('a reset gives the hour back to the keys of its team, and to no other', async () => {
      const [one, other] = [await demoTeam(server), await demoTeam(server)]
      for (const { token } of [one, other]) {
        while ((await tryAs(server, token, 'GET', '/v1/apps')).status === 200);
      }

      await server.control.resetTeam({ team: one.team })

      assert.equal((await tryAs(server, one.token, 'GET', '/v1/apps')).status, 200)
      assert.equal((await tryAs(server, other.token, 'GET', '/v1/apps')).status, 429)
    })

    test('the clock stands still, goes on, is set and let go', async () => {
      const frozen = await server.control.changeClock({ frozen: true, set: '2030-01-01T00:00:00Z' })
      assert.deepEqual([frozen.now, frozen.frozen], ['2030-01-01T00:00:00.000Z', true])
      const ahead = await server.control.changeClock({ advanceMilliseconds: 1500 })
      assert.equal(ahead.now, '2030-01-01T00:00:01.500Z')
      const running = await server.control.changeClock({ frozen: false })
      assert.equal(running.frozen, false)
      assert.ok(running.aheadMilliseconds > 0)
      const released = await server.control.changeClock({ release: true })
      assert.equal(released.aheadMilliseconds, 0)
    })

    test('a clock that ran on beyond its last year can be let go', async () => {
      let passed = 0
      const other = await startControlled(kind, { machineNow: () => Date.now() + passed })
      await other.control.changeClock({ set: '9998-12-31T00:00:00Z' })
      passed = 7 * 86_400_000

      const { aheadMilliseconds } = await other.control.changeClock({ release: true })
      await other.close()

      assert.equal(aheadMilliseconds, 0)
    })

    test('a clock is set by way of a moment that it cannot show itself', async () => {
      const { now } = await server.control.changeClock({
        frozen: true,
        set: '1969-12-31T00:00:00Z',
        advanceMilliseconds: 2 * 86_400_000,
      })
      await server.control.changeClock({ release: true })

      assert.equal(now, '1970-01-02T00:00:00.000Z')
    })

    test('answers are dated by the clock', async () => {
      await server.control.changeClock({ frozen: true, set: '2031-02-03T04:05:06Z' })
      const { headers } = await fetch(`${server.url}/v1/apps`)
      const health = await fetch(`${server.url}/_clipflight/health`)
      await server.control.changeClock({ release: true })
      const released = await fetch(`${server.url}/v1/apps`)

      assert.equal(headers.get('date'), 'Mon, 03 Feb 2031 04:05:06 GMT')
      assert.equal(health.headers.get('date'), 'Mon, 03 Feb 2031 04:05:06 GMT')
      assert.ok(Math.abs(Date.parse(released.headers.get('date') ?? '') - Date.now()) < 60_000)
    })

    test('a change of the clock that makes no sense is refused, and the clock goes on', async () => {
      for (const body of [
        { set: 'tomorrow' },
        { advanceMilliseconds: 1e15 },
        { set: '9999-12-31T00:00:00Z', advanceMilliseconds: 3_155_760_000_000 },
        { release: false },
        { freeze: true },
      ]) {
        assert.equal((await server.ask('PATCH', '/clock', { body })).status, 422, JSON.stringify(body))
      }
      assert.match((await server.ask('PATCH', '/clock', { body: { set: 'tomorrow' } })).body.errors[0].detail, /T\d\d:/)
      assert.deepEqual((await server.control.readClock()).aheadMilliseconds, 0)
    })
  })
}
