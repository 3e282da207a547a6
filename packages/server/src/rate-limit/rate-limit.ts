import { DETAILS, refuse } from '@clipflight/contract'

/** What is left of a key's hour after one more request. */
export interface Budget {
  /** Infinite when requests are not limited. */
  readonly limit: number
  readonly remaining: number
  /** False when the request found nothing left. */
  readonly allowed: boolean
  /** 0 unless refused. Not sent: Apple documents no `Retry-After` for this API. */
  readonly retryAfterSeconds: number
}

export interface RateLimit {
  /** Takes one request out of the key's budget, unless nothing is left. */
  spend(keyId: string): Budget
  /** The key's hour begins with a full budget again. */
  giveBack(keyId: string): void
  /**
   * What a response shows to somebody who was not identified. Unverified: documented is only that every
   * response carries the header.
   */
  readonly untouched: Budget
  /** How many keys are remembered. */
  readonly size: number
}

const HOUR_SECONDS = 3600
const SWEEP_SECONDS = 60

/** The last hour of one key, by the second: `spent[second % 3600]`, and `total` is their sum. */
interface Usage {
  readonly spent: Uint16Array | Uint32Array
  total: number
  /** The latest second counted in. */
  second: number
}

const UNLIMITED: Budget = {
  limit: Number.POSITIVE_INFINITY,
  remaining: Number.POSITIVE_INFINITY,
  allowed: true,
  retryAfterSeconds: 0,
}

/**
 * A rolling hour per key, precise to a second: a request is given back in the second in which its hour ends.
 * Each key takes 7 kB (14 kB above 65,535 requests an hour) until it has been idle for an hour.
 * Lives in this process only: a restart gives every key a full budget.
 */
export function createRateLimit({ perHour, now }: { perHour: number | 'off'; now: () => number }): RateLimit {
  return perHour === 'off'
    ? { spend: () => UNLIMITED, giveBack: () => undefined, untouched: UNLIMITED, size: 0 }
    : limitTo(perHour, now)
}

function limitTo(limit: number, now: () => number): RateLimit {
  const usages = new Map<string, Usage>()
  let sweptAt = 0

  function spend(keyId: string): Budget {
    const second = Math.floor(now() / 1000)
    if (Math.abs(second - sweptAt) >= SWEEP_SECONDS) {
      dropIdle(usages, second)
      sweptAt = second
    }
    const usage = usages.get(keyId) ?? startUsage(limit, second)
    usages.set(keyId, usage)
    advance(usage, second)
    // Unverified: that a refused request costs nothing, and that every other one costs, whatever its answer.
    if (usage.total >= limit) return { limit, remaining: 0, allowed: false, retryAfterSeconds: secondsUntilFree(usage) }
    count(usage)
    // Unverified: that the request which is being answered is counted in already.
    return { limit, remaining: limit - usage.total, allowed: true, retryAfterSeconds: 0 }
  }

  return {
    spend,
    giveBack: (keyId) => void usages.delete(keyId),
    untouched: { limit, remaining: limit, allowed: true, retryAfterSeconds: 0 },
    get size() {
      return usages.size
    },
  }
}

/** No second ever holds more than the limit, which is what decides about the width of its counter. */
function startUsage(limit: number, second: number): Usage {
  const spent = limit < 2 ** 16 ? new Uint16Array(HOUR_SECONDS) : new Uint32Array(HOUR_SECONDS)
  return { spent, total: 0, second }
}

function count(usage: Usage): void {
  const slot = usage.second % HOUR_SECONDS
  usage.spent[slot] = spentIn(usage, usage.second) + 1
  usage.total += 1
}

function spentIn(usage: Usage, second: number): number {
  return usage.spent[second % HOUR_SECONDS] ?? 0
}

/** Gives back what was spent an hour before `second` or earlier. */
function advance(usage: Usage, second: number): void {
  if (isAnHourApart(usage, second)) {
    usage.spent.fill(0)
    usage.total = 0
    usage.second = second
  }
  // A clock that was set back a little does not come here: its requests count into the latest second.
  while (usage.second < second) {
    usage.second += 1
    usage.total -= spentIn(usage, usage.second)
    usage.spent[usage.second % HOUR_SECONDS] = 0
  }
}

/** In either direction: after a clock was set back by hours, waiting for it would lock keys out. */
function isAnHourApart(usage: Usage, second: number): boolean {
  return Math.abs(second - usage.second) >= HOUR_SECONDS
}

/** When the oldest request of the hour falls out of it. */
function secondsUntilFree(usage: Usage): number {
  let wait = 1
  while (wait < HOUR_SECONDS && spentIn(usage, usage.second + wait) === 0) wait += 1
  return wait
}

function dropIdle(usages: Map<string, Usage>, second: number): void {
  for (const [keyId, usage] of usages) {
    if (isAnHourApart(usage, second)) usages.delete(keyId)
  }
}

/** Ends a request that found nothing left. */
export function refuseOverspent({ allowed }: Budget): void {
  if (allowed) return
  refuse({ code: 'RATE_LIMIT_EXCEEDED', detail: DETAILS.RATE_LIMIT_EXCEEDED })
}

/** The value of `X-Rate-Limit`, with the semicolon at the end as Apple has it; undefined when nothing is limited. */
export function writeRateLimit({ limit, remaining }: Budget): string | undefined {
  return limit === Number.POSITIVE_INFINITY ? undefined : `user-hour-lim:${limit};user-hour-rem:${remaining};`
}
