import { setTimeout as wait } from 'node:timers/promises'
import { failed } from '../command-error.ts'
import type { RunningProxy } from './proxy-file.ts'
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
  process.kill(running.pid, 'SIGTERM')
  const deadline = performance.now() + PATIENCE_MILLISECONDS
  while (isAlive(running.pid)) {
    if (performance.now() > deadline)
      throw failed(`The proxy (process ${running.pid}) does not end`, `kill -9 ${running.pid}`)
    await wait(LOOK_AGAIN_MILLISECONDS)
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    // It has ended, which is what was asked for.
    return false
  }
}
