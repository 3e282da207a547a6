import { join } from 'node:path'
import {
  FASTLANE_KEY_FILE,
  forwardTo,
  openAuthority,
  startProxy,
  startService,
  writeTrustedRoots,
  type Config,
  type Credentials,
  type Target,
} from '@clipflight/server'
import { findRunningService, type RunningService } from './find-running-service.ts'
import { makeProxyId } from './proxy-file.ts'
import type { Way, WayKey } from './variables.ts'

/** A proxy that runs in this process, and where it leads. */
export interface OpenWay extends Way {
  /** Of the proxy, as it says itself. */
  readonly id: string
  readonly serviceUrl: string
  /** Opens the control API of the service; undefined where there is none. */
  readonly adminToken: string | undefined
  close(): Promise<void>
}

export interface WayOptions {
  /** Where connections are let through to. */
  readonly allowed: readonly Target[]
  /** Flags that are not heeded where a service runs already. */
  readonly unused: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** Takes a line for whoever runs the command. */
  readonly log: (line: string) => void
}

/**
 * Opens a proxy to the service that runs with the data directory, or to one of its own where there is none. Throws
 * `CannotStart` when something is in the way.
 */
export async function openWay(config: Config, { allowed, unused, environment, log }: WayOptions): Promise<OpenWay> {
  const running = await findRunningService(config.dataDir, Date.now(), log)
  const service = running === undefined ? await startOwn(config, log) : attachTo(running)
  if (running !== undefined && unused.length > 0)
    log(`the service at ${running.url} is used as it runs, without ${unused.join(', ')}`)
  try {
    const authority = await openAuthority(config.dataDir, Date.now())
    const rootsPath = await writeTrustedRoots(authority, environment)
    const id = makeProxyId()
    const proxy = await startProxy({ authority, allowed, deliver: service.deliver, log, id })
    return {
      id,
      proxyUrl: proxy.url,
      dataDir: config.dataDir,
      certificatePath: authority.certificatePath,
      rootsPath,
      key: service.key,
      serviceUrl: service.url,
      adminToken: service.adminToken,
      close: async () => void (await Promise.all([proxy.close(), service.close()])),
    }
  } catch (error) {
    await service.close()
    throw error
  }
}

/** What a proxy leads to. */
interface Destination {
  readonly url: string
  readonly adminToken: string | undefined
  readonly key: WayKey | undefined
  readonly deliver: Parameters<typeof startProxy>[0]['deliver']
  close(): Promise<void>
}

async function startOwn(config: Config, log: (line: string) => void): Promise<Destination> {
  const { url, credentials, dataDir, adminToken, take, close } = await startService(config, { log })
  const key = credentials === undefined ? undefined : toWayKey(credentials, dataDir)
  return { url, adminToken, key, deliver: take, close }
}

function toWayKey({ issuerId, ...credentials }: Credentials, dataDir: string): WayKey {
  return { ...credentials, issuerId: issuerId ?? undefined, fastlanePath: join(dataDir, FASTLANE_KEY_FILE) }
}

function attachTo({ url, key, adminToken }: RunningService): Destination {
  const { deliver, close } = forwardTo(url)
  return { url, adminToken, key, deliver, close: async () => close() }
}
