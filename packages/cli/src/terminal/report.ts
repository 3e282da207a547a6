import { CommanderError, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED, EXIT_USAGE } from '../exit-codes.ts'
import { showText } from '../print/show-text.ts'
import { printError } from './print-error.ts'
import { wantsJson } from './output-format.ts'

/** Says what a command ended with, if it is a failure. Returns the exit code. */
export function report(error: unknown, program: Command, words: readonly string[]): number {
  const exitCode = say(error, program, words)
  // Who asks for it takes 2 for changes, so that no failure may end with it.
  return words.includes('--detailed-exitcode') ? EXIT_FAILED : exitCode
}

function say(error: unknown, program: Command, words: readonly string[]): number {
  if (error instanceof CommanderError) return reportUsage(error, program, words)
  if (error instanceof CommandError) {
    printError(error, wantsJson(words, process.env), process.stderr)
    return error.exitCode
  }
  // What verbs foresee they say themselves; this is a defect of ours, so everything is shown.
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
  process.stderr.write(`clipflight: ${lines.map(showText).join('\n')}\n`)
  return EXIT_FAILED
}

function reportUsage(error: CommanderError, program: Command, words: readonly string[]): number {
  // A noun without a verb: its help has been printed.
  if (error.code === 'commander.help') return EXIT_USAGE
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const said = suggestion === undefined ? message : `${message}. ${suggestion.replace(/^\((.*)\)$/, '$1')}`
  const advice = [`Run \`${namedCommand(program, words)} --help\` to see what there is.`]
  printError(new CommandError(said, { exitCode: EXIT_USAGE, advice }), wantsJson(words, process.env), process.stderr)
  return EXIT_USAGE
}

/** The command that the words lead to, such as `clipflight apps list`. */
function namedCommand(program: Command, words: readonly string[]): string {
  let command = program
  const path = [program.name()]
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word)
    if (next === undefined) break
    command = next
    path.push(word)
  }
  return path.join(' ')
}
