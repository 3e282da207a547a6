import type { IncomingHttpHeaders } from 'node:http'
import { SESSION_COOKIE } from '@clipflight/control/session-cookie'

/**
 * What the cookie of a session holds; undefined where there is none, or two that differ: a program on another port of
 * this host can set one beside ours, and nothing tells which is whose.
 */
export function readSessionCookie({ cookie }: IncomingHttpHeaders): string | undefined {
  if (cookie === undefined || !cookie.includes(SESSION_COOKIE)) return undefined
  const values = cookie.split(';').flatMap((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return name.trim() === SESSION_COOKIE ? [value.trim()] : []
  })
  return new Set(values).size === 1 ? values[0] : undefined
}

/** Sets the cookie for so many seconds; none at all take it away. */
export function writeSessionCookie(token: string, seconds: number, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : ''
  return `${SESSION_COOKIE}=${token}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`
}
