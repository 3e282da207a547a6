import { isBuiltInSeed } from '../seed/built-in.ts'
import { DEFAULTS, drawFaultSeed, isIn, RANGES } from '../service/config.ts'
import type { SandboxOptions, TeamOptions } from './options.ts'

interface Option {
  readonly accepts: (value: unknown) => boolean
  /** In words, for scripts that have no types to tell them. */
  readonly expected: string
}

const SEED: Option = {
  accepts: (value) => typeof value === 'string' && (isBuiltInSeed(value) || value.includes(':')),
  expected: `'demo', 'none' or the YAML of a seed file, which is not its name`,
}

const SANDBOX: Readonly<Record<keyof SandboxOptions, Option>> = {
  seed: SEED,
  port: { accepts: (value) => isIn(RANGES.port, value), expected: RANGES.port.expected },
  rateLimit: {
    accepts: (value) => value === 'off' || isIn(RANGES.rateLimit, value),
    expected: `${RANGES.rateLimit.expected}, or 'off'`,
  },
  faultSeed: { accepts: (value) => isIn(RANGES.faultSeed, value), expected: RANGES.faultSeed.expected },
  carryOver: { accepts: (value) => typeof value === 'boolean', expected: 'true or false' },
}

const TEAM: Readonly<Record<keyof TeamOptions, Option>> = { seed: SEED }

/** Every option with its value. Throws a `TypeError` that says all that is wrong. */
export function readOptions(given: SandboxOptions): Required<SandboxOptions> {
  refuseWrong('startSandbox', SANDBOX, given)
  const {
    seed = DEFAULTS.seed,
    port = 0,
    rateLimit = DEFAULTS.rateLimit,
    faultSeed = drawFaultSeed(),
    carryOver = DEFAULTS.carryOver,
  } = given
  return { seed, port, rateLimit, faultSeed, carryOver }
}

/** The seed of a further team. Throws a `TypeError` that says all that is wrong. */
export function readTeamSeed(given: TeamOptions, ofSandbox: string): string {
  refuseWrong('newTeam', TEAM, given)
  return given.seed ?? ofSandbox
}

/** Throws a `TypeError` where what takes the place of the data is no seed, such as the name of a file. */
export function refuseWrongSeed(given: unknown): void {
  if (!SEED.accepts(given)) throw new TypeError(`seed takes ${SEED.expected}.`)
}

function refuseWrong(name: string, options: Readonly<Record<string, Option>>, given: unknown): void {
  const known = Object.keys(options).join(', ')
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError(`${name} takes an object with options: ${known}.`)
  }
  // With what is inherited: that would be read, too.
  const complaints: string[] = []
  for (const option in given) {
    if (!Object.hasOwn(options, option)) complaints.push(`${name} has no option '${option}'. There are: ${known}.`)
  }
  for (const [option, { accepts, expected }] of Object.entries(options)) {
    const value: unknown = Reflect.get(given, option)
    if (value !== undefined && !accepts(value)) complaints.push(`'${option}' of ${name} must be ${expected}.`)
  }
  if (complaints.length > 0) throw new TypeError(complaints.join('\n'))
}
