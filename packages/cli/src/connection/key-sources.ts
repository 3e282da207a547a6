import { CommandError, wrongUsage } from '../command-error.ts'
import {
  agreeing,
  fileVariables,
  readEnvironmentFile,
  readEnvironmentKey,
  variablesWithKey,
} from './environment-keys.ts'
import { readFastlaneFile } from './fastlane-file.ts'
import { keyFilesInFolders, keyIdOfFile, readKeyFile, type Warn } from './key-file.ts'
import { findLocalService, usualDataDirectory } from './local-service.ts'
import type { PartialKey } from './partial-key.ts'
import { profileNamed, readProfiles } from './profiles.ts'

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
  /** A profile that is meant whatever else names a key: that of another service, such as of `diff --with-profile`. */
  readonly onlyProfile?: string
  /** What names a data directory where `--data-dir` is that of another service. */
  readonly dataDirFlag?: string
}

/** A level of the order in which keys are looked for. */
export interface KeySource {
  /** The flags or variables that name a key here. */
  readonly names: readonly string[]
  readonly kind: 'flags' | 'variables' | 'places'
  /** Undefined when none is named here. Throws when two are. */
  readonly find: () => PartialKey | undefined
}

const PROFILE_VARIABLE = 'CLIPFLIGHT_PROFILE'

/** Where keys come from, in the order in which they are looked for. Nothing is read before it is asked for. */
export function keySources(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  warn: Warn,
): readonly KeySource[] {
  const { apiKey, profile } = options
  const typed = (flag: string, value: string | undefined, read: (value: string) => PartialKey): KeySource => ({
    names: value === undefined ? [] : [flag],
    kind: 'flags',
    find: () => (value === undefined ? undefined : read(value)),
  })
  return [
    {
      names: namingFlags(options),
      kind: 'flags',
      find: () => agreeing(keysOfFlags(options, environment, warn), 'flags'),
    },
    {
      names: variablesWithKey(environment),
      kind: 'variables',
      find: () => withKey(readEnvironmentKey(environment, warn)),
    },
    typed('--api-key', apiKey, (path) => readFastlaneFile(path, `--api-key ${path}`, warn)),
    {
      names: fileVariables(environment),
      kind: 'variables',
      find: () => readEnvironmentFile(environment, warn),
    },
    profile === undefined
      ? { names: [], kind: 'places', find: () => profileInUse(environment, warn) }
      : typed('--profile', profile, (name) => keyOfProfile(name, `--profile ${name}`, environment, warn)),
    { names: [], kind: 'places', find: () => onlyKeyInFolders(environment, warn) },
  ]
}

/** A key that is named and not used. */
export interface PassedOver {
  readonly keyId: string
  readonly source: string
}

/** The other keys that flags, variables and profiles name, when the one of this id is used. What cannot be read is left out. */
export function findPassedOver(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv,
  usedKeyId: string,
): readonly PassedOver[] {
  const silent = (): void => undefined
  // Not the folders: keys lie there without being named by anybody.
  const named = keySources(options, environment, silent).slice(0, -1)
  return named.flatMap(({ find }) => {
    const { keyId, source = '' } = leniently(find) ?? {}
    return keyId === undefined || keyId === usedKeyId ? [] : [{ keyId, source }]
  })
}

function leniently(find: KeySource['find']): PartialKey | undefined {
  try {
    return find()
  } catch (error) {
    if (error instanceof CommandError) return undefined
    throw error
  }
}

function withKey(key: PartialKey | undefined): PartialKey | undefined {
  return key?.keyId === undefined && key?.readPrivateKey === undefined ? undefined : key
}

/** Those of the first level, in the words of the help. */
function namingFlags({ local, dataDir, keyId, privateKeyPath, onlyProfile }: ConnectionOptions): readonly string[] {
  const given = {
    '--local': local,
    '--data-dir': dataDir,
    '--with-profile': onlyProfile,
    '--key-id': keyId,
    '--private-key-path': privateKeyPath,
  }
  return Object.entries(given).flatMap(([flag, value]) => (value === undefined ? [] : [flag]))
}

/** Every key of the first level. Those that say where the key belongs come first. */
function keysOfFlags(options: ConnectionOptions, environment: NodeJS.ProcessEnv, warn: Warn): PartialKey[] {
  const { keyId, issuerId, privateKeyPath, local, dataDir, dataDirFlag, onlyProfile } = options
  const keys: PartialKey[] = []
  if (onlyProfile !== undefined)
    keys.push(keyOfProfile(onlyProfile, `--with-profile ${onlyProfile}`, environment, warn))
  if (local === true || dataDir !== undefined)
    keys.push(findLocalService(dataDir ?? usualDataDirectory(environment), warn, dataDirFlag))
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
  const files = keyFilesInFolders(environment, warn)
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
