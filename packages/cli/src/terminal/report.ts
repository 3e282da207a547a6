import { didYouMean } from '@clipflight/yaml-text'
import { CommanderError, type Command } from 'commander'
import { CommandError, failed } from '../command-error.ts'
import { EXIT_FAILED, EXIT_USAGE } from '../exit-codes.ts'
import { showText } from '../print/show-text.ts'
import { namedCommand, type NamedCommand } from './named-command.ts'
import { printError } from './print-error.ts'
import { wantsJson } from './output-format.ts'

/** Says what a command ended with, if it is a failure. Returns the exit code. */
export function report(error: unknown, program: Command, words: readonly string[]): number {
  if (error instanceof CommanderError) return reportUsage(error, program, words)
  if (error instanceof CommandError) return say(error, words)
  // Known by its name: most verbs never load the service, which has its class.
  if (error instanceof Error && error.name === 'CannotStart') return say(failed(error.message), words)
  // What verbs foresee they say themselves; this is a defect of ours, so everything is shown.
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
  process.stderr.write(`clipflight: ${lines.map(showText).join('\n')}\n`)
  return EXIT_FAILED
}

function say(error: CommandError, words: readonly string[]): number {
  // Who asks for it takes 2 for changes, so that no failure may end with it.
  const exitCode = words.includes('--detailed-exitcode') ? EXIT_FAILED : error.exitCode
  printError(error, { exitCode, asJson: wantsJson(words, process.env) }, process.stderr)
  return exitCode
}

function reportUsage(error: CommanderError, program: Command, words: readonly string[]): number {
  // A noun without a verb: its help has been printed.
  if (error.code === 'commander.help') return EXIT_USAGE
  const named = namedCommand(program, words)
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n')
  const said = suggestion === undefined ? message : `${message}. ${suggestion.replace(/^\((.*)\)$/, '$1')}`
  const advice = [
    ...(error.code === 'commander.excessArguments' && named.command.options.some(({ long }) => long === '--file')
      ? ['A file is named with --file.']
      : []),
    `Run \`${named.path} --help\` to see what there is.`,
  ]
  const better = OPTION_MISTAKES.has(error.code) ? unknownOption(named) : undefined
  return say(new CommandError(better ?? withSuggestion(said), { exitCode: EXIT_USAGE, advice }), words)
}

/** Says which of the choices may have been meant, before all of them. */
function withSuggestion(message: string): string {
  const [, beginning, word = '', choices = ''] =
    /^(.*'(.*)' is invalid[^.]*\.)(?: Allowed choices are (.*)\.)$/.exec(message) ?? []
  if (beginning === undefined) return message
  const suggestion = didYouMean(word, choices.split(', '))
  return suggestion === '' ? message : message.replace(beginning, () => `${beginning}${suggestion}`)
}

/** An option that is required is missed before one that is misspelt is seen, though it may be the same. */
const OPTION_MISTAKES: ReadonlySet<string> = new Set([
  'commander.unknownOption',
  'commander.missingMandatoryOptionValue',
])

/** What is said of the first option that the command does not have; undefined when it has all of them. */
function unknownOption({ command, path, rest }: NamedCommand): string | undefined {
  // They were read once already, and an option that collects refuses to see the same twice.
  for (const option of command.options) command.setOptionValue(option.attributeName(), undefined)
  const [flag] = command.parseOptions([...rest]).unknown[0]?.split('=', 1) ?? []
  if (flag === undefined || !flag.startsWith('-')) return undefined
  const argument = command.registeredArguments.find((each) => flag === `--${each.name()}`)
  if (argument !== undefined)
    return `unknown option '${flag}'. <${argument.name()}> stands without a name: ${path} <${argument.name()}>`
  const known = command.options.flatMap(({ long }) => long ?? [])
  const suggestion = didYouMean(flag, known) || (command.commands.length > 0 ? ' Options stand behind the verb.' : '')
  return suggestion === '' ? `unknown option '${flag}'` : `unknown option '${flag}'.${suggestion}`
}
