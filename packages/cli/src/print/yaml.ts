import { stringify } from 'yaml'

/** Data as YAML, as JSON would have it: what is used twice is written twice. */
export function renderYaml(data: unknown): string {
  return stringify(JSON.parse(JSON.stringify(data)))
}
