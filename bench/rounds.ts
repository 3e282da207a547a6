import type { Load, Outcome } from './load.ts'
import type { Plan } from './options.ts'
import { runLoad } from './run-load.ts'

export interface Contestant {
  readonly name: string
  /** Made anew for every round: tokens expire. */
  readonly load: () => Load
  /** Hears of every load, the warm-up too. */
  readonly ended?: (outcome: Outcome) => void
}

export async function runOnce({ load, ended }: Omit<Contestant, 'name'>, seconds: number): Promise<Outcome> {
  const outcome = await runLoad(load(), seconds)
  ended?.(outcome)
  return outcome
}

/** The medians of all rounds, by the contestant's name. */
export type Outcomes = ReadonlyMap<string, Outcome>

/** Each contestant in turn, round after round, so that a drift of the machine hits all of them alike. */
export async function alternate(contestants: readonly Contestant[], plan: Plan): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome[]>(contestants.map(({ name }) => [name, []]))
  for (const contestant of contestants) await runOnce(contestant, plan.secondsOfWarmUp)
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const contestant of contestants) {
      const { name } = contestant
      const outcome = await runOnce(contestant, plan.secondsPerRound)
      outcomes.get(name)?.push(outcome)
      const { perSecond, p99Milliseconds, failures } = outcome
      say(
        `  ${round}. ${name}: ${Math.round(perSecond)}/s, p99 ${p99Milliseconds.toFixed(1)} ms${failures === 0 ? '' : `, ${failures} FAILED`}`,
      )
    }
  }
  return new Map([...outcomes].map(([name, each]) => [name, medianOutcome(each)]))
}

function medianOutcome(outcomes: readonly Outcome[]): Outcome {
  const medianOf = (read: (outcome: Outcome) => number) => median(outcomes.map(read))
  return {
    requests: sum(outcomes.map(({ requests }) => requests)),
    perSecond: medianOf(({ perSecond }) => perSecond),
    p50Milliseconds: medianOf(({ p50Milliseconds }) => p50Milliseconds),
    p99Milliseconds: medianOf(({ p99Milliseconds }) => p99Milliseconds),
    failures: sum(outcomes.map(({ failures }) => failures)),
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** What the least disturbed quarter stays below: other work on the machine makes the same work dearer, never cheaper. */
export function lowerQuartile(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 4)] ?? Number.NaN
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

export function outcomeOf(outcomes: Outcomes, name: string): Outcome {
  const outcome = outcomes.get(name)
  if (outcome === undefined) throw new Error(`Nobody was called ${name}`)
  return outcome
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
