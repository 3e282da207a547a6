/** The delay that a `Retry-After` asks for, in milliseconds; it is written in seconds or as a date. */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

const FIRST_WAIT_MILLISECONDS = 500
const LONGEST_BACK_OFF_MILLISECONDS = 30_000

/** How long to wait after so many tries: twice as long each time, half of it by chance, so that clients spread. */
export function backOff(tries: number): number {
  const longest = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (tries - 1), LONGEST_BACK_OFF_MILLISECONDS)
  return longest * (0.5 + Math.random() / 2)
}
