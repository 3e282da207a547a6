import { notAuthorised, wrongUsage } from '../command-error.ts'
import { APPLE_URL, readBaseUrl } from './base-url.ts'
import { agreeing, readEnvironmentFile, readEnvironmentKey } from './environment-keys.ts'
import { readFastlaneFile } from './fastlane-file.ts'
import { keyFilesInFolders, keyFolders, keyIdOfFile, readKeyFile, type Warn } from './key-file.ts'
import { findLocalService, usualDataDirectory } from './local-service.ts'
import type { PartialKey } from './partial-key.ts'
import { profileNamed, readProfiles } from './profiles.ts'
import { refuseKeyText, type SigningKey } from './signing-key.ts'

/** What the flags of a verb say of the connection. */
export interface ConnectionOptions {
  readonly keyId?: string
  readonly issuerId?: string
  readonly privateKeyPath?: string
  readonly apiKey?: string
  readonly profile?: string
  readonly baseUrl?: string
  readonly local?: boolean
  readonly dataDir?: string
}

/** A key and where its tokens are sent, with the sources of both for people. */
export interface FoundConnection extends SigningKey {
  readonly keySource: string
  readonly baseUrl: string
  readonly baseUrlSource: string
}

const PROFILE_VARIABLE = 'CLIPFLIGHT_PROFILE'
const BASE_URL_VARIABLE = 'ASC_BASE_URL'

/**
 * The key and the base URL to use: what flags name, then environment variables, then the file that one names, then
 * the profile in use, then Apple's usual folders. Throws when there is none, or two at one level.
 */
export function findConnection(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  warn: Warn,
): FoundConnection {
  const named = agreeing(keysOfFlags(options, environment, warn), 'flags')
  const readVariables = (): PartialKey | undefined => readEnvironmentKey(environment, warn)
  const chosen =
    named ??
    withKey(readVariables()) ??
    readEnvironmentFile(environment, warn) ??
    profileInUse(environment, warn) ??
    onlyKeyInFolders(environment, warn) ??
    refuseWithoutKey(environment)
  const key = complete(chosen, { options, readVariables, environment, warn })
  return { ...key, keySource: chosen.source, ...findBaseUrl(options, environment, chosen) }
}

function withKey(key: PartialKey | undefined): PartialKey | undefined {
  return key?.keyId === undefined && key?.readPrivateKey === undefined ? undefined : key
}

/**
 * Every key that a flag names: whoever types a flag means it, so each of them is of the first level. Those that say
 * where the key belongs come first.
 */
function keysOfFlags(options: ConnectionOptions, environment: NodeJS.ProcessEnv, warn: Warn): PartialKey[] {
  const { keyId, issuerId, privateKeyPath, apiKey, profile, local, dataDir } = options
  const keys: PartialKey[] = []
  if (profile !== undefined) keys.push(keyOfProfile(profile, `--profile ${profile}`, environment, warn))
  if (local === true || dataDir !== undefined)
    keys.push(findLocalService(dataDir ?? usualDataDirectory(environment), warn))
  if (apiKey !== undefined) keys.push(readFastlaneFile(apiKey, `--api-key ${apiKey}`, warn))
  if (keyId !== undefined || privateKeyPath !== undefined) {
    const flags = [keyId && '--key-id', issuerId && '--issuer-id', privateKeyPath && '--private-key-path']
    keys.push({
      source: flags.filter((flag) => flag).join(', '),
      keyId: keyId ?? (privateKeyPath === undefined ? undefined : keyIdOfFile(privateKeyPath)),
      issuerId,
      readPrivateKey: privateKeyPath === undefined ? undefined : () => readKeyFile(privateKeyPath, warn),
    })
  }
  return keys
}

function profileInUse(environment: NodeJS.ProcessEnv, warn: Warn): PartialKey | undefined {
  const named = environment[PROFILE_VARIABLE]
  if (named) return keyOfProfile(named, `${PROFILE_VARIABLE} (${named})`, environment, warn)
  const { inUse } = readProfiles(environment)
  return inUse === undefined ? undefined : keyOfProfile(inUse, `the profile in use (${inUse})`, environment, warn)
}

function keyOfProfile(name: string, source: string, environment: NodeJS.ProcessEnv, warn: Warn): PartialKey {
  const { keyId, issuerId, privateKeyPath, baseUrl } = profileNamed(name, readProfiles(environment))
  return { source, keyId, issuerId, readPrivateKey: () => readKeyFile(privateKeyPath, warn), isComplete: true, baseUrl }
}

