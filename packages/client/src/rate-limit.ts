/** What the service said of a key's budget with one of its answers. */
export interface RateLimit {
  /** Requests per rolling hour. */
  readonly limit: number
  /** Requests left of them. */
  readonly remaining: number
  /** When it was read, in milliseconds since 1970. */
  readonly at: number
}

/** Reads `user-hour-lim:3600;user-hour-rem:3545;`. A limit per minute may stand behind it. */
export function readRateLimit(header: string | null, at: number): RateLimit | undefined {
  const [, limit] = /user-hour-lim:(\d{1,9})/.exec(header ?? '') ?? []
  const [, remaining] = /user-hour-rem:(\d{1,9})/.exec(header ?? '') ?? []
  return limit === undefined || remaining === undefined
    ? undefined
    : { limit: Number(limit), remaining: Number(remaining), at }
}

const HOUR_MILLISECONDS = 3_600_000
/** The part of the budget that is left when pacing begins. */
const PACED_PART = 0.1
/** However little is left, a call is not held back for longer: the hour rolls, and budget comes back. */
const LONGEST_PAUSE_MILLISECONDS = 60_000

/** How long after another a call should start, in milliseconds: nothing at first, then the longer the less is left. */
export function pauseBetweenCalls(reading: RateLimit | undefined): number {
  if (reading === undefined || reading.remaining > reading.limit * PACED_PART) return 0
  const even = HOUR_MILLISECONDS / Math.max(reading.limit, 1)
  const scarcity = (reading.limit * PACED_PART) / Math.max(reading.remaining, 1)
  return Math.min(even * Math.max(scarcity, 1), LONGEST_PAUSE_MILLISECONDS)
}
