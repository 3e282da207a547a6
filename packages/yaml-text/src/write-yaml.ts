import { stringify } from 'yaml'

/** JSON as YAML 1.2 in block style. Text stays on one line however long, so that a changed word is one changed line. */
export function writeYaml(value: unknown): string {
  return stringify(value, { version: '1.2', lineWidth: 0 })
}
