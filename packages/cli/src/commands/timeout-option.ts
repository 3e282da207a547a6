import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import { readDuration } from './read-duration.ts'

interface Timeout {
  readonly description: string
  readonly usual: string
  /** What is meant too by who gives it. */
  readonly implied?: Readonly<Record<string, true>>
}

const FOR_A_BUILD: Timeout = { description: 'how long to wait, such as 90s, 30m or 2h', usual: '1h' }

/** Adds `--timeout`, in milliseconds once it is read. */
export function addTimeoutOption(
  command: Command,
  { description, usual, implied = {} }: Timeout = FOR_A_BUILD,
): Command {
  const option = new Option('--timeout <time>', description).implies({ ...implied })
  return command.addOption(option.default(toMilliseconds(usual), usual).argParser(toMilliseconds))
}

function toMilliseconds(text: string): number {
  const milliseconds = readDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  throw wrongUsage(`--timeout must be a time such as 90s, 30m or 2h, not '${text}'`)
}
