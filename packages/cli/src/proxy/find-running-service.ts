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

/** The service that runs with this data directory, in whatever process. Undefined when there is none. */
export async function findRunningService(
  dataDir: string,
  now: number,
  warn: (text: string) => void,
): Promise<RunningService | undefined> {
  const found = readKey(dataDir, warn)
  return found !== undefined && (await isItself(found, now)) ? found : undefined
}

/** What the data directory says of the service that ran with it last. */
function readKey(dataDir: string, warn: (text: string) => void): RunningService | undefined {
  try {
    const { keyId, issuerId, readPrivateKey, baseUrl } = findLocalService(dataDir, warn)
    if (keyId === undefined || readPrivateKey === undefined) return undefined
    return {
      url: baseUrl,
      key: {
        keyId,
        issuerId,
        privateKey: readPrivateKey(),
        privateKeyPath: join(dataDir, keyFileName(keyId)),
        fastlanePath: join(dataDir, FASTLANE_KEY_FILE),
      },
      adminToken: readLocalCredentials(dataDir).text('adminToken'),
    }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/**
 * Another service may have taken the port since. The control API tells: what is asked of it is in no log, and no fault
 * strikes it. A service without one has neither, and is asked with the key.
 */
async function isItself({ url, key, adminToken }: RunningService, now: number): Promise<boolean> {
  if (adminToken !== undefined) return (await ask(`${url}${CONTROL_PATH}/clock`, adminToken))?.ok === true
  const token = await signToken(apiKeyOf(key), await readPrivateKey(key.privateKey), now)
  const answer = await ask(`${url}/v1/apps?limit=1`, token)
  return answer !== undefined && answer.status !== UNAUTHORISED && answer.headers.has('x-request-id')
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
