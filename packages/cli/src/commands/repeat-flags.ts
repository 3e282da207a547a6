import { Command } from 'commander'
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

/** One word to a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
