import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'

interface Timeout {
  readonly description: string
  readonly usual: string
}

const FOR_A_BUILD: Timeout = { description: 'how long to wait, such as 90s, 30m or 2h', usual: '1h' }

/** Adds `--timeout`, in milliseconds once it is read. */
export function addTimeoutOption(command: Command, { description, usual }: Timeout = FOR_A_BUILD): Command {
  const option = new Option('--timeout <time>', description)
  return command.addOption(option.default(toMilliseconds(usual), usual).argParser(toMilliseconds))
}

const MILLISECONDS_BY_UNIT: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

function toMilliseconds(text: string): number {
  const [, count, unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? []
  const milliseconds = Number(count ?? Number.NaN) * (MILLISECONDS_BY_UNIT.get(unit) ?? Number.NaN)
  if (milliseconds > 0) return milliseconds
  throw wrongUsage(`--timeout must be a time such as 90s, 30m or 2h, not '${text}'`)
}
