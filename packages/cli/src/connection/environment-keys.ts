import { readFileSync } from 'node:fs'
import { codeOf, notAuthorised, wrongUsage } from '../command-error.ts'
import { fromBase64, noEnterprise, readFastlaneFile } from './fastlane-file.ts'
import { keyIdOfFile, readKeyFile, type Warn } from './key-file.ts'
import type { PartialKey } from './partial-key.ts'
import { readPrivateKey } from './signing-key.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Names that belong together, as one tool or several read them. The first that is set counts. */
interface Family {
  readonly keyId: readonly string[]
  readonly issuerId: string
  readonly privateKey: readonly string[]
  readonly privateKeyPath: readonly string[]
  readonly privateKeyBase64?: string
  /** Says that `privateKey` is base64. */
  readonly isBase64?: string
  readonly inHouse?: string
}

/** Our own first; then Codemagic's and Terraform providers'; then fastlane's two. */
const FAMILIES: readonly Family[] = [
  {
    keyId: ['ASC_KEY_ID'],
    issuerId: 'ASC_ISSUER_ID',
    privateKey: ['ASC_PRIVATE_KEY'],
    privateKeyPath: ['ASC_PRIVATE_KEY_PATH'],
    privateKeyBase64: 'ASC_PRIVATE_KEY_B64',
  },
  {
    keyId: ['APP_STORE_CONNECT_KEY_IDENTIFIER', 'APP_STORE_CONNECT_KEY_ID'],
    issuerId: 'APP_STORE_CONNECT_ISSUER_ID',
    privateKey: ['APP_STORE_CONNECT_PRIVATE_KEY'],
    privateKeyPath: ['APP_STORE_CONNECT_P8_PATH'],
  },
  {
    keyId: ['APP_STORE_CONNECT_API_KEY_KEY_ID'],
    issuerId: 'APP_STORE_CONNECT_API_KEY_ISSUER_ID',
    privateKey: ['APP_STORE_CONNECT_API_KEY_KEY'],
    privateKeyPath: ['APP_STORE_CONNECT_API_KEY_KEY_FILEPATH'],
    isBase64: 'APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64',
    inHouse: 'APP_STORE_CONNECT_API_KEY_IN_HOUSE',
  },
  {
    keyId: ['SPACESHIP_CONNECT_API_KEY_ID'],
    issuerId: 'SPACESHIP_CONNECT_API_ISSUER_ID',
    privateKey: ['SPACESHIP_CONNECT_API_KEY'],
    privateKeyPath: ['SPACESHIP_CONNECT_API_KEY_FILEPATH'],
    inHouse: 'SPACESHIP_CONNECT_API_IN_HOUSE',
  },
]

/** Variables that name a key file of fastlane's. */
const FILE_VARIABLES = ['APP_STORE_CONNECT_API_KEY_PATH', 'PILOT_API_KEY_PATH']

/** Every variable that says, or helps to say, which key is used. */
export const KEY_VARIABLES: readonly string[] = [
  ...FAMILIES.flatMap(({ keyId, issuerId, privateKey, privateKeyPath, privateKeyBase64, isBase64, inHouse }) =>
    [...keyId, issuerId, ...privateKey, ...privateKeyPath, privateKeyBase64, isBase64, inHouse].filter(
      (name) => name !== undefined,
    ),
  ),
  ...FILE_VARIABLES,
]

/** The key that environment variables give; undefined when they give none. Two different keys are an error. */
export function readEnvironmentKey(environment: Environment, warn: Warn): PartialKey | undefined {
  const found = FAMILIES.flatMap((family) => readFamily(family, environment, warn) ?? [])
  return agreeing(found, 'environment variables')
}

/** The variables that name a key here, but for those that name a file of fastlane's. */
export function variablesWithKey(environment: Environment): readonly string[] {
  const names = FAMILIES.flatMap(({ keyId, privateKey, privateKeyPath, privateKeyBase64 = [] }) =>
    [keyId, privateKey, privateKeyPath, privateKeyBase64].flat(),
  )
  return names.filter((name) => environment[name])
}

/** The variables that name a file of fastlane's here. */
export function fileVariables(environment: Environment): readonly string[] {
  return FILE_VARIABLES.filter((name) => environment[name])
}

