import { join } from 'node:path'
import { readPrivateKey, signToken } from '@clipflight/client'
import { keyFileName } from '@clipflight/contract'
import { CONTROL_PATH } from '@clipflight/control/path'
import { FASTLANE_KEY_FILE } from '@clipflight/server'
import { CommandError } from '../command-error.ts'
import { apiKeyOf } from '../connection/connect.ts'
import { findLocalService, readLocalCredentials } from '../connection/local-service.ts'
import type { WayKey } from './variables.ts'

/** A service that answers, and a key to it. */
export interface RunningService {
  readonly url: string
  readonly key: WayKey
  /** Undefined where there is no control API. */
  readonly adminToken: string | undefined
}

const ANSWER_MILLISECONDS = 2000
const UNAUTHORISED = 401

/** The service that runs with this data directory, in whatever process. Undefined when there is none; throws if it has no key. */
export async function findRunningService(
  dataDir: string,
  now: number,
  warn: (text: string) => void,
): Promise<RunningService | undefined> {
  const service = unlessRefused(() => readLocalCredentials(dataDir))
  if (service instanceof CommandError) return undefined
  const { url } = service
  const adminToken = service.text('adminToken')
  const key = unlessRefused(() => readKey(dataDir, warn))
  if (key instanceof CommandError) {
    // Another service cannot be started beside it, and what that says would hide why.
    if (adminToken !== undefined && (await isControlled(url, adminToken))) throw key
    return undefined
  }
  if (key === undefined) return undefined
  const found = { url, key, adminToken }
  return (await isItself(found, now)) ? found : undefined
}

/** The key of the service that ran with the data directory last. */
function readKey(dataDir: string, warn: (text: string) => void): WayKey | undefined {
  const { keyId, issuerId, readPrivateKey } = findLocalService(dataDir, warn)
  if (keyId === undefined || readPrivateKey === undefined) return undefined
  return {
    keyId,
    issuerId,
    privateKey: readPrivateKey(),
    privateKeyPath: join(dataDir, keyFileName(keyId)),
    fastlanePath: join(dataDir, FASTLANE_KEY_FILE),
  }
}

function unlessRefused<T>(work: () => T): T | CommandError {
  try {
    return work()
  } catch (error) {
    if (error instanceof CommandError) return error
    throw error
  }
}

/**
 * Another service may have taken the port since. The control API tells: what is asked of it is in no log, and no fault
 * strikes it. A service without one has neither, and is asked with the key.
 */
async function isItself({ url, key, adminToken }: RunningService, now: number): Promise<boolean> {
  if (adminToken !== undefined) return isControlled(url, adminToken)
  const token = await signToken(apiKeyOf(key), await readPrivateKey(key.privateKey), now)
  const answer = await ask(`${url}/v1/apps?limit=1`, token)
  return answer !== undefined && answer.status !== UNAUTHORISED && answer.headers.has('x-request-id')
}

async function isControlled(url: string, adminToken: string): Promise<boolean> {
  return (await ask(`${url}${CONTROL_PATH}/clock`, adminToken))?.ok === true
}

/** Undefined when nobody is there, or nobody who speaks HTTP. */
async function ask(url: string, token: string): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    })
  } catch {
    return undefined
  }
}
