import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { Command } from 'commander'
import { VERBS } from './verbs.ts'

/** The program with the declarations of the verbs named; of the others only their names and summaries. */
export async function createProgram(isWanted: (name: string) => boolean): Promise<Command> {
  const program = new Command('clipflight')
    .description('Beta App Clip invocations as code, against App Store Connect or a service of your own.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    // A verb may have a `--version` too: what stands behind a verb is its own.
    .enablePositionalOptions()
    .configureHelp({ showGlobalOptions: false })
    // Errors are thrown, and said in one place.
    .configureOutput({ outputError: () => undefined })
    .exitOverride()
  program.addHelpText(
    'after',
    `
Examples:
  $ clipflight serve
      a service of your own, with demo data, on this machine
  $ clipflight invocations list --local --app com.example.coffee
      what testers of its newest build can launch
  $ clipflight auth login
      with a key to App Store Connect
  $ clipflight plan
      what clipflight.yaml would change on the newest build; \`clipflight apply\` changes it

Run \`clipflight <command> --help\` for the options and examples of a command.
Manual: docs/cli.md. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 not authorised, 4 not found, 5 conflict.`,
  )
  for (const { name, summary, add } of VERBS) {
    if (isWanted(name)) await add(program)
    else program.command(name).summary(summary)
  }
  for (const noun of program.commands) noun.helpCommand(false)
  return program
}

/** Of the package that this file is installed with. */
function version(): string {
  const path = findPackageJSON(import.meta.url)
  const manifest: unknown = path === undefined ? {} : JSON.parse(readFileSync(path, 'utf8'))
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined
  return String(found ?? 'unknown')
}
