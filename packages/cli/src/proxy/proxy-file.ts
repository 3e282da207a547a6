import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ID_PATH, writePrivateFile } from '@clipflight/server'

/** A proxy that answers. */
export interface RunningProxy {
  readonly url: string
  readonly id: string
  readonly pid: number
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

async function readProxyFile(dataDir: string): Promise<RunningProxy | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(pathIn(dataDir), 'utf8'))
    const members = new Map<string, unknown>(Object.entries(typeof json === 'object' && json !== null ? json : {}))
    const [url, id, pid] = ['url', 'id', 'pid'].map((name) => members.get(name))
    return typeof url === 'string' && typeof id === 'string' && typeof pid === 'number' ? { url, id, pid } : undefined
  } catch {
    // Missing or spoilt: whatever runs cannot be found through it.
    return undefined
  }
}

/** It may have ended without a word, and something else may listen there since. */
async function answersAs({ url, id }: RunningProxy): Promise<boolean> {
  try {
    const response = await fetch(`${url}${ID_PATH}`, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) })
    return (await response.text()) === id
  } catch {
    // Nobody is there.
    return false
  }
}
