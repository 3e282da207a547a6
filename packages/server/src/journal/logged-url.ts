import { CONTROL_PATH } from '@clipflight/control/path'
import { redact, REDACTED } from '../secrets.ts'

/** Where a path has a secret behind it, however it is spelt. */
const BEFORE_SECRETS = new RegExp(`^/+(t|${CONTROL_PATH.slice(1)}/+tester)/.`, 'i')

/** The path of a request as a log may have it: links for testers have their token in it. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1)
  const [, place] = BEFORE_SECRETS.exec(readable(path)) ?? []
  return place === undefined ? withoutSecrets(path) : `/${place}/${REDACTED}`
}

/** The query of a request as a log may have it, without its question mark. */
export function loggedQuery(url: string): string {
  const mark = url.indexOf('?')
  return mark < 0 ? '' : withoutSecrets(url.slice(mark + 1))
}

/** As it came, unless a secret was sent to where none belongs, escaped or not. */
export function withoutSecrets(part: string): string {
  const decoded = readable(part)
  const redacted = redact(decoded)
  return redacted === decoded ? part : redacted
}

/** Without escapes, also where they were escaped once more. */
export function readable(url: string): string {
  return decode(decode(url))
}

/** Each run of escapes by itself: what encodes nothing keeps none of the others from being read. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString())
}
