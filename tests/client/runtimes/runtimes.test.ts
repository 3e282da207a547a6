import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { databases } from '../../databases.ts'
import { installIn, manifestIn, PUBLISHED } from '../../packages/published.ts'
import { startServer, type TestServer } from '../../support/server.ts'
import { makeBuild, type TestBuild } from '../../support/teams.ts'
import { pemOf } from '../connect.ts'
import { startFaultyServer } from '../faulty-server.ts'
import { startRudeServer } from './rude-server.ts'
import { findRuntime, runtimes, type Runtime } from './runtimes.ts'

/** What `use-client.js` tells. */
interface Report {
  readonly runtime: string
  readonly story: unknown
  readonly list: unknown
  readonly rateLimit: { readonly limit: number; readonly remaining: number }
  readonly refusals: unknown
  readonly failures: unknown
  readonly lostAnswer: unknown
  readonly triesWhereNobodyListens: number
  readonly abortedBeforehand: boolean
  readonly abortedUnderWay: boolean
  readonly everythingThrown: readonly string[]
}

const isRequired = process.env['CLIPFLIGHT_TEST_RUNTIMES'] === 'required'

describe('the client, as it is published,', () => {
  /** The packed client in a folder of its own, the program beside it, and a service to use it with. */
  let folder: string
  let server: TestServer
  let build: TestBuild
  let deafUrl: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipflight-runtimes-'))
    const packed = PUBLISHED.filter((each) => manifestIn(each).name === '@clipflight/client')
    await Promise.all([installIn(folder, packed), cp(import.meta.dirname, folder, { recursive: true })])
    server = await startServer(databases[0] ?? 'sqlite', { rateLimit: 3600 })
    build = await makeBuild(server.storage, server.team.number, { number: '1' })
    for (const number of ['2', '3', '4', '5']) await makeBuild(server.storage, server.team.number, { ...build, number })
    const deaf = await startFaultyServer(() => {})
    deafUrl = deaf.url
    await deaf.close()
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const runtime of runtimes) {
    const path = findRuntime(runtime)
    if (path !== undefined) describe(`on ${runtime.name},`, () => testOn(runtime, path))
    else if (isRequired) it(`runs on ${runtime.name}`, () => assert.fail(howToBring(runtime)))
    else it(`runs on ${runtime.name}`, { skip: `SKIPPED: ${howToBring(runtime)}` }, () => {})
  }

  function testOn(runtime: Runtime, path: string): void {
    let report: Report
    let seen: Awaited<ReturnType<typeof startRudeServer>>
    before(async () => {
      const { id: keyId, issuerId } = server.key
      const key = { keyId, issuerId, privateKey: pemOf(server.key) }
      seen = await startRudeServer(server.url)
      const { app, clipBundle: buildBundle } = build
      const urls = { baseUrl: server.url, rudeUrl: seen.url, deafUrl }
      try {
        report = JSON.parse(await runtime.run(path, folder, JSON.stringify({ key, ...urls, app, buildBundle })))
      } finally {
        await seen.close()
      }
    })

    it('runs on that, and on nothing that only looks like it', () => {
      assert.match(report.runtime, runtime.callsItself)
    })

    it('creates an invocation with titles, reads, changes and deletes it', () => {
      assert.deepEqual(report.story, {
        urls: ['https://example.com/order', 'https://example.com/order', 'https://example.com/coffee'],
        titles: { 'en-US': 'Order a coffee ☕', 'de-DE': 'Kaffee bestellen' },
        isThere: true,
        isGone: true,
      })
    })

    it('lists over pages, and reads the budget', () => {
      assert.deepEqual(report.list, { versions: ['1', '2', '3', '4', '5'], requests: 3 })
      assert.equal(report.rateLimit.limit, 3600)
      assert.ok(report.rateLimit.remaining < 3600)
    })

    it('tells what the service says against a call', () => {
      assert.deepEqual(report.refusals, {
        invalid: { status: 409, code: 'ENTITY_ERROR.ATTRIBUTE.INVALID', pointer: '/data/attributes/url' },
        missing: { status: 404, code: 'NOT_FOUND' },
        stranger: { status: 401, code: 'NOT_AUTHORIZED' },
      })
    })

    it('tells other failures apart', () => {
      assert.deepEqual(report.failures, {
        redirect: 'UnexpectedAnswerError',
        html: 'UnexpectedAnswerError',
        cut: 'ConnectionError',
        late: 'TimeoutError',
        badKey: 'PrivateKeyError',
      })
    })

    it('follows no redirect', () => {
      assert.ok(seen.lines.includes('GET /v1/apps/moved'))
      assert.ok(!seen.lines.includes('GET /v1/apps/elsewhere'))
    })

    it('creates once though the answer is lost', () => {
      assert.deepEqual(report.lostAnswer, ['https://example.com/lost'])
    })

    it(`${runtime.tellsRefusal ? 'sees' : 'is not told'} that nobody listens`, () => {
      assert.equal(report.triesWhereNobodyListens, runtime.tellsRefusal ? 1 : 4)
    })

    it('ends a call when it is aborted, before and while it is under way', () => {
      assert.deepEqual([report.abortedBeforehand, report.abortedUnderWay], [true, true])
    })

    it('puts no token and no key into what it throws', () => {
      const tokens = seen.seen.flatMap(({ token }) => token ?? [])
      const [, middleOfKey = ''] = pemOf(server.key).split('\n')
      assert.ok(tokens.length > 5 && report.everythingThrown.length > 8)
      for (const secret of [...tokens, middleOfKey]) {
        for (const text of report.everythingThrown) assert.ok(!text.includes(secret))
      }
    })
  }
})

function howToBring({ name }: Runtime): string {
  return `${name} is not here: \`npm run runtimes\` brings it`
}
