import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keyFileName, keyIdOfFileName, writeFastlaneFile, type Role } from '@clipflight/contract'
import type { ApiKey, Storage } from '../storage/storage.ts'
import type { MadeKey } from '../seed/made-key.ts'
import { writePrivateFile } from './write-file.ts'

/** A key to the service, with its private half in a file of the data directory. */
export interface Credentials {
  readonly keyId: string
  /** Null for an individual key. */
  readonly issuerId: string | null
  /** What the key may do; no answer of the API tells. */
  readonly roles: readonly Role[]
  /** PKCS#8, PEM. */
  readonly privateKey: string
  readonly privateKeyPath: string
}

const CREDENTIALS_FILE = 'credentials.json'
export const FASTLANE_KEY_FILE = 'api_key.json'

/** Of the file that says where the service is. */
export function credentialsPath(dataDir: string): string {
  return join(dataDir, CREDENTIALS_FILE)
}

/** Each key in a file as Apple hands it out. These files are the only place where the private halves are. */
export async function writeKeyFiles(dataDir: string, keys: readonly MadeKey[]): Promise<void> {
  for (const { id, privateKey } of keys) await writePrivateFile(keyPath(dataDir, id), privateKey)
}

function keyPath(dataDir: string, keyId: string): string {
  return join(dataDir, keyFileName(keyId))
}

/**
 * The key of the data directory that the database knows too: the one that `credentials.json` names if it can be
 * used, otherwise any whose file is there. Undefined when no file belongs to the database.
 */
export async function findCredentials(dataDir: string, storage: Storage): Promise<Credentials | undefined> {
  const preferred = await readMember(dataDir, 'keyId')
  const found = (await readdir(dataDir)).toSorted().flatMap((name) => keyIdOfFileName(name) ?? [])
  const keyIds = found.toSorted((one, other) => Number(other === preferred) - Number(one === preferred))
  let individual: Credentials | undefined
  for (const keyId of keyIds) {
    const key = await storage.findKey(keyId)
    if (key === undefined || key.revokedAt !== null) continue
    const credentials = await readCredentials(keyPath(dataDir, keyId), key)
    // A team's key serves more tools; an individual one will do if it was chosen or is all there is.
    if (credentials !== undefined && (!key.individual || keyId === preferred)) return credentials
    individual ??= credentials
  }
  return individual
}

/** A member of `credentials.json`; undefined when there is none. */
export async function readMember(dataDir: string, name: 'keyId' | 'adminToken'): Promise<unknown> {
  try {
    const text = await readFile(credentialsPath(dataDir), 'utf8')
    const written: unknown = JSON.parse(text)
    return typeof written === 'object' && written !== null
      ? new Map<string, unknown>(Object.entries(written)).get(name)
      : undefined
  } catch {
    // Missing or spoilt: it is written anew.
    return undefined
  }
}

/** Undefined when the file does not hold the private half of the key. */
async function readCredentials(path: string, key: ApiKey): Promise<Credentials | undefined> {
  try {
    const privateKey = await readFile(path, 'utf8')
    const publicKey = createPublicKey(createPrivateKey(privateKey))
    if (!publicKey.equals(createPublicKey(key.publicKey))) return undefined
    const { id: keyId, roles } = key
    return { keyId, issuerId: key.individual ? null : key.issuerId, roles, privateKey, privateKeyPath: path }
  } catch {
    // Unreadable or no key: somebody else's file under such a name.
    return undefined
  }
}

/** What other programs are told of a service. */
export interface Announced {
  readonly url: string
  readonly credentials: Credentials | undefined
  readonly adminToken: string | undefined
}

/** Tells other programs where the service is and how to sign: once as our own tools read it, once as fastlane does. */
export async function writeCredentials(dataDir: string, { url, credentials, adminToken }: Announced): Promise<void> {
  if (credentials !== undefined) {
    const fastlane = writeFastlaneFile({ id: credentials.keyId, ...credentials })
    await writePrivateFile(join(dataDir, FASTLANE_KEY_FILE), fastlane)
  }
  const { issuerId, keyId, roles, privateKeyPath } = credentials ?? {}
  const own = { url, issuerId, keyId, roles, privateKeyPath, adminToken }
  // Last: whoever waits for this file finds everything else in place. Without key and token there is nothing to say.
  if (credentials !== undefined || adminToken !== undefined) {
    await writePrivateFile(credentialsPath(dataDir), `${JSON.stringify(own, undefined, 2)}\n`)
  }
}
