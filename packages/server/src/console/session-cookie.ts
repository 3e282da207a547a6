import type { IncomingHttpHeaders } from 'node:http'
import { SESSION_COOKIE } from '@clipflight/control/session-cookie'

/** What the cookie of a session holds; undefined where there is none. */
export function readSessionCookie({ cookie }: IncomingHttpHeaders): string | undefined {
  if (cookie === undefined || !cookie.includes(SESSION_COOKIE)) return undefined
  for (const pair of cookie.split(';')) {
    const [name = '', value] = pair.split(/=(.*)/s)
    if (name.trim() === SESSION_COOKIE) return value?.trim()
  }
  return undefined
}

/** Sets the cookie for so many seconds; none at all take it away. */
export function writeSessionCookie(token: string, seconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : ''
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}
