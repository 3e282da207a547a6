import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Load, Outcome } from './load.ts'
import { LOAD_CORE, onCore } from './machine.ts'

const CHILD = join(import.meta.dirname, 'sockets-process.ts')

/** In a process of its own, so that it can have a core. */
export async function loadWithSockets(load: Load, seconds: number): Promise<Outcome> {
  const [command, args] = onCore(LOAD_CORE, process.execPath, [CHILD, JSON.stringify(load), String(seconds)])
  const { stdout } = await promisify(execFile)(command, args)
  return JSON.parse(stdout) as Outcome
}
