import type { AddressInfo } from 'node:net'
import type { Role } from '@clipflight/contract'
import { createIdentifier } from '../../packages/server/src/auth/identify.ts'
import { createSchedule } from '../../packages/server/src/clock/schedule.ts'
import { buildServer, type ServerParts } from '../../packages/server/src/http/server.ts'
import { createRateLimit } from '../../packages/server/src/rate-limit/rate-limit.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import { freshDatabase, type DatabaseKind } from '../databases.ts'
import { openProxyDoor } from './proxy-door.ts'
import { checkResponse } from './response-checker.ts'
import { makeTeam, tokenOf, type TestKey, type TestTeam } from './teams.ts'

/** An answer of the service, already held against the OpenAPI document. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into documents of every form
  readonly body: any
  readonly text: string
}

export interface SendOptions {
  readonly body?: unknown
  readonly key?: TestKey
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

export interface TestServer {
  readonly url: string
  readonly storage: Storage
  readonly team: TestTeam
  readonly key: TestKey
  /** Sends as the team's ADMIN key unless told otherwise. A text body is sent as it is. */
  send(method: string, path: string, options?: SendOptions): Promise<Reply>
  as(role: Role): TestKey
  close(): Promise<void>
}

const tokens = new WeakMap<TestKey, Promise<string>>()

/** One token per key, as well-behaved clients do. */
function keptToken(key: TestKey): Promise<string> {
  const token = tokens.get(key) ?? tokenOf(key)
  tokens.set(key, token)
  return token
}

/** How requests come in: at the server's own port, or under Apple's name through a proxy. */
export type Door = 'port' | 'proxy'

export const doors: readonly Door[] = ['port', 'proxy']

export interface StartOptions extends Partial<Omit<ServerParts, 'storage' | 'identifier' | 'rateLimit'>> {
  /** Of the team's keys, one for each. */
  readonly roles?: readonly Role[]
  readonly door?: Door
  /** Requests per key and hour. */
  readonly rateLimit?: number | 'off'
}

/** A real server over real HTTP on a free port, on a database of its own, with one team. */
export async function startServer(kind: DatabaseKind, options: StartOptions = {}): Promise<TestServer> {
  const { roles = ['ADMIN'], door = 'port', now = Date.now, rateLimit = 'off', ...parts } = options
  const database = await freshDatabase(kind)
  const storage = await openStorage(database.location)
  const server = buildServer({
    logLevel: 'silent',
    ...parts,
    storage,
    now,
    schedule: createSchedule({ storage, now }),
    identifier: createIdentifier({ findKey: (id) => storage.findKey(id), now }),
    rateLimit: createRateLimit({ perHour: rateLimit, now }),
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.server.address() as AddressInfo
  const proxied =
    door === 'proxy' ? await openProxyDoor((connection) => server.server.emit('connection', connection)) : undefined
  const url = proxied?.url ?? `http://127.0.0.1:${port}`
  const ask = proxied?.fetch ?? fetch
  const team = await makeTeam(storage, roles)
  const as = (role: Role): TestKey => {
    const key = team.keys.get(role)
    if (key === undefined) throw new Error(`the team has no key for ${role}`)
    return key
  }

  async function send(method: string, path: string, given: SendOptions = {}): Promise<Reply> {
    const { body, key = as(roles[0] ?? 'ADMIN'), token = await keptToken(key), headers = {} } = given
    const response = await ask(`${url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    const json: unknown = isJson ? JSON.parse(text) : undefined
    checkResponse(method, response.url, response.status, json)
    return { status: response.status, headers: response.headers, body: json, text }
  }

  return {
    url,
    storage,
    team,
    key: as(roles[0] ?? 'ADMIN'),
    send,
    as,
    async close() {
      await proxied?.close()
      await server.close()
      await storage.close()
      await database.discard()
    },
  }
}
