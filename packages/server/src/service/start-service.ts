import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { createClock } from '../clock/clock.ts'
import { openStorage } from '../storage/open.ts'
import { StorageUnavailable, type Storage } from '../storage/storage.ts'
import { readAdminToken } from './admin-token.ts'
import { assemble, assembleUncontrolled } from './assemble.ts'
import { CannotStart } from './cannot-start.ts'
import { drawFaultSeed, type Config } from './config.ts'
import { findCredentials, writeCredentials, writeKeyFiles, type Credentials } from './credentials.ts'
import { codeOf, makeDataDirectory } from './data-directory.ts'

/** A service that answers. */
export interface Service {
  /** Where it listens, as a client on this machine reaches it. */
  readonly url: string
  /** Undefined when no key of the data directory belongs to the database. */
  readonly credentials: Credentials | undefined
  readonly dataDir: string
  /** Opens the control API; undefined when that is off. */
  readonly adminToken: string | undefined
  /** Takes a connection that somebody else has accepted, as if it had come to its own port. */
  readonly take: (connection: Socket) => void
  /** Answers what has been asked, takes no more, and closes the database. */
  close(): Promise<void>
}

/** What a service has of the process around it. */
export interface Surroundings {
  /** Takes a line for whoever looks after the service. */
  readonly log: (line: string) => void
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** How often idle connections are closed while the service stops. */
const HANG_UP_MILLISECONDS = 50
/** What a request under way may still take once the service is told to end. */
const GRACE_MILLISECONDS = 5000

/** Opens the database, seeds it if it is empty, and listens. Throws `CannotStart` when something is in the way. */
export async function startService(config: Config, { log, now = Date.now }: Surroundings): Promise<Service> {
  const { dataDir, databaseUrl } = config
  await makeDataDirectory(dataDir)
  const storage = await openStorage({ dataDir, ...(databaseUrl === undefined ? {} : { databaseUrl }) }).catch(
    (error: unknown) => refuseDatabase(config, error),
  )
  const { server, adminToken } = await prepare(config, storage, { log, now }).catch(async (error: unknown) => {
    await storage.close()
    throw error
  })
  /** The server does not wait for those when it closes. */
  const taken = new Set<Socket>()
  function take(connection: Socket): void {
    taken.add(connection)
    connection.once('close', () => taken.delete(connection))
    server.server.emit('connection', connection)
  }
  async function close(): Promise<void> {
    // A connection that had a request under way stays open for the next one after its answer, for a minute.
    const hangUp = setInterval(() => server.server.closeIdleConnections(), HANG_UP_MILLISECONDS)
    // A client that never finishes its request does not keep the service from ending.
    const cutOff = setTimeout(() => server.server.closeAllConnections(), GRACE_MILLISECONDS)
    try {
      await server.close()
      await Promise.all([...taken].map((connection) => once(connection, 'close')))
    } finally {
      clearInterval(hangUp)
      clearTimeout(cutOff)
      // Last, so that every answer still has it.
      await storage.close()
    }
  }
  try {
    await server
      .listen({ port: config.port, host: config.host })
      .catch((error: unknown) => refuseAddress(config, error))
    const url = toUrl(config.host, server.server.address())
    const credentials = await findCredentials(dataDir, storage)
    await writeCredentials(dataDir, { url, credentials, adminToken })
    if (credentials === undefined) {
      log(
        `No key in ${dataDir} belongs to this database: put its AuthKey_….p8 there and start again, or give clients one that they have`,
      )
    }
    return { url, credentials, dataDir, adminToken, take, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Seeds before it builds: a service looks for what is to happen when it is assembled. */
async function prepare(
  config: Config,
  storage: Storage,
  surroundings: Required<Surroundings>,
): Promise<{ readonly server: FastifyInstance; readonly adminToken: string | undefined }> {
  const adminToken = config.control ? await readAdminToken(config.dataDir) : undefined
  await seedIfEmpty(storage, config, surroundings)
  return { server: await buildConfigured(config, storage, surroundings.now, adminToken), adminToken }
}

async function buildConfigured(
  config: Config,
  storage: Storage,
  now: () => number,
  adminToken: string | undefined,
): Promise<FastifyInstance> {
  const { faultSeed = drawFaultSeed(), carryOver, host, publicUrl, allowedHosts } = config
  const ownHosts = publicUrl === undefined ? [host] : [host, new URL(publicUrl).hostname]
  const parts = {
    storage,
    clock: createClock(now),
    rateLimit: config.rateLimit,
    logLevel: config.logLevel,
    doorkeeping: { adminToken, allowedHosts: [...ownHosts, ...allowedHosts] },
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(config.console ? { console: {} } : {}),
  }
  if (adminToken === undefined) return assembleUncontrolled(parts)
  return (await assemble({ ...parts, faultSeed, carryOver })).server
}

async function seedIfEmpty(storage: Storage, config: Config, { log, now }: Required<Surroundings>): Promise<void> {
  const isPlanted = !(await storage.hasTeams()) && (await plant(storage, config, now()))
  const isFile = config.seed !== 'demo' && config.seed !== 'none'
  if (!isPlanted && isFile) {
    log(
      `The database is not empty, so the seed ${config.seed} was not used: choose an empty one with --data-dir or --database`,
    )
  }
}

/** False when another service was quicker. */
async function plant(storage: Storage, config: Config, now: number): Promise<boolean> {
  await tryAddress(config)
  // Only the first start needs YAML and its reader, and every other one is faster without.
  const { SeedRefused, plantSeed, readNamedSeed } = await import('../seed/index.ts')
  try {
    const seed = await readNamedSeed(config.seed, config.seed, (path) => readSeedFile(path))
    const made = await plantSeed(storage, seed, {
      now,
      forReset: config.control,
      keepKeys: (keys) => writeKeyFiles(config.dataDir, keys),
    })
    return made !== undefined
  } catch (error) {
    if (error instanceof SeedRefused) throw new CannotStart(error.message, { cause: error })
    throw error
  }
}

/** Listens for a moment. What is planted stays when the start fails then, and another seed is not used any more. */
async function tryAddress(config: Config): Promise<void> {
  const trial = createServer().listen(config.port, config.host)
  try {
    await once(trial, 'listening')
  } catch (error) {
    refuseAddress(config, error)
  } finally {
    trial.close()
  }
}

async function readSeedFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    throw new CannotStart(
      `The seed file ${path} cannot be read (${codeOf(error)}): --seed takes 'demo', 'none' or a path`,
      { cause: error },
    )
  }
}

function refuseDatabase({ databaseUrl }: Config, error: unknown): never {
  if (!(error instanceof StorageUnavailable)) throw error
  const way = databaseUrl === undefined ? ' Another directory is chosen with --data-dir.' : ''
  throw new CannotStart(`${error.message}${way}`, { cause: error })
}

function refuseAddress({ host, port }: Config, error: unknown): never {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    throw new CannotStart(
      `Port ${port} of ${host} is in use: choose another with --port, or any free one with --port 0`,
      { cause: error },
    )
  }
  throw new CannotStart(
    `The service cannot listen on port ${port} of ${host} (${code}): choose others with --host and --port`,
    { cause: error },
  )
}

/** An address that stands for all of them is none to connect to. */
const ALL_ADDRESSES: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

function toUrl(host: string, address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('The service listens on no port')
  const reachable = ALL_ADDRESSES[host] ?? host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${address.port}`
}
