import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { startServer } from '../support/server.ts'
import { makeKey } from '../support/teams.ts'

describe('the rate limit over HTTP', () => {
  it('counts down per key, refuses at the end, and gives back after an hour', async (t) => {
    const [database] = databases
    assert.ok(database)
    let now = Date.now()
    const server = await startServer(database, { rateLimit: 3, now: () => now })
    t.after(() => server.close())
    const other = await makeKey(server.storage, { number: server.team.number, issuerId: server.team.issuerId }, [
      'ADMIN',
    ])

    const first = await server.send('GET', '/v1/apps')
    const second = await server.send('GET', '/v1/apps/1')
    const third = await server.send('GET', '/v1/nothing')
    const fourth = await server.send('GET', '/v1/apps')
    const others = await server.send('GET', '/v1/apps', { key: other })
    now += 3_600_001
    const later = await server.send('GET', '/v1/apps', { token: null })

    assert.deepEqual(
      [first, second, third, fourth, others].map(({ headers }) => headers.get('x-rate-limit')),
      [
        'user-hour-lim:3;user-hour-rem:2;',
        'user-hour-lim:3;user-hour-rem:1;',
        'user-hour-lim:3;user-hour-rem:0;',
        'user-hour-lim:3;user-hour-rem:0;',
        'user-hour-lim:3;user-hour-rem:2;',
      ],
    )
    assert.equal(fourth.status, 429)
    assert.deepEqual(
      { ...fourth.body.errors[0], id: undefined },
      {
        id: undefined,
        status: '429',
        code: 'RATE_LIMIT_EXCEEDED',
        title: 'The request rate limit has been reached.',
        detail:
          "We've received too many requests for this API. Please wait and try again or slow down your request rate.",
      },
    )
    assert.equal(later.headers.get('x-rate-limit'), 'user-hour-lim:3;user-hour-rem:3;')
  })
})
