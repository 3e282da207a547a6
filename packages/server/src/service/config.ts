import { randomInt } from 'node:crypto'
import { resolve } from 'node:path'
import { HOST_FORM } from '../host-form.ts'

/** What the command and `startSandbox` begin with alike. */
export const DEFAULTS = { seed: 'demo', rateLimit: 3600, carryOver: true } as const

interface Range {
  readonly lowest: number
  readonly highest: number
  /** In words, for whoever said something else. */
  readonly expected: string
}

/** What numbers an option can have. */
export const RANGES = {
  port: { lowest: 0, highest: 65_535, expected: 'a whole number from 0 to 65535' },
  rateLimit: { lowest: 1, highest: 1_000_000_000, expected: 'a whole number from 1 to 1000000000' },
  faultSeed: { lowest: 0, highest: 2 ** 32 - 1, expected: 'a whole number from 0 to 4294967295' },
} as const satisfies Readonly<Record<string, Range>>

/** Whether a value is one of those numbers. */
export function isIn({ lowest, highest }: Range, value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest
}

/** What all chance of faults comes from where nobody says so. */
export function drawFaultSeed(): number {
  return randomInt(RANGES.faultSeed.highest + 1)
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
const OUTPUTS = ['text', 'json'] as const

/** How the service runs; nothing else of it depends on where or by whom it was started. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute. */
  readonly dataDir: string
  /** Undefined: SQLite, in the data directory. */
  readonly databaseUrl: string | undefined
  /** The name of a built-in seed, or the path of a file. */
  readonly seed: string
  /** Without a slash at the end. */
  readonly publicUrl: string | undefined
  readonly rateLimit: number | 'off'
  readonly logLevel: (typeof LOG_LEVELS)[number]
  readonly output: (typeof OUTPUTS)[number]
  /** Whether the control API answers, requests are recorded and faults can be set up. */
  readonly control: boolean
  /** Whether the console is served, and sessions and links for testers open anything. */
  readonly console: boolean
  /** Undefined: another with each start. */
  readonly faultSeed: number | undefined
  /** Whether invocations of the previous build come along with a new one. */
  readonly carryOver: boolean
  /** Names, without ports, under which control API and console may be asked for, beside those of this machine. */
  readonly allowedHosts: readonly string[]
}

/** One option of the service, by which a command line and its help are made too. */
export interface ServiceOption {
  readonly name: keyof Options
  readonly flag: string
  readonly variable: string
  /** What the help shows for the value. */
  readonly placeholder: string
  readonly fallback?: string
  readonly description: string
}

/** Options as text, by name. Empty text is as good as none, for that is how environments leave things out. */
export type Options = Partial<
  Record<
    | 'port'
    | 'host'
    | 'dataDir'
    | 'database'
    | 'seed'
    | 'publicUrl'
    | 'rateLimit'
    | 'logLevel'
    | 'output'
    | 'control'
    | 'console'
    | 'faultSeed'
    | 'carryOver'
    | 'allowedHost',
    string | undefined
  >
>

export const SERVICE_OPTIONS: readonly ServiceOption[] = [
  option('port', '--port', '<number>', 'port to listen on; 0 takes any free one', '8642'),
  option('host', '--host', '<address>', 'address to listen on; 0.0.0.0 opens the service to the network', '127.0.0.1'),
  option('dataDir', '--data-dir', '<path>', 'directory of the database and the keys', '.clipflight'),
  option('database', '--database', '<url>', 'PostgreSQL to use instead of SQLite: postgres://user:password@host/name'),
  option('seed', '--seed', '<demo|none|file>', 'what an empty database starts with; a file is YAML', DEFAULTS.seed),
  option('publicUrl', '--public-url', '<url>', 'what links in answers begin with, behind a proxy'),
  option('rateLimit', '--rate-limit', '<number|off>', 'requests per key and hour', String(DEFAULTS.rateLimit)),
  option('logLevel', '--log-level', `<level>`, `how much is logged: ${LOG_LEVELS.join(', ')}`, 'warn'),
  option('control', '--control', '<on|off>', 'teams, faults, clock and request log, for who has the admin token', 'on'),
  option('console', '--console', '<on|off>', 'pages for people at /console, and links for testers', 'on'),
  option('allowedHost', '--allowed-host', '<names>', 'other hosts, after commas, that control API and console have'),
  option(
    'faultSeed',
    '--fault-seed',
    '<number>',
    'what all chance of faults comes from; another with each start if not given',
  ),
  option(
    'carryOver',
    '--carry-over',
    '<on|off>',
    'whether a new build gets the invocations of the one before',
    toSwitchText(DEFAULTS.carryOver),
  ),
  option('output', '--output', '<text|json>', 'how the address and the credentials are printed', 'text'),
]

