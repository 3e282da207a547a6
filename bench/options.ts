/** How much is measured. */
export interface Plan {
  readonly quick: boolean
  /** Of every alternation A B A B. */
  readonly rounds: number
  readonly secondsPerRound: number
  readonly secondsOfWarmUp: number
  readonly smallInvocations: number
  readonly largeInvocations: number
  readonly deepPage: number
  readonly starts: number
  readonly requestsBeforeMemory: number
}

const FULL: Plan = {
  quick: false,
  rounds: 5,
  secondsPerRound: 4,
  secondsOfWarmUp: 3,
  smallInvocations: 1000,
  largeInvocations: 1_000_000,
  deepPage: 2000,
  starts: 10,
  requestsBeforeMemory: 100_000,
}

/** Says roughly where things stand; its figures are not for `docs/benchmarks.md`. */
const QUICK: Plan = {
  ...FULL,
  quick: true,
  rounds: 3,
  secondsPerRound: 2,
  secondsOfWarmUp: 1,
  largeInvocations: 50_000,
  deepPage: 100,
  starts: 5,
}

export const CONNECTIONS = 32

export function readPlan(args: readonly string[]): Plan {
  const unknown = args.filter((arg) => arg !== '--quick')
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. The only option is --quick.`)
  return args.includes('--quick') ? QUICK : FULL
}
