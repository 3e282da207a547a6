/** A signal that is aborted when time is up, or when another signal is. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Whether this is what the signal is aborted with when time is up. */
  isElapsed(reason: unknown): boolean
  /** Ends the timer and forgets the other signal. */
  close(): void
}

/** Timers cannot be longer, and would fire at once. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1

// AbortSignal.any and AbortSignal.timeout would do, but keep a timer and a reference for every call that is long over.
export function openDeadline(milliseconds: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  const elapsed = new Error('The time is up.')
  const isTimed = milliseconds <= LONGEST_TIMER_MILLISECONDS
  const timer = isTimed ? setTimeout(() => controller.abort(elapsed), milliseconds) : undefined
  const follow = (): void => controller.abort(outer?.reason)
  if (outer?.aborted === true) follow()
  else outer?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    isElapsed: (reason) => reason === elapsed,
    close() {
      clearTimeout(timer)
      outer?.removeEventListener('abort', follow)
    },
  }
}
