import { CommanderError, type Command } from 'commander'
import { CommandError } from './command-error.ts'
import { EXIT_DONE, EXIT_FAILED, EXIT_USAGE } from './exit-codes.ts'
import { printError } from './print/print-error.ts'
import { wantsJson } from './print/output-format.ts'
import { createProgram } from './program.ts'

/** Runs the command line, and leaves the exit code in `process.exitCode`. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_DONE)
    throw error
  })
  const words = argv.slice(2)
  const [noun] = words.filter((word) => !word.startsWith('-'))
  // The shell asks while somebody types: nothing is run.
  if (words[0] === 'complete' && words[1] === '--') {
    const { completeWords } = await import('./completion/complete-words.ts')
    process.stdout.write(await completeWords(words.slice(2)))
    return
  }
  const program = await createProgram((name) => name === noun)
  if (words.length === 0) {
    program.outputHelp({ error: true })
    process.exitCode = EXIT_USAGE
    return
  }
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = report(error, program, words)
  }
}

/** Says what went wrong. Returns the exit code. */
function report(error: unknown, program: Command, words: readonly string[]): number {
  if (error instanceof CommanderError) return reportUsage(error, program, words)
  if (error instanceof CommandError) {
    printError(error, wantsJson(words, process.env), process.stderr)
    return error.exitCode
  }
  // What verbs foresee they say themselves; this is a defect of ours, so everything is shown.
  process.stderr.write(`clipflight: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return EXIT_FAILED
}

function reportUsage(error: CommanderError, program: Command, words: readonly string[]): number {
  if (error.exitCode === EXIT_DONE) return EXIT_DONE
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
