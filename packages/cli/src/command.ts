import { CommanderError } from 'commander'
import { EXIT_DONE, EXIT_USAGE } from './exit-codes.ts'
import { createProgram } from './program.ts'

/** Runs the command line, and leaves the exit code in `process.exitCode`. */
export async function runCommand(argv: readonly string[]): Promise<void> {
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
    // Help and version end so too.
    if (error instanceof CommanderError && error.exitCode === EXIT_DONE) return
    const { report } = await import('./terminal/report.ts')
    process.exitCode = report(error, program, words)
  }
}
