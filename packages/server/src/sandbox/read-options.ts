import { DEFAULTS, drawFaultSeed, RANGES } from '../service/config.ts'

export interface SandboxOptions {
  /** `demo` unless said; `none`, or the YAML of a seed file with one team. */
  readonly seed?: string
  /** Any free one unless said. */
  readonly port?: number
  /** Requests per key and rolling hour; Apple's 3,600 unless said. */
  readonly rateLimit?: number | 'off'
  /** All chance of faults comes from it; another each time unless said. */
  readonly faultSeed?: number
  /** Whether invocations of the previous build come along with a new one; so unless said. */
  readonly carryOver?: boolean
}

export interface TeamOptions {
  /** The sandbox's unless said. */
  readonly seed?: string
}

/** What each option must be, for scripts that have no types to tell them. */
const EXPECTED: Readonly<
  Record<keyof SandboxOptions, { readonly in: (value: unknown) => boolean; readonly expected: string }>
> = {
  seed: { in: (value) => typeof value === 'string', expected: `'demo', 'none' or the YAML of a seed file` },
  port: { in: isIn(RANGES.port), expected: RANGES.port.expected },
  rateLimit: {
    in: (value) => value === 'off' || isIn(RANGES.rateLimit)(value),
    expected: RANGES.rateLimit.expected,
  },
  faultSeed: { in: isIn(RANGES.faultSeed), expected: RANGES.faultSeed.expected },
  carryOver: { in: (value) => typeof value === 'boolean', expected: 'true or false' },
}

function isIn({ lowest, highest }: { readonly lowest: number; readonly highest: number }): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= lowest && value <= highest
}

/** Every option with its value. Throws a `TypeError` that says all that is wrong. */
export function readOptions(given: SandboxOptions): Required<SandboxOptions> {
  refuseWrongOptions('startSandbox', given, ['seed', 'port', 'rateLimit', 'faultSeed', 'carryOver'])
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
  refuseWrongOptions('newTeam', given, ['seed'])
  return given.seed ?? ofSandbox
}

function refuseWrongOptions(name: string, given: object, known: readonly (keyof SandboxOptions)[]): void {
  const complaints = Object.entries(given).flatMap(([option, value]: [string, unknown]) => {
    const rule = known.find((each) => each === option)
    if (rule === undefined) return [`has no option '${option}': there are ${known.join(', ')}`]
    return value === undefined || EXPECTED[rule].in(value) ? [] : [`needs ${EXPECTED[rule].expected} as '${option}'`]
  })
  if (complaints.length > 0) throw new TypeError(complaints.map((complaint) => `${name} ${complaint}.`).join('\n'))
}
