import { Option, type Command } from 'commander'
import { OUTPUT_FORMATS, OUTPUT_VARIABLE, type OutputFormat } from '../terminal/output-format.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'

/** What every verb that prints a result takes. */
export interface OutputOptions {
  readonly output?: OutputFormat
}

/** What every verb that talks to a service takes. */
export type OnlineOptions = ConnectionOptions & OutputOptions

const CONNECTION_HEADING = 'Which key, and which service:'

/** Adds `--output`. */
export function addOutputOption(command: Command): Command {
  return command.addOption(
    new Option(
      '-o, --output <format>',
      `how to print: table on a terminal, json elsewhere, unless said (env: ${OUTPUT_VARIABLE})`,
    ).choices(OUTPUT_FORMATS),
  )
}

/** Adds the options that say which key is used and where it is sent. A `<file>` or `<directory>` completes to paths. */
export function addConnectionOptions(command: Command): Command {
  const options = [
    new Option('--key-id <id>', 'id of the key (env: ASC_KEY_ID)'),
    new Option('--issuer-id <id>', "issuer of a team's key; a person's has none (env: ASC_ISSUER_ID)"),
    new Option('--private-key-path <file>', 'its .p8 file (env: ASC_PRIVATE_KEY_PATH, or the text in ASC_PRIVATE_KEY)'),
    new Option('--local', 'the service that `clipflight serve` runs in this folder'),
    new Option(
      '--data-dir <directory>',
      'where such a service keeps its data; says --local too (default: .clipflight, env: CLIPFLIGHT_DATA_DIR)',
    ),
    new Option(
      '--api-key <file>',
      "a key in fastlane's JSON format, if no variable names one (env: APP_STORE_CONNECT_API_KEY_PATH)",
    ),
    new Option(
      '--profile <name>',
      'a key saved by `clipflight auth login`, if neither variables nor --api-key name one (env: CLIPFLIGHT_PROFILE)',
    ),
    new Option('--base-url <url>', "the service to talk to instead of Apple's (env: ASC_BASE_URL)"),
  ]
  for (const option of options) command.addOption(option.helpGroup(CONNECTION_HEADING))
  return command
}

/** Adds examples to the help: pairs of a command line and what it does. */
export function addExamples(command: Command, ...examples: readonly (readonly [string, string])[]): Command {
  const lines = examples.map(([line, meaning]) => `  $ clipflight ${line}\n      ${meaning}`)
  return command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
}
