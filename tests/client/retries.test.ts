import assert from 'node:assert/strict'
import { after, before, describe, it, type TestContext } from 'node:test'
import { createClient, type ConnectionOptions } from '@clipflight/client'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, type TestBuild } from '../support/teams.ts'
import { connect } from './connect.ts'
import {
  answer,
  forward,
  hangUp,
  noteSleeps,
  passOn,
  refuse,
  startFaultyServer,
  type Fault,
  type SeenRequest,
} from './faulty-server.ts'

const NOTHING = { data: [], links: { self: '' } }
const ONE = { data: { type: 'builds', id: '1', attributes: { version: '1' } }, links: { self: '' } }

/** A client of a faulty server that does not really wait. */
async function start(t: TestContext, fault: Fault, options: ConnectionOptions = {}) {
  const server = await startFaultyServer(fault)
  t.after(() => server.close())
  const { sleeps, sleep } = noteSleeps()
  const client = createClient({ token: () => 'token', baseUrl: server.url, sleep, ...options })
  return { server, sleeps, client }
}

describe('a call that fails', () => {
  it('is not tried again where nobody listens, if that is not wanted, and all else is', async (t) => {
    const retry = { connectionRefused: false }
    const gone = await startFaultyServer((_, response) => hangUp(response))
    await gone.close()
    const { sleeps, sleep } = noteSleeps()
    const client = createClient({ token: () => 'token', baseUrl: gone.url, sleep, retry })
    await assert.rejects(client.builds.list().page(), { name: 'ConnectionError', code: 'ECONNREFUSED' })
    assert.equal(sleeps.length, 0)

    const cut = await start(
      t,
      (_, response, count) => (count === 1 ? hangUp(response) : answer(response, 200, NOTHING)),
      { retry },
    )
    assert.deepEqual((await cut.client.builds.list().page()).items, [])
    assert.equal(cut.sleeps.length, 1)
  })

  it('is seen to find nobody where the runtime says so in words only', async () => {
    for (const words of [
      'tcp connect error: Connection refused (os error 111)',
      'tcp connect error: No connection could be made because the target machine actively refused it. (os error 10061)',
    ]) {
      const client = createClient({
        token: () => 'token',
        fetch: () => Promise.reject(new TypeError(words)),
        retry: { connectionRefused: false },
      })
      await assert.rejects(client.builds.list().page(), { name: 'ConnectionError', code: 'ECONNREFUSED' })
    }
  })

  it('waits as long as a 429 says, in seconds or until a date', async (t) => {
    const now = Date.parse('2026-10-21T07:28:00Z')
    const { server, sleeps, client } = await start(
      t,
      (_, response, count) => {
        if (count > 2) return answer(response, 200, NOTHING)
        const after = count === 1 ? '7' : 'Wed, 21 Oct 2026 07:28:30 GMT'
        return refuse(response, 429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': after })
      },
      { now: () => now },
    )

    await client.apps.list().page()

    assert.equal(server.seen.length, 3)
    assert.deepEqual(sleeps, [7000, 30_000])
  })

  it('waits twice as long each time when nobody says how long, and half of it by chance', async (t) => {
    const { sleeps, client } = await start(t, (_, response) => refuse(response, 429, 'RATE_LIMIT_EXCEEDED'), {
      retry: { tries: 10 },
    })

    await assert.rejects(client.apps.list().page(), { name: 'ApiError', status: 429 })

    const longest = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]
    assert.equal(sleeps.length, longest.length)
    for (const [index, most] of longest.entries()) {
      const sleep = sleeps[index] ?? 0
      assert.ok(sleep >= most / 2 && sleep <= most, `${sleep} of ${most}`)
    }
  })

  it('ends rather than wait for an hour', async (t) => {
    const { server, sleeps, client } = await start(t, (_, response) =>
      refuse(response, 429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '3600' }),
    )

    await assert.rejects(client.apps.list().page(), { status: 429, retryAfterMilliseconds: 3_600_000 })

    assert.deepEqual([server.seen.length, sleeps.length], [1, 0])
  })

  for (const status of [500, 502, 503, 504]) {
    it(`is tried again after ${status}, when it reads`, async (t) => {
      const { server, client } = await start(t, (_, response, count) =>
        count < 4 ? refuse(response, status, 'UNEXPECTED_ERROR') : answer(response, 200, NOTHING),
      )

      await client.apps.list().page()

      assert.equal(server.seen.length, 4)
    })
  }

  it('is tried again when there was no answer, or half of one', async (t) => {
    const { server, client } = await start(t, (_, response, count) => {
      if (count === 1) return hangUp(response)
      if (count === 2) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
        response.write('{"data":')
        setImmediate(() => hangUp(response))
        return undefined
      }
      return answer(response, 200, NOTHING)
    })

    await client.apps.list().page()

    assert.equal(server.seen.length, 3)
  })

  it('is tried again when one try takes too long', async (t) => {
    const { server, client } = await start(
      t,
      (_, response, count) => (count === 1 ? undefined : answer(response, 200, NOTHING)),
      { retry: { tryTimeoutMilliseconds: 50 } },
    )

    await client.apps.list().page()

    assert.equal(server.seen.length, 2)
  })

  it('gives up after four tries, or as many as were asked for', async (t) => {
    const { server, client } = await start(t, (_, response) => hangUp(response))
    const once = createClient({ token: () => 'token', baseUrl: server.url, retry: { tries: 1 } })

    await assert.rejects(client.apps.list().page(), { name: 'ConnectionError' })
    assert.equal(server.seen.length, 4)
    await assert.rejects(once.apps.list().page(), { name: 'ConnectionError' })
    assert.equal(server.seen.length, 5)
  })

  for (const status of [400, 403, 404, 409, 422, 501]) {
    it(`is not tried again after ${status}`, async (t) => {
      const { server, client } = await start(t, (_, response) => refuse(response, status, 'NO'))

      await assert.rejects(client.builds.get('1'), { name: 'ApiError', status })

      assert.equal(server.seen.length, 1)
    })
  }

  it('changes attributes again: setting them twice is setting them once', async (t) => {
    const { server, client } = await start(t, (_, response, count) => {
      if (count === 1) return hangUp(response)
      return count === 2 ? refuse(response, 503, 'SERVICE_UNAVAILABLE') : answer(response, 200, ONE)
    })

    await client.builds.update('1', { expired: true })

    assert.deepEqual(server.lines, Array(3).fill('PATCH /v1/builds/1'))
    assert.equal(new Set(server.seen.map(({ body }) => body)).size, 1)
  })

  it('has deleted what is gone when it looks a second time', async (t) => {
    const { server, client } = await start(t, (_, response, count) =>
      count === 1 ? hangUp(response) : refuse(response, 404, 'NOT_FOUND'),
    )

    await client.betaAppClipInvocations.delete('1')

    assert.equal(server.seen.length, 2)
  })

  it('has not deleted what was never there, nor what a 429 comes before', async (t) => {
    const { client } = await start(t, (_, response, count) =>
      count === 2 ? refuse(response, 429, 'RATE_LIMIT_EXCEEDED') : refuse(response, 404, 'NOT_FOUND'),
    )

    await assert.rejects(client.betaAppClipInvocations.delete('1'), { status: 404 })
    await assert.rejects(client.betaAppClipInvocations.delete('1'), { status: 404 })
  })

  it('adds links again: those that are there stay', async (t) => {
    const { server, client } = await start(t, (_, response, count) =>
      count === 1 ? hangUp(response) : answer(response, 204),
    )

    await client.builds.links.betaGroups.add('1', ['2'])

    assert.equal(server.seen.length, 2)
  })
})

