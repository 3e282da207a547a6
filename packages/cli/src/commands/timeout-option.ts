import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import { readDuration } from './read-duration.ts'

/** Adds `--timeout`, in milliseconds once it is read. */
export function addTimeoutOption(command: Command): Command {
  const option = new Option('--timeout <time>', 'how long to wait, such as 90s, 30m or 2h')
  return command.addOption(option.default(3_600_000, '1h').argParser(toMilliseconds))
}

function toMilliseconds(text: string): number {
  const milliseconds = readDuration(text)
  if (milliseconds !== undefined && milliseconds > 0) return milliseconds
  throw wrongUsage(`--timeout must be a time such as 90s, 30m or 2h, not '${text}'`)
}
