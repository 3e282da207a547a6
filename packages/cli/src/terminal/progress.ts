import yoctoSpinner, { type Spinner } from 'yocto-spinner'
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
  let spinner: Spinner | undefined
  let latest = text
  const startLater = () => setTimeout(start, SHOWN_AFTER_MILLISECONDS)
  let timer: NodeJS.Timeout | undefined = startLater()
  function start(): void {
    // It would exit on a signal without asking whoever listens for one to leave things in order.
    const handleSignals = process.listenerCount('SIGINT') === 0
    spinner = yoctoSpinner({ text: latest, stream: stderr, handleSignals }).start()
  }
  return {
    say(next) {
      latest = next
      if (spinner !== undefined) spinner.text = next
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
      spinner?.stop()
      spinner = undefined
    },
    resume() {
      timer ??= startLater()
    },
  }
}
