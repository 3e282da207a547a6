import { writeYaml } from '@clipflight/yaml-text'
import { escapeObeyed } from './write-json.ts'

/** GitHub's runners obey such lines, which a text of several lines may have. */
const ORDER = /^\s*::/m

/** Data as YAML, as JSON would have it: what is used twice is written twice, and nothing gives orders to what shows it. */
export function writeDataYaml(data: unknown): string {
  const json: unknown = JSON.parse(JSON.stringify(data))
  const text = writeYaml(json)
  return escapeObeyed(text) === text && !ORDER.test(text) ? text : escapeObeyed(writeYaml(json, { quoted: true }))
}
