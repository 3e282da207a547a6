import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createClient, type ConnectionOptions, type RequestNotice, type ResponseNotice } from '@clipflight/client'
import { answer, hangUp, noteSleeps, refuse, startFaultyServer } from './faulty-server.ts'

const NOTHING = { data: [], links: { self: '' } }
const HOUR = 3_600_000

function limited(remaining: number): Record<string, string> {
  return { 'x-rate-limit': `user-hour-lim:3600;user-hour-rem:${remaining};user-minute-lim:150;user-minute-rem:149;` }
}

describe('what the client tells', () => {
  it('is every request and what became of it, and never a token', async (t) => {
    const server = await startFaultyServer((_, response, count) => {
      if (count === 1) return hangUp(response)
      if (count === 2) return refuse(response, 503, 'SERVICE_UNAVAILABLE', { 'x-request-id': 'a' })
      return answer(response, 200, NOTHING, { 'x-request-id': 'b', ...limited(3545) })
    })
    t.after(() => server.close())
    const requests: RequestNotice[] = []
    const responses: ResponseNotice[] = []
    let now = 1000
    const client = createClient({
      token: () => 'the-token',
      baseUrl: server.url,
      sleep: noteSleeps().sleep,
      now: () => (now += 5),
      onRequest: (notice) => requests.push(notice),
      onResponse: (notice) => responses.push(notice),
    })

    await client.apps.list().page()

    const line = { method: 'GET', url: `${server.url}/v1/apps` }
    assert.deepEqual(
      requests,
      [1, 2, 3].map((attempt) => ({ ...line, attempt })),
    )
    assert.deepEqual(
      responses.map(({ attempt, status, requestId, rateLimit }) => [attempt, status, requestId, rateLimit?.remaining]),
      [
        [1, undefined, undefined, undefined],
        [2, 503, 'a', undefined],
        [3, 200, 'b', 3545],
      ],
    )
    assert.ok(responses[0]?.error instanceof Error)
    assert.ok(responses.every(({ durationMilliseconds }) => durationMilliseconds > 0))
    assert.ok(!JSON.stringify([requests, responses]).includes('the-token'))
  })

  it('is the budget of the last answer that spoke of one', async (t) => {
    const server = await startFaultyServer((_, response, count) =>
      answer(response, 200, NOTHING, count === 1 ? limited(3545) : {}),
    )
    t.after(() => server.close())
    const client = createClient({ token: () => 'token', baseUrl: server.url, now: () => 1000 })

    const before = client.rateLimit
    await client.apps.list().page()
    await client.apps.list().page()

    assert.equal(before, undefined)
    assert.deepEqual(client.rateLimit, { limit: 3600, remaining: 3545, at: 1000 })
  })
})

describe('pacing', () => {
  /** The waits between calls when so much is left after each. */
  async function waitsWith(remaining: readonly number[], options: ConnectionOptions): Promise<number[]> {
    const server = await startFaultyServer((_, response, count) =>
      answer(response, 200, NOTHING, limited(remaining[count - 1] ?? 0)),
    )
    let now = 0
    const waits: number[] = []
    const client = createClient({
      token: () => 'token',
      baseUrl: server.url,
      now: () => now,
      sleep: async (milliseconds) => {
        waits.push(milliseconds)
        now += milliseconds
      },
      ...options,
    })
    for (const _ of remaining) await client.apps.list().page()
    await server.close()
    return waits
  }

  it('holds nothing back while there is enough, and calls further apart the less is left', async () => {
    const waits = await waitsWith([3000, 361, 360, 360, 180, 36, 1, 1, 1], { pacing: true })

    const evenly = HOUR / 3600
    assert.deepEqual(waits, [evenly, evenly, 2 * evenly, 10 * evenly, 60_000, 60_000])
  })

  it('is off unless asked for', async () => {
    assert.deepEqual(await waitsWith([1, 1, 1], {}), [])
  })

  it('spaces calls that are made at once', async (t) => {
    const server = await startFaultyServer((_, response) => answer(response, 200, NOTHING, limited(360)))
    t.after(() => server.close())
    const { sleeps, sleep } = noteSleeps()
    const client = createClient({ token: () => 'token', baseUrl: server.url, now: () => 0, sleep, pacing: true })
    await client.apps.list().page()

    await Promise.all([1, 2, 3].map(() => client.apps.list().page()))

    assert.deepEqual(sleeps, [1000, 2000, 3000])
  })
})
