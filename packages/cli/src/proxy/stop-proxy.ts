import { setTimeout as wait } from 'node:timers/promises'
import { failed } from '../command-error.ts'
import { isWritten, processOf, type RunningProxy } from './proxy-file.ts'
import { writeNotice } from './write-notice.ts'

const LOOK_AGAIN_MILLISECONDS = 50
/** Longer than a service waits for requests under way. */
const PATIENCE_MILLISECONDS = 10_000

/** Ends a proxy in another process; it has ended when this resolves. */
export async function stopProxy(running: RunningProxy | undefined, dataDir: string): Promise<void> {
  if (running === undefined) {
    writeNotice(`no proxy runs with ${dataDir}`)
    return
  }
  const pid = processOf(running)
  signal(pid, 'SIGTERM')
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  // Its file is the last that it removes. The process alone says little: where nobody reaps it, it stays as a zombie.
  while (signal(pid, 0) && (await isWritten(dataDir, running))) {
    if (performance.now() > deadline) throw failed(`The proxy (process ${pid}) does not end`, `kill -9 ${pid}`)
    await wait(LOOK_AGAIN_MILLISECONDS)
  }
}

/** Returns whether there is such a process; 0 asks for that only. */
function signal(pid: number, signal: 'SIGTERM' | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    // It has ended, which is what was asked for.
    return false
  }
}
