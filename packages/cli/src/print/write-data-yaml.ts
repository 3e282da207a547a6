import { writeYaml } from '@clipflight/yaml-text'

/** Data as YAML, as JSON would have it: what is used twice is written twice. */
export function writeDataYaml(data: unknown): string {
  return writeYaml(JSON.parse(JSON.stringify(data)))
}
