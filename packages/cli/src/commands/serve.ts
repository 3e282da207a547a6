import { BadOptions, CannotStart, readConfig, startService, type Config, type Options } from '@clipflight/server'
import type { Command } from 'commander'
import { codeOf } from '../command-error.ts'
import { EXIT_FAILED, EXIT_USAGE } from '../exit-codes.ts'
import { onceParentIsGone } from './serve/exit-with-parent.ts'
import { writeJsonGreeting, writeTextGreeting } from './serve/greeting.ts'
import { closeOnSignals } from '../signals.ts'
import { addServiceOptions } from './service-options.ts'

const EXAMPLES = `
Examples:
  $ clipflight serve
      with demo data in .clipflight, on http://127.0.0.1:8642
  $ clipflight serve --port 0 --data-dir "$(mktemp -d)" --output json
      on any free port, for a test: the first line of output says where, and with which key
  $ clipflight serve --seed team.yaml --rate-limit off
      with data of your own (docs/seed-files.md)
  $ CLIPFLIGHT_DATABASE=postgres://user:password@db/clipflight clipflight serve --host 0.0.0.0
      in PostgreSQL, open to the network

A flag wins over its environment variable. While the service runs, \`clipflight sandbox\` controls it: teams, builds,
faults, the clock, and the log of requests.`

/** The verb `serve`: runs the service until it is told to stop. */
export function addServe(program: Command): void {
  const serve = program.command('serve').description('Run the service until SIGTERM or SIGINT.')
  addServiceOptions(serve)
  serve.option('--exit-with-parent', 'end when the process that started this one has ended')
  serve.addHelpText('after', EXAMPLES)
  serve.action(async ({ exitWithParent = false, ...options }: Options & { exitWithParent?: boolean }) =>
    runServe(options, exitWithParent),
  )
}

/** What is in the way is said as a line of the log, which standard error is here, whatever `--output` says. */
async function runServe(options: Options, exitWithParent: boolean): Promise<void> {
  // Before anything takes time in which it could end.
  const parent = process.ppid
  const config = readOrExit(options)
  try {
    const service = await startService(config, { log: writeLine })
    const close = closeOnSignals(() => service.close())
    if (exitWithParent) onceParentIsGone(parent, close)
    process.stdout.write(
      config.output === 'json'
        ? writeJsonGreeting(service)
        : await writeTextGreeting(service, config, Date.now(), process.env),
    )
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    writeLine(isTaken(error, config) ? await sayTaken(error, config) : error.message)
    process.exit(EXIT_FAILED)
  }
}

/** Whether the database or the port may be that of a service that runs. Several may use one database of PostgreSQL. */
function isTaken({ cause }: CannotStart, { databaseUrl }: Config): boolean {
  if (!(cause instanceof Error)) return false
  return codeOf(cause) === 'EADDRINUSE' || (cause.name === 'StorageUnavailable' && databaseUrl === undefined)
}

/** Who starts it twice is told where it is. */
async function sayTaken({ message }: CannotStart, { dataDir }: Config): Promise<string> {
  const { findRunningService } = await import('../proxy/find-running-service.ts')
  const running = await findRunningService(dataDir, Date.now(), () => undefined)
  return running === undefined
    ? message
    : `A service already runs here: ${running.url}. Another one takes --data-dir and --port`
}

function readOrExit(options: Options): Config {
  const { CLIPFLIGHT_OUTPUT: output, ...others } = process.env
  // What other verbs print as a table, as YAML or as Markdown is text here: the greeting is neither.
  const isForOthers = output === undefined || ['table', 'yaml', 'markdown'].includes(output)
  try {
    return readConfig(options, isForOthers ? others : process.env)
  } catch (error) {
    if (!(error instanceof BadOptions)) throw error
    writeLine(error.message)
    process.exit(EXIT_USAGE)
  }
}

function writeLine(text: string): void {
  process.stderr.write(`clipflight: ${text}\n`)
}
