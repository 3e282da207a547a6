import { parseArgs } from 'node:util'

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
  /** Runs of every program that is measured as a whole process. */
  readonly processes: number
  /** Of the work of clients within one process. */
  readonly repetitions: number
  /** What is measured. */
  readonly groups: readonly GroupName[]
}

/** What can be measured without the rest. */
export const GROUP_NAMES = ['service', 'sandbox', 'proxy', 'client', 'command', 'console'] as const
export type GroupName = (typeof GROUP_NAMES)[number]

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
  processes: 20,
  repetitions: 100,
  groups: GROUP_NAMES,
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
  processes: 5,
  repetitions: 20,
}

export const CONNECTIONS = 32

/** `--quick`, and `--only` with what is to be measured, as often as wanted. */
export function readPlan(args: readonly string[]): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true, default: [] } },
  })
  const plan = values.quick ? QUICK : FULL
  if (values.only.length === 0) return plan
  const unknown = values.only.filter((name) => !GROUP_NAMES.some((known) => known === name))
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(' ')}. There is ${GROUP_NAMES.join(', ')}.`)
  return { ...plan, groups: GROUP_NAMES.filter((name) => values.only.includes(name)) }
}

/** Whether it is a report that others may judge by. */
export function isComplete({ quick, groups }: Plan): boolean {
  return !quick && groups.length === GROUP_NAMES.length
}
