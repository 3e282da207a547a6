import { isIPv6 } from 'node:net'
import { createClient, type Client } from '@clipflight/client'
import type {
  BuildCreation,
  Fault,
  FaultCreation,
  KeyCreation,
  LoggedRequest,
  MadeBuild,
  MadeKey,
  OperationName,
  RequestSearch,
} from '@clipflight/control'
import type { FastifyInstance } from 'fastify'
import { createClock, type Clock } from '../clock/clock.ts'
import { controlOperations as operations } from '../control/operations.ts'
import type { ControlParts } from '../control/parts.ts'
import { readOneTeam } from '../control/read-one-team.ts'
import type { InputPart } from '../control/refuse-wrong.ts'
import { makeSecret } from '../secrets.ts'
import { makeKeyPair } from '../seed/make-key-pair.ts'
import { assemble } from '../service/assemble.ts'
import { once } from '../timing/once.ts'
import { IN_MEMORY, openSqlite, SQLITE_SYNTAX } from '../storage/open-sqlite.ts'
import { sqlStorage, wordPlanting } from '../storage/sql-storage.ts'
import type { SandboxOptions, TeamOptions } from './options.ts'
import { readOptions, readTeamSeed, refuseWrongSeed } from './read-options.ts'

/** What signs tokens. */
export interface SandboxCredentials {
  readonly keyId: string
  readonly issuerId: string
  /** PKCS#8, PEM: what a `.p8` file holds. */
  readonly privateKey: string
}

/** A team that sees nothing of the others. */
export interface SandboxTeam {
  /** Its number. */
  readonly team: number
  readonly url: string
  /** Of an ADMIN key. */
  readonly credentials: SandboxCredentials
  /** Signs in with those. Its time is the sandbox's clock. */
  readonly client: Client
  /** Replaces everything by a seed, to which `reset` leads from then on. Keys stay. */
  seed(seed: string): Promise<void>
  /** Back to the seed; faults and logged requests are gone. Keys stay. */
  reset(): Promise<void>
  snapshot(name: string): Promise<void>
  restore(name: string): Promise<void>
  /** The latest requests of the team, oldest first. */
  requests(search?: Omit<RequestSearch, 'team'>): Promise<readonly LoggedRequest[]>
  /** Sets up a fault for the team: a rule, or the name of a preset. */
  fault(fault: FaultCreation | string): Promise<Fault>
  /** Adds a build as an upload would. */
  build(build: BuildCreation): Promise<MadeBuild>
  /** Makes another key. */
  key(key?: KeyCreation): Promise<MadeKey>
  /** The state as a seed file. */
  export(): Promise<string>
}

/** A service in this process and in memory, with one team to begin with. */
export interface Sandbox extends SandboxTeam, AsyncDisposable {
  /** Opens the control API at `url`. */
  readonly adminToken: string
  /** Tokens, the rate limit, the processing of builds and dates follow it. One for all teams. */
  readonly clock: Clock
  /** Makes another team, with the seed of the sandbox unless told otherwise. */
  newTeam(options?: TeamOptions): Promise<SandboxTeam>
  /** Ends the service and forgets everything but the log; whatever is asked for then is refused. */
  close(): Promise<void>
}

/** A service in memory, which need not listen. */
interface Service {
  readonly server: FastifyInstance
  readonly control: ControlParts
  readonly clock: Clock
  readonly adminToken: string
  /** Answers when nothing of it is left. */
  close(): Promise<void>
}

type ServiceOptions = Pick<Required<SandboxOptions>, 'rateLimit' | 'faultSeed' | 'carryOver'>

async function assembleInMemory(options: ServiceOptions): Promise<Service> {
  const storage = sqlStorage(await openSqlite(IN_MEMORY))
  const clock = createClock()
  const adminToken = makeSecret()
  const doorkeeping = { adminToken, allowedHosts: [] }
  const { server, control } = await assemble({ ...options, storage, clock, logLevel: 'silent', doorkeeping })
  async function close(): Promise<void> {
    const closed = server.close()
    // Nobody who is still waiting for an answer is waited for.
    server.server.closeAllConnections()
    await closed
    await storage.close()
  }
  return { server, control, clock, adminToken, close }
}

