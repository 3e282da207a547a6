import { openYaml, writeYaml } from '@clipflight/yaml-text'
import { escapeObeyed } from './write-json.ts'

/** GitHub's runners obey such lines, which a text of several lines may have. */
const ORDER = /^\s*::/m

/** What stands above the data: comments for editors. */
const HEAD = /^(?:#.*\n|\n)*/

/** Data as YAML, as JSON would have it: what is used twice is written twice, and nothing gives orders to what shows it. */
export function writeDataYaml(data: unknown): string {
  return guardYaml(writeYaml(JSON.parse(JSON.stringify(data))))
}

/** A file in YAML as it may be printed: to the letter, or where that would give orders to what shows it, with the same data in quotes. */
export function guardYaml(text: string): string {
  if (escapeObeyed(text) === text && !ORDER.test(text)) return text
  const [head = ''] = HEAD.exec(text) ?? []
  const { root, readValue } = openYaml(text)
  return escapeObeyed(head + writeYaml(readValue(root), { quoted: true }))
}
