import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { EXIT_FAILED, EXIT_USAGE } from './exit-codes.ts'

/** What each verb needs is loaded when it is called for. */
const VERBS: readonly {
  readonly name: string
  readonly summary: string
  readonly add: (program: Command) => Promise<void>
}[] = [
  { name: 'serve', summary: 'run the service', add: async (program) => (await import('./serve.ts')).addServe(program) },
]

/** Runs the command line, and leaves the exit code in `process.exitCode`. */
export async function runCommand(argv: readonly string[]): Promise<void> {
  const program = new Command('clipflight')
    .description('A self-hosted App Store Connect service for beta App Clip invocations.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .showHelpAfterError('Run with --help to see what there is.')
    .configureHelp({ showGlobalOptions: false })
  program.addHelpText('after', '\nRun `clipflight <command> --help` for the options and examples of a command.')
  program.exitOverride(({ exitCode }) => {
    process.exit(exitCode === 0 ? 0 : EXIT_USAGE)
  })
  for (const { name, summary, add } of VERBS) {
    if (argv.includes(name)) await add(program)
    else program.command(name).summary(summary)
  }
  if (argv.length <= 2) {
    program.outputHelp({ error: true })
    process.exitCode = EXIT_USAGE
    return
  }
  try {
    await program.parseAsync(argv)
  } catch (error) {
    // What verbs foresee they say themselves; this is a defect of ours, so everything is shown.
    process.stderr.write(`clipflight: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(EXIT_FAILED)
  }
}

/** Of the package that this file is installed with. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const manifest: unknown = JSON.parse(text)
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined
  return String(found ?? 'unknown')
}