for (const database of databases) {
  describe(`a creation that may have arrived, on ${database}`, () => {
    let service: TestServer
    before(async () => {
      service = await startServer(database)
    })
    after(() => service.close())

    const newBuild = (): Promise<TestBuild> => makeBuild(service.storage, service.team.number)

    /** The real service behind a gateway; `lose` decides what becomes of each POST. */
    async function behindGateway(t: TestContext, lose: (request: SeenRequest, post: number) => Loss) {
      let posts = 0
      const server = await startFaultyServer(async (request, response) => {
        const loss = request.method === 'POST' ? lose(request, (posts += 1)) : 'none'
        if (loss === 'on the way there') return hangUp(response)
        const reply = await forward(request, service.url)
        if (loss === 'none') return passOn(response, reply)
        if (loss === 'on the way back') return hangUp(response)
        return answer(response, loss.status, loss.body)
      })
      t.after(() => server.close())
      const { sleep } = noteSleeps()
      return { server, client: connect({ url: server.url, key: service.key }, { sleep }) }
    }

    type Loss = 'none' | 'on the way there' | 'on the way back' | { readonly status: number; readonly body?: unknown }

    const POST = 'POST /v1/betaAppClipInvocations'
    const lookUpIn = (bundle: string): string => `GET /v1/buildBundles/${bundle}/betaAppClipInvocations`
    const inputFor = (bundle: string) => ({
      url: 'https://example.com/menu',
      buildBundle: bundle,
      titles: { 'en-US': 'Order', ja: '注文' },
    })

    for (const [what, loss] of [
      ['has no answer', 'on the way back'],
      ['is answered 504', { status: 504 }],
      ['is answered 500', { status: 500, body: { errors: [{ status: '500', code: 'UNEXPECTED_ERROR', title: '' }] } }],
      ['is answered with success and nonsense', { status: 201 }],
    ] as const) {
      it(`is found instead of made twice when it ${what}`, async (t) => {
        const { clipBundle } = await newBuild()
        const { server, client } = await behindGateway(t, () => loss)

        const made = await client.betaAppClipInvocations.create(inputFor(clipBundle))

        assert.deepEqual(server.lines, [POST, lookUpIn(clipBundle)])
        assert.deepEqual(Object.fromEntries(made.localizations?.map(({ locale, title }) => [locale, title]) ?? []), {
          'en-US': 'Order',
          ja: '注文',
        })
      })
    }

    it('is sent again when it is not there', async (t) => {
      const { clipBundle } = await newBuild()
      const { server, client } = await behindGateway(t, (_, post) => (post === 1 ? 'on the way there' : 'none'))

      const made = await client.betaAppClipInvocations.create(inputFor(clipBundle))

      assert.deepEqual(server.lines, [POST, lookUpIn(clipBundle), POST])
      assert.equal(made.url, 'https://example.com/menu')
    })

    it('is refused honestly when something else had its natural key before', async (t) => {
      const { clipBundle } = await newBuild()
      await connect(service).betaAppClipInvocations.create({ ...inputFor(clipBundle), titles: { 'en-US': 'Other' } })
      const { client } = await behindGateway(t, (_, post) => (post === 1 ? 'on the way there' : 'none'))

      await assert.rejects(client.betaAppClipInvocations.create(inputFor(clipBundle)), { status: 409 })
    })

    it('is found when the first try arrives late and stands in the way of the second', async (t) => {
      const { clipBundle } = await newBuild()
      const late: SeenRequest[] = []
      const { server } = await behindGateway(t, (request, post) => {
        if (post > 1) return 'none'
        late.push(request)
        return 'on the way there'
      })
      // The first POST reaches the service once it has been looked for, before the second does.
      const fetchLate: typeof fetch = async (url, init) => {
        if (init?.method === 'POST' && late.length === 1) await forward(late.splice(0)[0] ?? assert.fail(), service.url)
        return fetch(url, init)
      }
      const client = connect({ url: server.url, key: service.key }, { fetch: fetchLate, sleep: noteSleeps().sleep })

      const made = await client.betaAppClipInvocations.create(inputFor(clipBundle))

      assert.deepEqual(server.lines, [POST, lookUpIn(clipBundle), POST, lookUpIn(clipBundle)])
      assert.equal(made.localizations?.length, 2)
    })

    it('fails as it did when it cannot be looked up either', async (t) => {
      const { client } = await start(t, (_, response) => hangUp(response))

      await assert.rejects(client.betaAppClipInvocations.create(inputFor('1')), {
        name: 'ConnectionError',
        message: /^POST /,
      })
    })

    it('is not looked for when it was refused, and sent again after a 429', async (t) => {
      const { clipBundle } = await newBuild()
      const refusal = { errors: [{ status: '429', code: 'RATE_LIMIT_EXCEEDED', title: '' }] }
      const server = await startFaultyServer(async (request, response, count) =>
        count === 1 ? answer(response, 429, refusal) : passOn(response, await forward(request, service.url)),
      )
      t.after(() => server.close())
      const client = connect({ url: server.url, key: service.key }, { sleep: noteSleeps().sleep })

      await client.betaAppClipInvocations.create(inputFor(clipBundle))
      await assert.rejects(client.betaAppClipInvocations.create(inputFor(clipBundle)), { status: 409 })

      assert.deepEqual(server.lines, [POST, POST, POST])
    })

    it('is looked up among the children of its parent, where that is the only place', async (t) => {
      const { clipBundle } = await newBuild()
      const { id } = await connect(service).betaAppClipInvocations.create(inputFor(clipBundle))
      const { server, client } = await behindGateway(t, () => 'on the way back')

      const title = await client.betaAppClipInvocationLocalizations.create({
        betaAppClipInvocation: id,
        locale: 'de-DE',
        title: 'Bestellen',
      })

      assert.deepEqual(server.lines, [
        'POST /v1/betaAppClipInvocationLocalizations',
        `GET /v1/betaAppClipInvocations/${id}`,
      ])
      assert.deepEqual([title.locale, title.title], ['de-DE', 'Bestellen'])
    })

    it('is looked up by filters, where the list has them', async (t) => {
      const { build } = await newBuild()
      const { server, client } = await behindGateway(t, () => 'on the way back')

      const note = await client.betaBuildLocalizations.create({ build, locale: 'en-US', whatsNew: 'Faster' })
      const review = await client.betaAppReviewSubmissions.create({ build })

      assert.equal(note.whatsNew, 'Faster')
      assert.equal(review.betaReviewState, 'WAITING_FOR_REVIEW')
      assert.deepEqual(server.lines, [
        'POST /v1/betaBuildLocalizations',
        'GET /v1/betaBuildLocalizations',
        'POST /v1/betaAppReviewSubmissions',
        'GET /v1/betaAppReviewSubmissions',
      ])
    })
  })
}
