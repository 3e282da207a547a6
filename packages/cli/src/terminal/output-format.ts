import { wrongUsage } from '../command-error.ts'
import { DATA_FORMATS } from '../print/write-data.ts'

/** How a verb can print its result. */
export const OUTPUT_FORMATS = ['table', ...DATA_FORMATS] as const

export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

export const OUTPUT_VARIABLE = 'CLIPFLIGHT_OUTPUT'

/** The option, then the variable, then what the output goes to: a table for people, JSON for programs. */
export function chooseFormat(
  option: OutputFormat | undefined,
  environment: NodeJS.ProcessEnv,
  isTerminal: boolean,
): OutputFormat {
  const fallback = isTerminal ? 'table' : 'json'
  const variable = environment[OUTPUT_VARIABLE]
  if (option !== undefined) return option
  if (variable === undefined || variable === '') return fallback
  // The greeting of `serve` reads the same variable, and calls its form for people `text`.
  const format = OUTPUT_FORMATS.find((each) => each === (variable === 'text' ? 'table' : variable))
  if (format === undefined)
    throw wrongUsage(`${OUTPUT_VARIABLE} must be one of ${OUTPUT_FORMATS.join(', ')}, not '${variable}'`)
  return format
}

/** Whether JSON was asked for, and so errors too are for programs. Read off the words, for they may be what is wrong. */
export function wantsJson(words: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  // What stands behind `--` is another command's.
  const end = words.indexOf('--')
  const own = end < 0 ? words : words.slice(0, end)
  const given = / (?:--output|-o)[ =]?(\S+)(?: .*)?$/.exec(` ${own.join(' ')}`)?.[1]
  return (given ?? environment[OUTPUT_VARIABLE]) === 'json'
}
