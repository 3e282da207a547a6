import yoctoSpinner from 'yocto-spinner'
import { isCi } from './is-ci.ts'

/** Says on a terminal what is being waited for. Elsewhere it says nothing. */
export interface Progress {
  /** Replaces what is said. */
  say(text: string): void
  /** Removes it, so that something else can be printed. */
  stop(): void
  /** Says it again after another second, if it was removed. */
  resume(): void
}

/** Nobody wants to read what is over within a second. */
const SHOWN_AFTER_MILLISECONDS = 1000

/** Starts to say it after a second, if it has not been stopped by then. */
export function startProgress(text: string, stderr: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): Progress {
  if (!stderr.isTTY || isCi(environment) || environment['TERM'] === 'dumb')
    return { say: () => undefined, stop: () => undefined, resume: () => undefined }
  const spinner = yoctoSpinner({ text, stream: stderr })
  let latest = text
  const startLater = () => setTimeout(() => spinner.start(latest), SHOWN_AFTER_MILLISECONDS)
  let timer: NodeJS.Timeout | undefined = startLater()
  return {
    say(next) {
      latest = next
      // It would be drawn at once, whether it spins or not.
      if (spinner.isSpinning) spinner.text = next
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
      spinner.stop()
    },
    resume() {
      timer ??= startLater()
    },
  }
}
