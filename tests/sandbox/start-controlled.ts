import type { AddressInfo } from 'node:net'
import { after, before, describe } from 'node:test'
import { createClient, type Client, type ConnectionOptions } from '@clipflight/client'
import { createControlClient, type ControlClient, type MadeTeam } from '@clipflight/control'
import { createClock, type Clock } from '../../packages/server/src/clock/clock.ts'
import { assemble, type AssemblyParts } from '../../packages/server/src/service/assemble.ts'
import { signFor } from '../support/sign-for.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase, type DatabaseKind } from '../databases.ts'

export const ADMIN_TOKEN = 'an-admin-token-of-a-test'

/** A service with its control API, over real HTTP, on a database of its own. */
export interface Controlled {
  readonly url: string
  readonly control: ControlClient
  readonly storage: Storage
  readonly clock: Clock
  /** Asks the control API without any client of ours. */
  ask(method: string, path: string, options?: Asking): Promise<Answered>
  close(): Promise<void>
}

export interface Asking {
  readonly body?: unknown
  /** Null: none. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface Answered {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of every form
  readonly body: any
}

export interface StartOptions extends Partial<Pick<AssemblyParts, 'rateLimit' | 'console' | 'logLevel' | 'logStream'>> {
  /** The machine's clock, as the service sees it. */
  readonly machineNow?: () => number
}

export async function startControlled(
  kind: DatabaseKind,
  { machineNow = Date.now, ...options }: StartOptions = {},
): Promise<Controlled> {
  const database = await freshDatabase(kind)
  const storage = await openStorage(database.location)
  const clock = createClock(machineNow)
  const { server } = await assemble({
    storage,
    clock,
    rateLimit: 'off',
    logLevel: 'silent',
    ...options,
    faultSeed: 7,
    carryOver: true,
    doorkeeping: { adminToken: ADMIN_TOKEN, allowedHosts: [] },
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    storage,
    clock,
    control: createControlClient({ url, adminToken: ADMIN_TOKEN }),
    async ask(method, path, { body, token = ADMIN_TOKEN, headers = {} } = {}) {
      const response = await fetch(`${url}/_clipflight${path}`, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return { status: response.status, body: isJson ? JSON.parse(text) : text }
    },
    async close() {
      server.server.closeAllConnections()
      await server.close()
      await storage.close()
      await database.discard()
    },
  }
}

/** A suite on every database. All its tests share one service, so each has a team of its own. */
export function describeControlled(what: string, define: (server: () => Controlled) => void): void {
  for (const kind of databases) {
    describe(`${what} on ${kind}`, () => {
      let started: Controlled
      before(async () => {
        started = await startControlled(kind)
      })
      after(() => started.close())
      define(() => started)
    })
  }
}

/** A team with the demo seed, and its key as a client and as a token. */
export interface DemoTeam {
  readonly team: number
  readonly made: MadeTeam
  readonly client: Client
  readonly token: string
  /** The bundle of the App Clip of the newest build. */
  readonly bundle: string
}

/** Tries once and waits for nothing, so that a test sees what happens. */
const ONCE: ConnectionOptions = { retry: { tries: 1 } }

export async function demoTeam(server: Controlled, options: ConnectionOptions = ONCE): Promise<DemoTeam> {
  const made = await server.control.createTeam({ seed: 'demo' })
  return { team: made.team, made, ...(await enter(server, made, options)) }
}

/** As the first key of the team. */
async function enter(server: Controlled, { issuerId, keys: [key] }: MadeTeam, options: ConnectionOptions) {
  if (key === undefined) throw new Error('the team has no key')
  const credentials = { keyId: key.id, issuerId, privateKey: key.privateKey }
  const now = server.clock.now
  const client = createClient({ ...credentials, baseUrl: server.url, now, ...options })
  const token = await signFor(credentials, now())
  const { items } = await client.builds.list({ sort: ['-uploadedDate'], include: ['buildBundles'] }).page()
  const bundle = items[0]?.buildBundles?.find(({ bundleType }) => bundleType === 'APP_CLIP')?.id
  if (bundle === undefined) throw new Error('the demo has no App Clip')
  return { client, token, bundle }
}

/** The URLs of a bundle's invocations, in order. */
export async function urlsOf({ client, bundle }: Pick<DemoTeam, 'client' | 'bundle'>): Promise<string[]> {
  const urls: string[] = []
  for await (const { url } of client.buildBundles.betaAppClipInvocations(bundle)) urls.push(url)
  return urls.sort()
}
