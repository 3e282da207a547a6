import { LIKE_SECRETS } from '../secrets.ts'

/** Where a path has a secret behind it, however it is spelt. */
const BEFORE_SECRETS = /^\/+(t|_clipflight\/+tester)\/./i

const REDACTED = '[redacted]'

/** The path of a request as a log may have it: links for testers have their token in it. */
export function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1)
  // What was escaped twice, too.
  const decoded = decode(decode(path))
  const [, place] = BEFORE_SECRETS.exec(decoded) ?? []
  if (place !== undefined) return `/${place}/${REDACTED}`
  // One that was sent to where none belongs.
  const redacted = decoded.replaceAll(LIKE_SECRETS, REDACTED)
  return redacted === decoded ? path : redacted
}

/** Each escape by itself: what encodes nothing keeps none of the others from being read. */
function decode(path: string): string {
  return path.replaceAll(/%[0-7][0-9a-f]/gi, (escape) => String.fromCharCode(Number.parseInt(escape.slice(1), 16)))
}
