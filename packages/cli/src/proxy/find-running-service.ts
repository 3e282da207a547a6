import { join } from 'node:path'
import { FASTLANE_KEY_FILE, signToken } from '@clipflight/server'
import { CommandError } from '../command-error.ts'
import { findLocalService } from '../connection/local-service.ts'
import type { WayKey } from './variables.ts'

/** A service that answers, and a key to it. */
export interface RunningService {
  readonly url: string
  readonly key: WayKey
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
  return found !== undefined && (await knowsKey(found, now)) ? found : undefined
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
        privateKeyPath: join(dataDir, `AuthKey_${keyId}.p8`),
        fastlanePath: join(dataDir, FASTLANE_KEY_FILE),
      },
    }
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

/** Another service may have taken the port since; it does not know the key. */
async function knowsKey({ url, key }: RunningService, now: number): Promise<boolean> {
  const token = signToken({ ...key, issuerId: key.issuerId ?? null }, now)
  try {
    const { status, headers } = await fetch(`${url}/v1/apps?limit=1`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
    })
    return status !== UNAUTHORISED && headers.has('x-request-id')
  } catch {
    // Nobody is there, or nobody who speaks HTTP.
    return false
  }
}
