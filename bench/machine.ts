import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem, type } from 'node:os'

const GIBIBYTE = 1024 ** 3

/** What the figures depend on, for the head of the report. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memory: string
  readonly system: string
  readonly node: string
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / GIBIBYTE)} GiB`,
    system: `${distribution()} (${type()} ${release()})`,
    node: process.version,
  }
}

function distribution(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? type()
  } catch {
    return type()
  }
}

/** Whether a program is on the PATH. */
function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
}

export const HAS_WRK = isInstalled('wrk')

/** Servers get core 0, whatever loads them core 1; elsewhere the system places them. */
export const CAN_PIN = availableParallelism() > 1 && isInstalled('taskset')

export const SERVER_CORE = 0
export const LOAD_CORE = 1

/** The command that runs another on one core. */
export function onCore(core: number, command: string, args: readonly string[]): readonly [string, string[]] {
  return CAN_PIN ? ['taskset', ['-c', String(core), command, ...args]] : [command, [...args]]
}
