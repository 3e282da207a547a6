import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isOnThisMachine } from '@clipflight/client'
import { ID_PATH, writePrivateFile } from '@clipflight/server'

/** A proxy that answers. */
export interface RunningProxy {
  /** On this machine. */
  readonly url: string
  readonly id: string
}

/** An id for a proxy of this process. Its process is in it, so that no file is believed about whom a signal ends. */
export function makeProxyId(): string {
  return `${process.pid}-${randomUUID()}`
}

/** The process of a proxy that answered with its id. */
export function processOf({ id }: RunningProxy): number {
  return Number.parseInt(id, 10)
}

const ANSWER_MILLISECONDS = 2000

function pathIn(dataDir: string): string {
  return join(dataDir, 'proxy', 'running.json')
}

/** Lets other processes find the proxy. */
export async function writeProxyFile(dataDir: string, proxy: RunningProxy): Promise<void> {
  await writePrivateFile(pathIn(dataDir), `${JSON.stringify(proxy)}\n`)
}

/** Removes what this proxy has written; another may have taken its place since. */
export async function removeProxyFile(dataDir: string, proxy: RunningProxy): Promise<void> {
  if (await isWritten(dataDir, proxy)) await rm(pathIn(dataDir), { force: true })
}

/** Whether the file is that of this proxy. */
export async function isWritten(dataDir: string, { id }: RunningProxy): Promise<boolean> {
  return (await readProxyFile(dataDir))?.id === id
}

/** The proxy that runs with this data directory. Undefined when there is none. */
export async function findRunningProxy(dataDir: string): Promise<RunningProxy | undefined> {
  const found = await readProxyFile(dataDir)
  return found !== undefined && (await answersAs(found)) ? found : undefined
}

/** The directory may come with a repository, so the proxy must be on this machine: keys and tokens go where it says. */
async function readProxyFile(dataDir: string): Promise<RunningProxy | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(pathIn(dataDir), 'utf8'))
    const members = new Map<string, unknown>(Object.entries(typeof json === 'object' && json !== null ? json : {}))
    const [url, id] = ['url', 'id'].map((name) => members.get(name))
    return typeof url === 'string' && isOnThisMachine(url) && typeof id === 'string' ? { url, id } : undefined
  } catch {
    // Missing or spoilt: whatever runs cannot be found through it.
    return undefined
  }
}

/** It may have ended without a word, and something else may listen there since. */
async function answersAs({ url, id }: RunningProxy): Promise<boolean> {
  try {
    const response = await fetch(new URL(ID_PATH, url), {
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    })
    return (await response.text()) === id
  } catch {
    // Nobody is there.
    return false
  }
}
