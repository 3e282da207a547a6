import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isOnThisMachine } from '@clipflight/client'
import { keyFileName, ROLES, type Role } from '@clipflight/contract'
import { codeOf, CommandError, failed } from '../command-error.ts'
import { toShellWord } from '../shell-word.ts'
import { readBaseUrl } from './base-url.ts'
import { readKeyFile, type Warn } from './key-file.ts'
import type { PartialKey } from './partial-key.ts'

/** Where a service of this folder keeps its data unless it is told otherwise. */
export function usualDataDirectory(environment: NodeJS.ProcessEnv): string {
  return environment['CLIPFLIGHT_DATA_DIR'] || '.clipflight'
}

/** Behind a command, what leads it to this data directory where it would not look by itself, in another shell. */
export function dataDirFlag(dataDir: string): string {
  return dataDir === resolve(usualDataDirectory({})) ? '' : ` --data-dir ${toShellWord(dataDir)}`
}

/** What a service says of itself in its data directory. */
export interface LocalCredentials {
  readonly path: string
  /** Of a service on this machine. */
  readonly url: string
  /** A member with text; undefined when there is none. */
  readonly text: (name: string) => string | undefined
  /** The roles of its key; undefined when it does not say. */
  readonly roles: readonly Role[] | undefined
}

/**
 * What the service that runs with this data directory wrote there. The directory may come with a repository, so the
 * service must be on this machine: nothing secret is sent where a file in a folder says. `flag` is what names another one.
 */
export function readLocalCredentials(dataDir: string, flag = '--data-dir'): LocalCredentials {
  const path = join(resolve(dataDir), 'credentials.json')
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw failed(
      `No service is found through ${path} (${codeOf(error)})`,
      'Start one: clipflight serve',
      `One that runs with another data directory is named with ${flag}.`,
    )
  }
  const members = new Map<string, unknown>(Object.entries(typeof json === 'object' && json !== null ? json : {}))
  const text = (name: string): string | undefined => {
    const value = members.get(name)
    return typeof value === 'string' ? value : undefined
  }
  const url = text('url')
  if (url === undefined) throw notAsWritten(path)
  if (!isOnThisMachine(url)) {
    throw failed(
      `${path} names a service that is not on this machine: ${url}`,
      'A key is not sent where a file in a folder says. If it is meant, name it yourself: see --help.',
    )
  }
  return { path, url: readBaseUrl(url, path), text, roles: readRoles(members.get('roles')) }
}

/** Whether the service of that URL is the one that is found when no other is named. */
export function isUsualService(baseUrl: string, environment: NodeJS.ProcessEnv): boolean {
  try {
    return readLocalCredentials(usualDataDirectory(environment)).url === baseUrl
  } catch (error) {
    if (error instanceof CommandError) return false
    throw error
  }
}

/** The service that `clipflight serve` runs with this data directory, and its key, which is read from beside the file only. */
export function findLocalService(
  dataDir: string,
  warn: Warn,
  flag?: string,
): PartialKey & { readonly baseUrl: string } {
  const { path, url, text, roles } = readLocalCredentials(dataDir, flag)
  const keyId = text('keyId')
  if (keyId === undefined) throw withoutKey(dataDir)
  if (!/^[A-Za-z0-9]+$/.test(keyId)) throw notAsWritten(path)
  return {
    source: `the service of ${resolve(dataDir)}`,
    keyId,
    issuerId: text('issuerId'),
    readPrivateKey: () => readKeyFile(join(resolve(dataDir), keyFileName(keyId)), warn),
    isComplete: true,
    roles,
    baseUrl: url,
    dataDir,
  }
}

function readRoles(value: unknown): readonly Role[] | undefined {
  return Array.isArray(value) ? value.flatMap((each) => ROLES.find((role) => role === each) ?? []) : undefined
}

/** The service knows public halves only: its data came with a seed that has keys, or with a database. */
function withoutKey(dataDir: string): CommandError {
  const directory = resolve(dataDir)
  const create = `clipflight sandbox keys create --keys-to ${toShellWord(directory)}${dataDirFlag(directory)}`
  return failed(
    `The service of ${directory} has keys, and none of their private halves is there`,
    'Copy one of its AuthKey_….p8 files there, and start it again.',
    `Or make a key, and start it again: ${create}`,
  )
}

function notAsWritten(path: string): CommandError {
  return failed(`${path} is not as \`clipflight serve\` writes it`, 'Start the service again.')
}
