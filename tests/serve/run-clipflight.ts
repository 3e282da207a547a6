import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** As `npm run build` makes it, and as it is installed. */
export const COMMAND = resolve(import.meta.dirname, '../../packages/cli/dist/main.js')

/** What the first line of `--output json` says. */
export interface Greeting {
  readonly url: string
  readonly issuerId: string
  readonly keyId: string
  readonly privateKeyPath: string
  readonly dataDir: string
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly process: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves when the process has ended and said everything. */
  readonly ended: Promise<Ended>
  /** The first line of its output; throws with what it said when it ends without. */
  firstLine(): Promise<string>
}

export interface Run {
  readonly environment?: Readonly<Record<string, string>>
  readonly directory?: string
  readonly nodeOptions?: readonly string[]
}

/** What is to be ended when a test or a suite is over. */
export interface Endings {
  after(ending: () => unknown): void
}

/** Starts the real command, with none of the options that the surrounding environment may hold. */
export function runClipflight(context: Endings, args: readonly string[], run: Run = {}): Running {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(?:CLIPFLIGHT|NODE|npm)_/.test(name))
  const child = spawn(process.execPath, [...(run.nodeOptions ?? []), COMMAND, ...args], {
    cwd: run.directory ?? tmpdir(),
    env: { ...Object.fromEntries(inherited), ...run.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  const lines = createInterface({ input: child.stdout })
  const line = once(lines, 'line').then(([text]) => String(text))
  const ended = once(child, 'close').then(([code]) => ({ code: code === null ? null : Number(code), stdout, stderr }))
  context.after(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    process: child,
    ended,
    firstLine: () =>
      Promise.race([line, ended.then((end) => Promise.reject(new Error(`It ended with ${end.code}: ${end.stderr}`)))]),
  }
}

export async function freshDirectory(context: Endings): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'clipflight-serve-'))
  // A process that ends keeps what Node has compiled until its last moment.
  context.after(() => rm(path, { recursive: true, force: true, maxRetries: 10 }))
  return path
}

export interface Serving extends Running {
  readonly greeting: Greeting
  stop(): Promise<Ended>
}

/** A service on a free port that has said that it is ready. */
export async function serve(context: Endings, dataDir: string, args: readonly string[] = []): Promise<Serving> {
  const running = runClipflight(context, ['serve', '--port', '0', '--output', 'json', '--data-dir', dataDir, ...args])
  const greeting: Greeting = JSON.parse(await running.firstLine())
  return {
    ...running,
    greeting,
    stop() {
      running.process.kill('SIGTERM')
      return running.ended
    },
  }
}
