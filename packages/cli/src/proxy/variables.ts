import { sep } from 'node:path'
import { KEY_VARIABLES } from '../connection/environment-keys.ts'

/** What clients need to get through a proxy to a service. */
export interface Way {
  readonly proxyUrl: string
  /** Of the service; absolute. */
  readonly dataDir: string
  /** Of our authority alone. */
  readonly certificatePath: string
  /** Of every root that is trusted, ours among them. */
  readonly rootsPath: string
  /** Undefined when no key to the service is known. */
  readonly key: WayKey | undefined
}

export interface WayKey {
  readonly keyId: string
  /** Undefined for an individual key. */
  readonly issuerId: string | undefined
  /** PEM. */
  readonly privateKey: string
  readonly privateKeyPath: string
  /** The same in fastlane's form. */
  readonly fastlanePath: string
}

/** How an environment is changed. */
export interface Variables {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

/** Only this machine is reached past the proxy: what it is not asked for it cannot refuse. */
const NO_PROXY = 'localhost,127.0.0.1,::1'

/** They would send clients past the proxy, or give them another key. */
const MISLEADING = [
  'ASC_BASE_URL',
  'ASC_API_BASE_URL',
  // With it spaceship takes a proxy of its own.
  'SPACESHIP_DEBUG',
]
const MISLEADING_ABOUT_KEYS = [
  ...KEY_VARIABLES,
  'APP_STORE_CONNECT_API_KEY',
  'ASC_PRIVATE_KEY_BASE64',
  'ASC_PROFILE',
  'CLIPFLIGHT_PROFILE',
  'DELIVER_API_KEY',
  'DELIVER_API_KEY_PATH',
  'PILOT_API_KEY',
]

/** What makes clients go the way, whatever the environment says so far. */
export function variablesFor(way: Way, environment: Readonly<Record<string, string | undefined>>): Variables {
  const set = { ...connectionVariables(way, environment), ...(way.key === undefined ? {} : keyVariables(way.key)) }
  const misleading = [...MISLEADING, ...(way.key === undefined ? [] : MISLEADING_ABOUT_KEYS)]
  return { set, unset: misleading.filter((name) => !(name in set) && environment[name] !== undefined) }
}

function connectionVariables(
  { proxyUrl, dataDir, certificatePath, rootsPath }: Way,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return {
    ...inBothCases({ HTTPS_PROXY: proxyUrl, HTTP_PROXY: proxyUrl, ALL_PROXY: proxyUrl, NO_PROXY }),
    SSL_CERT_FILE: rootsPath,
    CURL_CA_BUNDLE: rootsPath,
    REQUESTS_CA_BUNDLE: rootsPath,
    // Node adds it to its own roots, so what the variable named before is what may be missing.
    NODE_EXTRA_CA_CERTS: environment['NODE_EXTRA_CA_CERTS'] ? rootsPath : certificatePath,
    NODE_USE_ENV_PROXY: '1',
    // What `--local` and `sandbox` find the service by.
    CLIPFLIGHT_DATA_DIR: dataDir,
    SPACESHIP_PROXY: proxyUrl,
    SPACESHIP_PROXY_SSL_VERIFY_NONE: '1',
  }
}

/** Some programs know the one spelling, some the other. */
function inBothCases(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => [
      [name, value],
      [name.toLowerCase(), value],
    ]),
  )
}

/** Under the names that tools read; the text of the key only for those that take no path. */
function keyVariables({ keyId, issuerId, privateKey, privateKeyPath, fastlanePath }: WayKey) {
  const issuer = (name: string): Readonly<Record<string, string>> =>
    issuerId === undefined ? {} : { [name]: issuerId }
  return {
    ASC_KEY_ID: keyId,
    ...issuer('ASC_ISSUER_ID'),
    ASC_PRIVATE_KEY_PATH: privateKeyPath,
    ASC_KEY_PATH: privateKeyPath,
    // asc prefers what it keeps in the keychain.
    ASC_BYPASS_KEYCHAIN: '1',
    APP_STORE_CONNECT_KEY_IDENTIFIER: keyId,
    APP_STORE_CONNECT_KEY_ID: keyId,
    ...issuer('APP_STORE_CONNECT_ISSUER_ID'),
    APP_STORE_CONNECT_PRIVATE_KEY: privateKey,
    APP_STORE_CONNECT_P8_PATH: privateKeyPath,
    APP_STORE_CONNECT_API_KEY_KEY_ID: keyId,
    ...issuer('APP_STORE_CONNECT_API_KEY_ISSUER_ID'),
    APP_STORE_CONNECT_API_KEY_KEY_FILEPATH: privateKeyPath,
    APP_STORE_CONNECT_API_KEY_PATH: fastlanePath,
    SPACESHIP_CONNECT_API_KEY_ID: keyId,
    ...issuer('SPACESHIP_CONNECT_API_ISSUER_ID'),
    SPACESHIP_CONNECT_API_KEY_FILEPATH: privateKeyPath,
  }
}

/** A way with everything that may be on one: its variables are all that `variablesFor` ever sets. */
const ANY_WAY: Way = {
  proxyUrl: '',
  dataDir: '',
  certificatePath: '',
  rootsPath: '',
  key: { keyId: '', issuerId: '', privateKey: '', privateKeyPath: '', fastlanePath: '' },
}

/**
 * What takes an environment off the way again that leads through the proxy of a data directory; nothing, where it is on
 * no such way. What was there before `variablesFor` changed it does not come back.
 */
export function variablesBack(dataDir: string, environment: Readonly<Record<string, string | undefined>>): Variables {
  // Only we name a file in there.
  const isOnTheWay = environment['SSL_CERT_FILE']?.startsWith(`${dataDir}${sep}`) === true
  const names = Object.keys(variablesFor(ANY_WAY, {}).set)
  return { set: {}, unset: isOnTheWay ? names.filter((name) => environment[name] !== undefined) : [] }
}

/** The environment with these changes. */
export function changed(environment: NodeJS.ProcessEnv, { set, unset }: Variables): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !unset.includes(name))
  return { ...Object.fromEntries(kept), ...set }
}

/** The changes as a POSIX shell makes them. */
export function writeShell({ set, unset }: Variables): string {
  const lines = [
    ...unset.map((name) => `unset ${name}`),
    ...Object.entries(set).map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