/**
 * What a start passes before its port, so that the engine has compiled it: the first of a process would take three times
 * as long as the next (measured). It saves nothing: that waits for a timer, and tests may have put another in its place.
 */
async function rehearse(): Promise<void> {
  // What Node puts off until the first server of a process listens.
  process.getBuiltinModule('node:cluster')
  // Asked when a server listens; the engine makes machine code of a pattern with its second use, in a millisecond.
  isIPv6('::1')
  isIPv6('::1')
  makeKeyPair()
  wordPlanting(SQLITE_SYNTAX)
  const { seed, ...options } = readOptions({})
  await readOneTeam(seed)
  const { server, close } = await assembleInMemory(options)
  await server.ready()
  await close()
}

// While the module is loaded: no start waits for it.
await rehearse()

/** Starts a sandbox that is ready to answer. `await using` closes it at the end of a block. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed, port, ...ofService } = readOptions(options)
  const { server, control, clock, adminToken, close: end } = await assembleInMemory(ofService)

  let isClosed = false
  function open(): ControlParts {
    if (isClosed) throw new Error('The sandbox is closed.')
    return control
  }

  // Once: whoever closes it may have it at the end of a block, too.
  const close = once((): Promise<void> => {
    isClosed = true
    return end()
  })

  try {
    const url = await server.listen({ port, host: '127.0.0.1' })
    const newTeam = async (given: TeamOptions = {}): Promise<SandboxTeam> =>
      makeTeam(control, open, url, readTeamSeed(given, seed))
    const first = await newTeam()
    return { ...first, adminToken, clock, newTeam, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Refuses what the control API would; its schemas are loaded when something is held against them. */
async function check(name: OperationName, part: InputPart, value: object): Promise<void> {
  const { refuseWrong } = await import('../control/refuse-wrong.ts')
  refuseWrong(name, part, value)
}

/** What needs the service asks for its parts by `open`, which throws once there is none. */
async function makeTeam(
  control: ControlParts,
  open: () => ControlParts,
  url: string,
  seed: string,
): Promise<SandboxTeam> {
  // A key of its own, whatever the seed has: the private halves of those may be unknown.
  const { team, issuerId, keys } = await operations.createTeam(open(), { seed, keys: [{ name: 'Sandbox' }] })
  const [key] = keys
  if (key === undefined) throw new Error('A team was made without its key.')
  const credentials = { keyId: key.id, issuerId, privateKey: key.privateKey }
  return {
    team,
    url,
    credentials,
    client: createClient({ ...credentials, baseUrl: url, now: control.clock.now }),
    async seed(text) {
      refuseWrongSeed(text)
      return operations.seedTeam(open(), { team, seed: text })
    },
    reset: async () => operations.resetTeam(open(), { team }),
    async snapshot(name) {
      await check('saveSnapshot', 'body', { name })
      await operations.saveSnapshot(open(), { team, name })
    },
    async restore(snapshot) {
      await check('restoreSnapshot', 'params', { team, snapshot })
      return operations.restoreSnapshot(open(), { team, snapshot })
    },
    async requests(search = {}) {
      await check('listRequests', 'query', search)
      return (await operations.listRequests(control, { ...search, team })).requests
    },
    async fault(given) {
      const fault = typeof given === 'string' ? { preset: given } : given
      await check('createFault', 'body', fault)
      return operations.createFault(open(), { ...fault, match: { ...fault.match, team } })
    },
    async build(build) {
      await check('createBuild', 'body', build)
      return operations.createBuild(open(), { ...build, team })
    },
    async key(given = {}) {
      await check('createKey', 'body', given)
      return operations.createKey(open(), { ...given, team })
    },
    export: async () => operations.exportSeed(open(), { team }),
  }
}