/** The key in the file that an environment variable names. */
export function readEnvironmentFile(environment: Environment, warn: Warn): PartialKey | undefined {
  const found = FILE_VARIABLES.flatMap((name) => {
    const path = environment[name]
    return path ? [readFastlaneFile(path, `${name} (${path})`, warn)] : []
  })
  return agreeing(found, 'environment variables')
}

/** The first of the keys; throws when they are not one and the same. */
export function agreeing(keys: readonly PartialKey[], level: string): PartialKey | undefined {
  const [first, ...others] = keys
  const other = others.find((each) => areDifferent(first, each))
  if (first !== undefined && other !== undefined) {
    throw wrongUsage(
      `Two different keys are given by ${level}: ${first.source}, and ${other.source}`,
      'Leave one of them out, so that it is plain which key is meant.',
    )
  }
  return first
}

/** Whether two sources cannot mean one key. Reads private keys only where the ids do not tell. */
export function areDifferent(one: PartialKey | undefined, other: PartialKey): boolean {
  if (one === undefined) return false
  if (one.keyId !== undefined && other.keyId !== undefined && one.keyId !== other.keyId) return true
  if (one.readPrivateKey === undefined || other.readPrivateKey === undefined) return false
  return one.readPrivateKey() !== other.readPrivateKey()
}

function readFamily(family: Family, environment: Environment, warn: Warn): PartialKey | undefined {
  const firstSet = (names: readonly string[]): string | undefined => names.find((name) => environment[name])
  const keyIdName = firstSet(family.keyId)
  const names = [keyIdName, firstSet([family.issuerId])].filter((name) => name !== undefined)
  const privateKey = readFamilyKey(family, environment, warn)
  if (names.length === 0 && privateKey === undefined) return undefined
  if (family.inHouse !== undefined && isTrue(environment[family.inHouse]))
    throw noEnterprise(`${family.inHouse} is set`)
  const pathName = firstSet(family.privateKeyPath)
  const path = pathName === undefined ? undefined : environment[pathName]
  const keyId =
    keyIdName === undefined
      ? (path && keyIdOfFile(path)) || undefined
      : resolveReference(environment[keyIdName], environment)
  return {
    source: [...names, ...(privateKey === undefined ? [] : [privateKey.name])].join(', '),
    keyId,
    issuerId: resolveReference(environment[family.issuerId], environment),
    readPrivateKey: privateKey?.read,
  }
}

/** The private key of a family, wherever its variables have it. Variables that have different ones are an error. */
function readFamilyKey(
  family: Family,
  environment: Environment,
  warn: Warn,
): { readonly name: string; readonly read: () => string } | undefined {
  const isBase64 = family.isBase64 !== undefined && isTrue(environment[family.isBase64])
  const readers = [
    ...family.privateKey.map((name) => ({
      name,
      read: (text: string) =>
        readPrivateKey(isBase64 ? fromBase64(text) : (resolveReference(text, environment) ?? ''), name),
    })),
    ...(family.privateKeyBase64 === undefined ? [] : [family.privateKeyBase64]).map((name) => ({
      name,
      read: (text: string) => readPrivateKey(fromBase64(text), name),
    })),
    ...family.privateKeyPath.map((name) => ({ name, read: (path: string) => readKeyFile(path, warn, name) })),
  ]
  const found = readers.flatMap(({ name, read }) => {
    const text = environment[name]
    return text ? [{ source: name, readPrivateKey: () => read(text) }] : []
  })
  const first = agreeing(found, 'environment variables')
  return first?.readPrivateKey === undefined ? undefined : { name: first.source, read: first.readPrivateKey }
}

/** Codemagic's values may stand elsewhere: `@env:NAME`, `@file:PATH`. */
function resolveReference(value: string | undefined, environment: Environment): string | undefined {
  if (!value) return undefined
  if (value.startsWith('@env:')) return environment[value.slice('@env:'.length)]
  if (!value.startsWith('@file:')) return value
  const path = value.slice('@file:'.length)
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw notAuthorised(`${path}, which a variable names with @file:, cannot be read (${codeOf(error)})`)
  }
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(1|true|yes)$/i.test(value)
}
