/** Requests wait no longer than this for a fault. */
export const LONGEST_DELAY_MILLISECONDS = 600_000
