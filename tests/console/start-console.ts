import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { after, before, describe } from 'node:test'
import { createClient, type Client } from '@clipflight/client'
import { createControlClient, type ControlClient } from '@clipflight/control'
import { databases, type DatabaseKind } from '../databases.ts'
import { startControlled, type Controlled, type StartOptions } from '../sandbox/start-controlled.ts'

/** Pages as Vite leaves them, as far as the service looks. */
export const PAGES: Readonly<Record<string, string>> = {
  'index.html': '<!doctype html><meta property="csp-nonce" nonce="{nonce}"><title>Console</title>',
  'tester.html': '<!doctype html><title>Tester</title>',
  'assets/index-abc123.js': `export const long = '${'x'.repeat(5000)}'`,
  'assets/picture-abc123.png': 'not really one',
}

/** A service with a console, whose machine's clock and log are at hand. */
export interface ConsoleServer extends Controlled {
  /** How far the machine's clock is ahead, in milliseconds. */
  readonly machine: { ahead: number }
  /** Everything that was logged. */
  readonly logged: () => string
  readonly browser: () => Browser
}

/** What a page has: its cookies, which no script sees. */
export interface Browser {
  /** As the page's own requests, with the cookies that there are. */
  fetch(url: string, init?: RequestInit): Promise<Response>
  control(team?: number | 'none'): ControlClient
  client(team: number | 'none'): Client
  /** What the browser would send; undefined where nobody has signed in. */
  readonly cookie: string | undefined
  /** The last `Set-Cookie`. */
  readonly setCookie: string | undefined
}

export async function startConsole(kind: DatabaseKind, options: StartOptions = {}): Promise<ConsoleServer> {
  const pages = await mkdtemp(join(tmpdir(), 'clipflight-pages-'))
  await mkdir(join(pages, 'assets'))
  for (const [name, text] of Object.entries(PAGES)) await writeFile(join(pages, name), text)
  let log = ''
  const logStream = new Writable({
    write(chunk, _encoding, done) {
      log += String(chunk)
      done()
    },
  })
  const machine = { ahead: 0 }
  const machineNow = () => Date.now() + machine.ahead
  const server = await startControlled(kind, {
    console: { pages },
    logLevel: 'trace',
    logStream,
    machineNow,
    ...options,
  })
  return {
    ...server,
    machine,
    logged: () => log,
    browser: () => openBrowser(server.url),
    async close() {
      await server.close()
      await rm(pages, { recursive: true, force: true })
    },
  }
}

export function openBrowser(url: string): Browser {
  let cookie: string | undefined
  let setCookie: string | undefined
  const fetchWithCookie = async (target: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    if (cookie !== undefined) headers.set('cookie', `other=1; ${cookie}`)
    const response = await fetch(target, { ...init, headers })
    for (const text of response.headers.getSetCookie()) {
      setCookie = text
      const pair = text.split(';', 1)[0] ?? ''
      cookie = pair.endsWith('=') ? undefined : pair
    }
    return response
  }
  return {
    fetch: fetchWithCookie,
    control: (team = 'none') =>
      createControlClient({ url, session: { team }, fetch: (target, init) => fetchWithCookie(String(target), init) }),
    client: (team) => createClient({ baseUrl: url, session: { team }, fetch: fetchWithCookie, retry: { tries: 1 } }),
    get cookie() {
      return cookie
    },
    get setCookie() {
      return setCookie
    },
  }
}

/** A suite on every database. All its tests share one service, so each has teams of its own. */
export function describeConsole(what: string, define: (server: () => ConsoleServer) => void): void {
  for (const kind of databases) {
    describe(`${what} on ${kind}`, () => {
      let started: ConsoleServer
      before(async () => {
        started = await startConsole(kind)
      })
      after(() => started.close())
      define(() => started)
    })
  }
}

/** A browser in which an admin has signed in. */
export async function signedInAsAdmin(server: ConsoleServer): Promise<Browser> {
  const browser = server.browser()
  const { code } = await server.control.createSignInCode()
  await browser.control().signIn({ code })
  return browser
}

/** A browser in which the holder of a token has signed in. */
export async function signedInWith(server: ConsoleServer, token: string): Promise<Browser> {
  const browser = server.browser()
  await browser.control().signIn({ token })
  return browser
}
