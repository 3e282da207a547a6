import { isWritten, type RunningProxy } from './proxy-file.ts'

const LOOK_MILLISECONDS = 2000

/** Ends this process as a signal would, as soon as nobody can find its proxy any more: its data directory is gone. */
export function endWhenLost(dataDir: string, proxy: RunningProxy): void {
  const looking = setInterval(async () => {
    if (await isWritten(dataDir, proxy)) return
    clearInterval(looking)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_MILLISECONDS)
  looking.unref()
}
