import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { addConnectionOptions } from './options.ts'

/**
 * The command line, and behind it the flags that named the key and the service: without them it would go elsewhere.
 * None of them holds a secret.
 */
export function repeatFlags(line: string, options: ConnectionOptions): string {
  const given = new Map<string, string | boolean>(Object.entries(options))
  const words = addConnectionOptions(new Command()).options.flatMap((flag) => {
    const value = given.get(flag.attributeName())
    if (value === undefined) return []
    return typeof value === 'string' ? [flag.long, quote(value)] : [flag.long]
  })
  return [line, ...words].join(' ')
}

/** Verbs that know none of those flags. */
const OTHERS = ['serve', 'sandbox', 'proxy', 'auth login', 'auth use', 'auth list'].join('|')

/** A command at the end of a line of advice. */
const ADVISED = new RegExp(`clipflight (?!${OTHERS})[^\`]+$`)

/** What failed, with those flags in the commands that its advice names. Other errors come back as they are. */
export function repeatFlagsInAdvice(error: unknown, options: ConnectionOptions): unknown {
  if (!(error instanceof CommandError)) return error
  const { message, exitCode, facts, cause } = error
  const advice = error.advice.map((line) => line.replace(ADVISED, (command) => repeatFlags(command, options)))
  return new CommandError(message, { exitCode, advice, facts, cause })
}

/** One word to a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
