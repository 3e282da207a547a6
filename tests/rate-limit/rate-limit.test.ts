import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ApiError } from '@clipflight/contract'
import { createRateLimit, refuseOverspent, writeRateLimit } from '../../packages/server/src/rate-limit/rate-limit.ts'

const HOUR = 3_600_000

function openLimit(perHour: number) {
  const clock = { milliseconds: 1_790_000_000_000 }
  return { clock, rateLimit: createRateLimit({ perHour, now: () => clock.milliseconds }) }
}

describe('a key', () => {
  test('has as many requests as the limit says', () => {
    const { rateLimit } = openLimit(3)

    const budgets = [1, 2, 3, 4].map(() => rateLimit.spend('A'))

    assert.deepEqual(
      budgets.map(({ limit, remaining, allowed }) => [limit, remaining, allowed]),
      [
        [3, 2, true],
        [3, 1, true],
        [3, 0, true],
        [3, 0, false],
      ],
    )
  })

  test('spends nothing of another key', () => {
    const { rateLimit } = openLimit(1)
    rateLimit.spend('A')

    assert.equal(rateLimit.spend('A').allowed, false)
    assert.equal(rateLimit.spend('B').allowed, true)
  })

  test('gets each request back an hour after it', () => {
    const { rateLimit, clock } = openLimit(2)
    rateLimit.spend('A')
    clock.milliseconds += 600_000
    rateLimit.spend('A')

    clock.milliseconds += HOUR - 600_000 - 1000
    assert.deepEqual(rateLimit.spend('A'), { limit: 2, remaining: 0, allowed: false, retryAfterSeconds: 1 })
    clock.milliseconds += 1000
    assert.equal(rateLimit.spend('A').allowed, true)
    assert.deepEqual(rateLimit.spend('A'), { limit: 2, remaining: 0, allowed: false, retryAfterSeconds: 600 })
  })

  test('spends nothing by being refused', () => {
    const { rateLimit, clock } = openLimit(1)
    rateLimit.spend('A')
    for (let minute = 0; minute < 59; minute += 1) {
      clock.milliseconds += 60_000
      assert.equal(rateLimit.spend('A').allowed, false)
    }

    clock.milliseconds += 60_000

    assert.equal(rateLimit.spend('A').allowed, true)
  })

  test('has the whole budget again after an idle hour', () => {
    const { rateLimit, clock } = openLimit(5)
    for (const _ of [1, 2, 3, 4, 5]) rateLimit.spend('A')

    clock.milliseconds += HOUR

    assert.equal(rateLimit.spend('A').remaining, 4)
  })

  test('never has more than the limit in any hour, whatever the rhythm', () => {
    const { rateLimit, clock } = openLimit(50)
    const allowedAt: number[] = []
    for (let i = 0; i < 3000; i += 1) {
      clock.milliseconds += ((i * 7919) % 13) * 1000
      if (rateLimit.spend('A').allowed) allowedAt.push(clock.milliseconds)
    }

    assert.ok(allowedAt.length > 200)
    allowedAt.forEach((at, i) => assert.ok(at - (allowedAt[i - 50] ?? Number.NEGATIVE_INFINITY) >= HOUR))
  })

  test('can spend 70,000 requests in one second when the limit is higher, and gets all of them back', () => {
    const { rateLimit, clock } = openLimit(70_001)
    for (let i = 0; i < 70_000; i += 1) rateLimit.spend('A')
    clock.milliseconds += 10_000
    assert.equal(rateLimit.spend('A').remaining, 0)
    assert.equal(rateLimit.spend('A').allowed, false)

    clock.milliseconds += HOUR - 10_000

    assert.equal(rateLimit.spend('A').remaining, 69_999)
  })

  test('is not locked out by a clock that is set back, nor given a new budget by a small correction', () => {
    const { rateLimit, clock } = openLimit(2)
    rateLimit.spend('A')

    clock.milliseconds -= 5000
    assert.equal(rateLimit.spend('A').remaining, 0)
    clock.milliseconds -= 2 * HOUR
    assert.equal(rateLimit.spend('A').remaining, 1)
  })

  test('is forgotten after an idle hour', () => {
    const { rateLimit, clock } = openLimit(10)
    for (let i = 0; i < 100; i += 1) rateLimit.spend(`key ${i}`)
    clock.milliseconds += HOUR / 2
    rateLimit.spend('key 7')
    assert.equal(rateLimit.size, 100)

    clock.milliseconds += HOUR / 2
    rateLimit.spend('late')

    assert.equal(rateLimit.size, 2)
    assert.equal(rateLimit.spend('key 7').remaining, 8)
  })
})

describe('the X-Rate-Limit header', () => {
  test('has the form in which it was recorded', () => {
    assert.equal(
      writeRateLimit({ limit: 3600, remaining: 3545, allowed: true, retryAfterSeconds: 0 }),
      'user-hour-lim:3600;user-hour-rem:3545;',
    )
  })

  test('shows the budget after the request that it answers', () => {
    const { rateLimit } = openLimit(3600)

    assert.equal(writeRateLimit(rateLimit.spend('A')), 'user-hour-lim:3600;user-hour-rem:3599;')
  })

  test('shows the full budget to callers that are not identified', () => {
    const { rateLimit } = openLimit(3600)
    rateLimit.spend('A')

    assert.equal(writeRateLimit(rateLimit.untouched), 'user-hour-lim:3600;user-hour-rem:3600;')
  })

  test('is absent when nothing is limited', () => {
    const rateLimit = createRateLimit({ perHour: 'off', now: () => 0 })

    const budgets = Array.from({ length: 10_000 }, () => rateLimit.spend('A'))

    assert.ok(budgets.every(({ allowed }) => allowed))
    assert.equal(writeRateLimit(rateLimit.spend('A')), undefined)
    assert.equal(writeRateLimit(rateLimit.untouched), undefined)
  })
})

describe('a request beyond the budget', () => {
  test("is refused in Apple's words", () => {
    const { rateLimit } = openLimit(1)
    refuseOverspent(rateLimit.spend('A'))

    assert.throws(
      () => refuseOverspent(rateLimit.spend('A')),
      (error) => {
        assert.ok(error instanceof ApiError)
        assert.equal(error.status, 429)
        assert.deepEqual(error.problems, [
          {
            code: 'RATE_LIMIT_EXCEEDED',
            detail:
              "We've received too many requests for this API. Please wait and try again or slow down your request rate.",
          },
        ])
        return true
      },
    )
  })
})
