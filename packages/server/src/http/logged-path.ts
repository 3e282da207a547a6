import { splitUrl } from './split-url.ts'

/** Where a path has a secret behind it, however it is spelt. */
const BEFORE_SECRETS = /^\/+(t|_clipflight\/+tester)\/./i

/** The path of a request as a log may have it: links for testers have their token in it. */
export function loggedPath(url: string): string {
  const { path } = splitUrl(url)
  const [, place] = BEFORE_SECRETS.exec(decode(path)) ?? []
  return place === undefined ? path : `/${place}/[redacted]`
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    // Not percent-encoding: it is looked at as it is.
    return path
  }
}
