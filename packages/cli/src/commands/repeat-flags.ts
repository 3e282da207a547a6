import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { toShellWord } from '../shell-word.ts'
import { createProgram } from '../program.ts'
import { namedCommand } from '../terminal/named-command.ts'
import { addConnectionOptions } from './options.ts'

/** What names the key and the service, by the members that options fill. None of them holds a secret. */
export const CONNECTION = addConnectionOptions(new Command()).options.map((option) => option.attributeName())

/** What else decides what a command is about. */
const SUBJECT = [...CONNECTION, 'app', 'build', 'version', 'platform', 'bundle', 'file', 'prune']

/** The same for verbs that control a service. */
export const CONTROLLED = ['dataDir', 'url', 'team'] as const

/**
 * The command line, and behind it those of the options given that its verb takes: without them it would go elsewhere,
 * or be about something else. What it says itself stays.
 */
export async function repeatFlags(line: string, given: object, members: readonly string[] = SUBJECT): Promise<string> {
  const [, ...words] = line.split(' ')
  const { command } = namedCommand(await createProgram((name) => name === words[0]), words)
  const values = new Map<string, unknown>(Object.entries(given))
  const flags = command.options.flatMap((option) => {
    const { long } = option
    const member = option.attributeName()
    const value = values.get(member)
    if (!long || value === undefined || !members.includes(member) || words.includes(long)) return []
    return typeof value === 'string' ? [long, toShellWord(value)] : [long]
  })
  return [line, ...flags].join(' ')
}

/** A command at the end of a line of advice. */
const ADVISED = /clipflight [^`"]+$/

interface Repeating {
  /** What may be repeated, where it is not all that a service and a build are named by. */
  readonly members?: readonly string[]
  /** What a failed call means. */
  readonly explain?: (error: unknown) => unknown
}

/** Runs it, and has the commands that a failure advises repeat what was given. */
export async function repeatingFlags<T>(
  given: object,
  work: () => T | Promise<T>,
  { members, explain = (error) => error }: Repeating = {},
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw await repeatFlagsInAdvice(explain(error), given, members)
  }
}

/** Other errors come back as they are. */
async function repeatFlagsInAdvice(error: unknown, given: object, members?: readonly string[]): Promise<unknown> {
  if (!(error instanceof CommandError)) return error
  const { message, exitCode, facts, cause } = error
  const advice = await Promise.all(
    error.advice.map(async (line) => {
      const [command] = ADVISED.exec(line) ?? []
      if (command === undefined) return line
      return line.slice(0, -command.length) + (await repeatFlags(command, given, members))
    }),
  )
  return new CommandError(message, { exitCode, advice, facts, cause })
}