/** The key that lies in a folder where Apple's tools look, if it is the only one. */
function onlyKeyInFolders(environment: NodeJS.ProcessEnv, warn: Warn): PartialKey | undefined {
  const files = keyFilesInFolders(environment)
  const [file] = files
  if (file === undefined) return undefined
  if (new Set(files.map(keyIdOfFile)).size > 1) {
    throw wrongUsage(
      `Several keys are found, and none is named:\n${files.join('\n')}`,
      'Name one with --key-id, ASC_KEY_ID or a profile (clipflight auth login).',
    )
  }
  return { source: `the key file ${file}`, keyId: keyIdOfFile(file), readPrivateKey: () => readKeyFile(file, warn) }
}

function refuseWithoutKey(environment: NodeJS.ProcessEnv): never {
  const saved = Object.keys(readProfiles(environment).profiles)
  throw notAuthorised(
    'There is no key to App Store Connect',
    ...(saved[0] === undefined ? [] : [sayUnused(saved, saved[0])]),
    'Save one as a profile: clipflight auth login',
    'or name it: --key-id, --issuer-id and --private-key-path, or ASC_KEY_ID, ASC_ISSUER_ID and ASC_PRIVATE_KEY.',
    'A service that `clipflight serve` runs in this folder is used with --local.',
    `No AuthKey_<KEY ID>.p8 was found in ${keyFolders(environment).join(', ')}.`,
  )
}

/** A profile is in use until it is logged out of; the others are not put to use in its place. */
function sayUnused(names: readonly string[], first: string): string {
  const subject = names.length === 1 ? 'There is a profile, not in use' : 'There are profiles, none in use'
  return `${subject} (${names.join(', ')}): clipflight auth use ${first}`
}

interface Surroundings {
  readonly options: ConnectionOptions
  readonly readVariables: () => PartialKey | undefined
  readonly environment: NodeJS.ProcessEnv
  readonly warn: Warn
}

/** Adds to the chosen key what its source left out, as long as it can only be meant for this key. */
function complete(chosen: PartialKey, { options, readVariables, environment, warn }: Surroundings): SigningKey {
  const variables = chosen.isComplete === true ? undefined : readVariables()
  const isSameKey = variables?.keyId === undefined || chosen.keyId === undefined || variables.keyId === chosen.keyId
  const beside = isSameKey ? variables : undefined
  const keyId = chosen.keyId ?? options.keyId ?? beside?.keyId
  if (keyId === undefined) {
    throw wrongUsage(
      `The key of ${chosen.source} has no id`,
      'Say it with --key-id or ASC_KEY_ID, or keep the name that the file came with: AuthKey_<KEY ID>.p8.',
    )
  }
  const issuerId = options.issuerId ?? chosen.issuerId ?? beside?.issuerId
  refuseKeyText(keyId, 'its id')
  refuseKeyText(issuerId, 'the issuer')
  const read = chosen.readPrivateKey ?? beside?.readPrivateKey ?? readerInFolders(keyId, environment, warn)
  return { keyId, issuerId, privateKey: read() }
}

function readerInFolders(keyId: string, environment: NodeJS.ProcessEnv, warn: Warn): () => string {
  const file = keyFilesInFolders(environment).find((path) => keyIdOfFile(path) === keyId)
  if (file !== undefined) return () => readKeyFile(file, warn)
  throw notAuthorised(
    `The private key of ${keyId} is not given, and there is no AuthKey_${keyId}.p8 in ${keyFolders(environment).join(', ')}`,
    'Name its file with --private-key-path or ASC_PRIVATE_KEY_PATH, or give its text in ASC_PRIVATE_KEY.',
  )
}

/** A flag, then what the chosen flag or profile belongs to, then the variable, then Apple's. Never a file's. */
function findBaseUrl(
  { baseUrl, profile, local, dataDir }: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  chosen: PartialKey,
): { readonly baseUrl: string; readonly baseUrlSource: string } {
  if (baseUrl !== undefined) return { baseUrl: readBaseUrl(baseUrl, '--base-url'), baseUrlSource: '--base-url' }
  const isNamed = profile !== undefined || local === true || dataDir !== undefined
  if (isNamed && chosen.baseUrl !== undefined) return { baseUrl: chosen.baseUrl, baseUrlSource: chosen.source }
  const variable = environment[BASE_URL_VARIABLE]
  if (variable) return { baseUrl: readBaseUrl(variable, BASE_URL_VARIABLE), baseUrlSource: BASE_URL_VARIABLE }
  if (chosen.baseUrl !== undefined) return { baseUrl: chosen.baseUrl, baseUrlSource: chosen.source }
  return { baseUrl: APPLE_URL, baseUrlSource: 'the default' }
}
