import { SAME_WISH_MILLISECONDS } from '../signals.ts'

export interface StopWatch {
  /** Whether to begin nothing new, and because of which signal. */
  readonly wish: NodeJS.Signals | undefined
  /** Aborted when what is under way is not to be waited for either. */
  readonly signal: AbortSignal
}

/** While `work` runs, a first SIGINT or SIGTERM is a wish to stop behind what is under way, and another cancels that. */
export async function watchForStop<T>(work: (watch: StopWatch) => Promise<T>, onWish: () => void): Promise<T> {
  const controller = new AbortController()
  let wish: NodeJS.Signals | undefined
  let wishedAt = 0
  function stop(signal: NodeJS.Signals): void {
    if (wish === undefined) {
      wish = signal
      wishedAt = performance.now()
      onWish()
    } else if (performance.now() - wishedAt > SAME_WISH_MILLISECONDS) controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work({
      signal: controller.signal,
      get wish() {
        return wish
      },
    })
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
