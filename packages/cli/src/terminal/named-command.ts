import type { Command } from 'commander'

export interface NamedCommand {
  readonly command: Command
  /** Such as `clipflight apps list`. */
  readonly path: string
  /** The words behind those. */
  readonly rest: readonly string[]
}

/** The command that the words lead to. */
export function namedCommand(program: Command, words: readonly string[]): NamedCommand {
  let command = program
  const path = [program.name()]
  for (const [at, word] of words.entries()) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) return { command, path: path.join(' '), rest: words.slice(at) }
    command = next
    path.push(word)
  }
  return { command, path: path.join(' '), rest: [] }
}
