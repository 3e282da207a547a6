import type { ConnectionOptions } from './key-sources.ts'

/**
 * The command line, and behind it the flags that named the key and the service: without them it would go elsewhere.
 * None of them holds a secret.
 */
export function repeatFlags(line: string, options: ConnectionOptions): string {
  const flags = [
    flag('--profile', options.profile),
    options.local === true ? '--local' : '',
    flag('--data-dir', options.dataDir),
    flag('--key-id', options.keyId),
    flag('--issuer-id', options.issuerId),
    flag('--private-key-path', options.privateKeyPath),
    flag('--api-key', options.apiKey),
    flag('--base-url', options.baseUrl),
  ]
  return [line, ...flags.filter((each) => each !== '')].join(' ')
}

function flag(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name} ${quote(value)}`
}

/** One word to a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
