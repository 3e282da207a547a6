import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

/** The service as a process of its own, started by the command that users run. */
export interface ServiceProcess {
  readonly url: string
  readonly issuerId: string
  readonly keyId: string
  readonly privateKeyPath: string
  /** Ends it as a power cut would, and answers when it is gone. */
  killHard(): Promise<void>
  /** Asks it to end, and answers with its exit code. */
  stop(): Promise<number | null>
}

export const COMMAND = 'packages/cli/dist/main.js'

/** Starts `clipflight serve` and answers when it has said where it is. */
export async function startService(options: readonly string[]): Promise<ServiceProcess> {
  const child = spawn(process.execPath, [COMMAND, 'serve', '--output', 'json', '--port', '0', ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const line = await firstLine(child, exited)
  const { url, issuerId, keyId, privateKeyPath } = JSON.parse(line) as Record<string, string>
  if (url === undefined || issuerId === undefined || keyId === undefined || privateKeyPath === undefined) {
    throw new Error(`the first line of serve lacks something: ${line}`)
  }
  return {
    url,
    issuerId,
    keyId,
    privateKeyPath,
    async killHard() {
      child.kill('SIGKILL')
      await exited
    },
    async stop() {
      child.kill('SIGTERM')
      await exited
      return child.exitCode
    },
  }
}

async function firstLine(child: ChildProcess, exited: Promise<unknown>): Promise<string> {
  if (child.stdout === null) throw new Error('serve has no stdout')
  const lines = createInterface({ input: child.stdout })
  const [line] = (await Promise.race([
    once(lines, 'line'),
    exited.then(() => {
      throw new Error(`serve ended with ${child.exitCode} before it said anything`)
    }),
  ])) as [string]
  return line
}
