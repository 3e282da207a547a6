import { constants } from 'node:os'
import { EXIT_FAILED } from './exit-codes.ts'

/** By convention a program that a signal ended exits with this and the signal's number. */
export const EXIT_BY_SIGNAL = 128

/** A terminal's Ctrl-C reaches a program under npm twice, from the terminal and from npm: that is one wish. */
export const SAME_WISH_MILLISECONDS = 300

/**
 * The first SIGTERM or SIGINT closes and exits with 0; another one, while that lasts, exits at once. What is returned
 * does what the first SIGTERM does.
 */
export function closeOnSignals(close: () => Promise<void>): () => void {
  let closingSince: number | undefined
  function stop(signal: 'SIGTERM' | 'SIGINT'): void {
    if (closingSince !== undefined) {
      if (performance.now() - closingSince > SAME_WISH_MILLISECONDS)
        process.exit(EXIT_BY_SIGNAL + constants.signals[signal])
      return
    }
    closingSince = performance.now()
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`clipflight: closing failed: ${String(error)}\n`)
        process.exit(EXIT_FAILED)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  return () => stop('SIGTERM')
}