function option(
  name: keyof Options,
  flag: string,
  placeholder: string,
  description: string,
  fallback?: string,
): ServiceOption {
  const variable = `CLIPFLIGHT_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`
  return { name, flag, variable, placeholder, description, ...(fallback === undefined ? {} : { fallback }) }
}

/** An option has a value that it cannot have. The message has one line for each. */
export class BadOptions extends Error {
  override readonly name = 'BadOptions'
}

/** The configuration that options and, where they are missing, environment variables come to. */
export function readConfig(options: Options, environment: Readonly<Record<string, string | undefined>> = {}): Config {
  const complaints: string[] = []

  function read<T>(name: keyof Options, toValue: (text: string) => T | undefined, expected: string): T | undefined {
    const { flag, variable, fallback } = optionNamed(name)
    const [text, origin] = options[name] ? [options[name], flag] : [environment[variable] || fallback, variable]
    if (text === undefined) return undefined
    const value = toValue(text)
    if (value === undefined) complaints.push(`${origin} must be ${expected}, not '${name === 'database' ? '…' : text}'`)
    return value
  }

  const config = {
    port: read('port', (text) => toInteger(text, RANGES.port), RANGES.port.expected),
    host: read('host', (text) => text, 'an address'),
    dataDir: read('dataDir', (text) => resolve(text), 'a path'),
    // Its text is not repeated: it may hold a password.
    databaseUrl: read('database', toDatabaseUrl, 'a URL such as postgres://user:password@host/name'),
    seed: read('seed', (text) => text, `'demo', 'none' or a path`),
    publicUrl: read('publicUrl', toPublicUrl, 'an http or https URL without query'),
    rateLimit: read(
      'rateLimit',
      (text) => (text === 'off' ? ('off' as const) : toInteger(text, RANGES.rateLimit)),
      `${RANGES.rateLimit.expected}, or 'off'`,
    ),
    logLevel: read('logLevel', (text) => LOG_LEVELS.find((level) => level === text), `one of ${LOG_LEVELS.join(', ')}`),
    control: read('control', toSwitch, `'on' or 'off'`),
    console: read('console', toSwitch, `'on' or 'off'`),
    allowedHosts: read('allowedHost', toHosts, 'host names after commas, without ports') ?? [],
    faultSeed: read('faultSeed', (text) => toInteger(text, RANGES.faultSeed), RANGES.faultSeed.expected),
    carryOver: read('carryOver', toSwitch, `'on' or 'off'`),
    output: read('output', (text) => OUTPUTS.find((output) => output === text), `'text' or 'json'`),
  }
  if (complaints.length > 0 || !isComplete(config)) throw new BadOptions(complaints.join('\n'))
  return Object.freeze(config)
}

type Read = { readonly [K in keyof Config]: Config[K] | undefined }

function isComplete(config: Read): config is Config {
  const { databaseUrl: _database, publicUrl: _url, faultSeed: _seed, ...required } = config
  return Object.values(required).every((value) => value !== undefined)
}

function optionNamed(name: keyof Options): ServiceOption {
  const found = SERVICE_OPTIONS.find((each) => each.name === name)
  if (found === undefined) throw new Error(`There is no option '${name}'`)
  return found
}

function toInteger(text: string, range: Range): number | undefined {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  return isIn(range, value) ? value : undefined
}

function toSwitchText(isOn: boolean): string {
  return isOn ? 'on' : 'off'
}

function toSwitch(text: string): boolean | undefined {
  return text === 'on' || text === 'off' ? text === 'on' : undefined
}

const HOST = new RegExp(`^${HOST_FORM}$`)

function toHosts(text: string): readonly string[] | undefined {
  const hosts = text.split(',').map((host) => host.trim())
  return hosts.every((host) => HOST.test(host)) ? hosts : undefined
}

function toDatabaseUrl(text: string): string | undefined {
  const url = URL.parse(text)
  return url?.protocol === 'postgres:' || url?.protocol === 'postgresql:' ? text : undefined
}

function toPublicUrl(text: string): string | undefined {
  const url = URL.parse(text)
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:'
  return isHttp && url.search === '' && url.hash === '' && url.username === ''
    ? url.href.replace(/\/+$/, '')
    : undefined
}
