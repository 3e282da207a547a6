import { stringify } from 'yaml'

interface WriteOptions {
  /** Whether all text stands in double quotes, on one line, where any character can be written as `\uXXXX`. */
  readonly quoted?: boolean
}

/** JSON as YAML 1.2 in block style. Text stays on one line however long, so that a changed word is one changed line. */
export function writeYaml(value: unknown, { quoted = false }: WriteOptions = {}): string {
  const quoting = quoted ? ({ defaultKeyType: 'QUOTE_DOUBLE', defaultStringType: 'QUOTE_DOUBLE' } as const) : {}
  return stringify(value, { version: '1.2', lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity, ...quoting })
}
