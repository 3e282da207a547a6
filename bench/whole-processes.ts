import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { median, say } from './rounds.ts'

/** A program that is run from its start to its end. */
export interface Program {
  readonly name: string
  readonly args: readonly string[]
  /** Nothing of this process' own is passed on, so that nobody's keys and settings are measured. */
  readonly environment?: Readonly<Record<string, string>>
}

/** What every start is compared with. */
export const NODE_ALONE: Program = { name: '`node -e 0`', args: ['-e', '0'] }

/** One run of a program. */
export interface Run {
  readonly milliseconds: number
  readonly output: string
}

/** Runs of each program, by its name. */
export type Runs = ReadonlyMap<string, readonly Run[]>

/** Runs Node with those arguments, from before the process is spawned until it is gone. Throws what it complains of. */
export async function runToEnd({ name, args, environment = {} }: Program): Promise<Run> {
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
  const ended = once(child, 'close')
  const [output, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  await ended
  const milliseconds = performance.now() - began
  if (child.exitCode !== 0) throw new Error(`${name} ended with ${child.exitCode}: ${complaint.trim()}`)
  return { milliseconds, output }
}

/** Each program in turn, round after round, and once before the first round, whose files are not yet in memory. */
export async function runInTurns(programs: readonly Program[], rounds: number): Promise<Runs> {
  const runs = new Map<string, Run[]>(programs.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round += 1) {
    for (const program of programs) {
      const run = await runToEnd(program)
      if (round > 0) runs.get(program.name)?.push(run)
    }
  }
  for (const { name } of programs) say(`  ${name}: ${medianMilliseconds(runs, name).toFixed(1)} ms`)
  return runs
}

export function runsOf(runs: Runs, name: string): readonly Run[] {
  const found = runs.get(name)
  if (found === undefined) throw new Error(`Nobody was called ${name}`)
  return found
}

export function medianMilliseconds(runs: Runs, name: string): number {
  return median(runsOf(runs, name).map(({ milliseconds }) => milliseconds))
}
