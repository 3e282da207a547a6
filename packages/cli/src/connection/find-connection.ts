import { APPLE_BASE_URL } from '@clipflight/client'
import { keyFileName, type Role } from '@clipflight/contract'
import { notAuthorised, wrongUsage } from '../command-error.ts'
import { readBaseUrl } from './base-url.ts'
import { areDifferent, readEnvironmentKey } from './environment-keys.ts'
import { keyFilesInFolders, keyFolders, keyIdOfFile, readKeyFile, type Warn } from './key-file.ts'
import { keySources, type ConnectionOptions, type KeySource } from './key-sources.ts'
import type { PartialKey } from './partial-key.ts'
import { readProfiles } from './profiles.ts'
import { refuseKeyText, type SigningKey } from './signing-key.ts'

/** A key and where its tokens are sent, with the sources of both for people. */
export interface FoundConnection extends SigningKey {
  readonly keySource: string
  readonly baseUrl: string
  readonly baseUrlSource: string
  /** Where the service of that URL keeps its data, if the URL is from there. */
  readonly dataDir?: string | undefined
  /** Those of the key, where its source knows: the API tells nobody. */
  readonly roles?: readonly Role[] | undefined
}

const BASE_URL_VARIABLE = 'ASC_BASE_URL'

/**
 * The key and the base URL to use: of the first source that names a key, as `keySources` has them. Warns when a flag
 * names another one. Throws when there is none, or two at one level.
 */
export function findConnection(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  warn: Warn,
): FoundConnection {
  const chosen = chooseKey(keySources(options, environment, warn), warn) ?? refuseWithoutKey(environment)
  const key = complete(chosen.key, { options, environment, warn })
  const { source, roles } = chosen.key
  return { ...key, keySource: source, roles, ...findBaseUrl(options, environment, chosen) }
}

interface ChosenKey {
  readonly key: PartialKey
  /** Whether a flag names it. */
  readonly isTyped: boolean
}

/**
 * The key of the first source that names one. Where a flag further down names the same key, that flag says more of it:
 * all there is, and where it belongs.
 */
function chooseKey(sources: readonly KeySource[], warn: Warn): ChosenKey | undefined {
  let first: ChosenKey | undefined
  let said: PartialKey | undefined
  for (const [index, source] of sources.entries()) {
    const isTyped = source.kind === 'flags'
    if (first !== undefined && !isTyped) continue
    const key = source.find()
    if (key === undefined) continue
    first ??= { key, isTyped }
    if (areDifferent(first.key, key)) warn(sayPassedOver(key, first, sources.slice(0, index)))
    else if (first.key !== key) said ??= key
  }
  return said === undefined ? first : { key: said, isTyped: true }
}

/** Somebody typed a flag and does not get what it names: which key is used instead, and how to get the other. */
function sayPassedOver(other: PartialKey, { key, isTyped }: ChosenKey, ahead: readonly KeySource[]): string {
  const namesOf = (kind: KeySource['kind']): readonly string[] =>
    ahead.filter((each) => each.kind === kind).flatMap(({ names }) => names)
  const remedies = [
    ['leave out', ...namesOf('flags')],
    ['unset', ...namesOf('variables')],
  ].flatMap((words) => (words.length > 1 ? [words.join(' ')] : []))
  const used = key.keyId === undefined ? 'The key' : `The key ${key.keyId}`
  const why = isTyped ? 'which comes first' : 'since variables come first'
  return `${used} of ${key.source} is used, ${why}, and ${other.keyId} of ${other.source} is not. To use that: ${remedies.join(', ')}`
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
  readonly environment: NodeJS.ProcessEnv
  readonly warn: Warn
}

/** Adds to the chosen key what its source left out, as long as it can only be meant for this key. */
function complete(chosen: PartialKey, { options, environment, warn }: Surroundings): SigningKey {
  const variables = chosen.isComplete === true ? undefined : readEnvironmentKey(environment, warn)
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
  const file = keyFilesInFolders(environment, warn).find((path) => keyIdOfFile(path) === keyId)
  if (file !== undefined) return () => readKeyFile(file, warn)
  throw notAuthorised(
    `The private key of ${keyId} is not given, and there is no ${keyFileName(keyId)} in ${keyFolders(environment).join(', ')}`,
    'Name its file with --private-key-path or ASC_PRIVATE_KEY_PATH, or give its text in ASC_PRIVATE_KEY.',
  )
}

/** A flag, then what the chosen flag belongs to, then the variable, then what another source says, then Apple's. */
function findBaseUrl(
  { baseUrl }: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  { key, isTyped }: ChosenKey,
): Pick<FoundConnection, 'baseUrl' | 'baseUrlSource' | 'dataDir'> {
  if (baseUrl !== undefined) return { baseUrl: readBaseUrl(baseUrl, '--base-url'), baseUrlSource: '--base-url' }
  const { source: baseUrlSource, dataDir } = key
  const ofKey = key.baseUrl === undefined ? undefined : { baseUrl: key.baseUrl, baseUrlSource, dataDir }
  if (isTyped && ofKey !== undefined) return ofKey
  const variable = environment[BASE_URL_VARIABLE]
  if (variable) return { baseUrl: readBaseUrl(variable, BASE_URL_VARIABLE), baseUrlSource: BASE_URL_VARIABLE }
  return ofKey ?? { baseUrl: APPLE_BASE_URL, baseUrlSource: 'the default' }
}
