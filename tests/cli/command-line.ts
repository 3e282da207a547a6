import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TestContext } from 'node:test'
import { spawn as spawnTerminal } from '@lydell/node-pty'
import type { Ended } from '../serve/run-clipflight.ts'
import type { TestKey } from '../support/teams.ts'

/** As `npm run build` makes it, and as it is installed. */
export const COMMAND = resolve(import.meta.dirname, '../../packages/cli/dist/main.js')

const COMPILED = join(tmpdir(), 'clipflight-tests-compiled')

/** What terminals and GitHub's runners obey, wherever it is printed. */
// oxlint-disable-next-line no-control-regex -- such characters are what is looked for
export const ORDERS = /[\u009b\u202e]|##\[|^\s*::/m

/** A terminal that does not show something for so long will not. */
const PATIENCE_MILLISECONDS = 30_000

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>
}

/** A user of the command: a home, a folder to work in, and nothing else in the environment. */
export interface User {
  readonly home: string
  /** Where commands run. */
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  run(args: readonly string[], options?: RunOptions): Promise<Ended>
  /** The same on a terminal. */
  terminal(args: readonly string[], options?: RunOptions & { readonly columns?: number }): Terminal
  /** Writes a key as Apple hands it out, and returns the path. */
  saveKey(key: TestKey, folder?: string): Promise<string>
}

export interface Terminal {
  /** Resolves with all that was shown when the pattern has come, behind what came the last time. */
  shows(pattern: RegExp): Promise<string>
  type(text: string): void
  readonly ended: Promise<{ readonly code: number; readonly screen: string }>
}

/** A new user, who is gone after the test. */
export async function makeUser(context: TestContext): Promise<User> {
  const home = await mkdtemp(join(tmpdir(), 'clipflight-home-'))
  // A process that ends keeps what Node has compiled until its last moment.
  context.after(() => rm(home, { recursive: true, force: true, maxRetries: 10 }))
  const folder = join(home, 'work')
  await mkdir(folder)
  const environment = {
    HOME: home,
    PATH: process.env['PATH'] ?? '',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    // Every user is new: without it each would compile the command anew.
    NODE_COMPILE_CACHE: COMPILED,
  }
  return {
    home,
    folder,
    environment,
    run: (args, options = {}) => run(context, folder, args, { ...environment, ...options.environment }),
    terminal: (args, { columns = 100, ...options } = {}) =>
      openTerminal(context, [process.execPath, COMMAND, ...args], {
        folder,
        columns,
        environment: { ...environment, TERM: 'xterm-256color', ...options.environment },
      }),
    async saveKey(key, into = folder) {
      const path = join(into, `AuthKey_${key.id}.p8`)
      await mkdir(into, { recursive: true })
      await writeFile(path, pemOf(key), { mode: 0o600 })
      return path
    },
  }
}

export function pemOf({ privateKey }: TestKey): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** The variables that name a key and a service. */
export function variablesFor(url: string, key: TestKey): Readonly<Record<string, string>> {
  return { ASC_BASE_URL: url, ASC_KEY_ID: key.id, ASC_ISSUER_ID: key.issuerId, ASC_PRIVATE_KEY: pemOf(key) }
}

async function run(
  context: TestContext,
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  context.after(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  return { code: code === null ? null : Number(code), stdout, stderr }
}

interface Screen {
  readonly folder: string
  readonly columns: number
  readonly environment: Readonly<Record<string, string>>
}

/** Runs a program on a terminal of its own. */
export function openTerminal(
  context: TestContext,
  [program = '', ...args]: readonly string[],
  { folder, columns, environment }: Screen,
): Terminal {
  const pty = spawnTerminal(program, args, { cols: columns, rows: 40, cwd: folder, env: environment })
  let screen = ''
  let seen = 0
  const waiting = new Set<() => void>()
  pty.onData((text) => {
    screen += text
    for (const look of waiting) look()
  })
  const ended = new Promise<{ code: number; screen: string }>((resolve) => {
    pty.onExit(({ exitCode }) => resolve({ code: exitCode, screen }))
  })
  let isOver = false
  void ended.then(() => (isOver = true))
  context.after(() => {
    if (!isOver) pty.kill('SIGKILL')
  })
  return {
    ended,
    type: (text) => pty.write(text),
    shows(pattern) {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(screen.slice(seen))
          if (found === null) return
          seen += found.index + found[0].length
          waiting.delete(look)
          clearTimeout(patience)
          resolve(screen.slice(0, seen))
        }
        const giveUp = (why: string): void => {
          clearTimeout(patience)
          if (waiting.delete(look)) reject(new Error(`${why} without showing ${pattern}:\n${screen}`))
        }
        const patience = setTimeout(() => giveUp(`${PATIENCE_MILLISECONDS} ms went by`), PATIENCE_MILLISECONDS)
        waiting.add(look)
        void ended.then(() => giveUp('It ended'))
        look()
      })
    },
  }
}
