import { setTimeout as pause } from 'node:timers/promises'
import { ApiError, refuse } from '@clipflight/contract'
import type { Input, Output, Session } from '@clipflight/control'
import type { FastifyRequest } from 'fastify'
import type { Authority } from '../control/authority.ts'
import type { Asking } from '../control/console-side.ts'
import type { ConsoleParts } from './parts.ts'
import { SESSION_SECONDS } from './sessions.ts'
import { readSessionCookie, writeSessionCookie } from './session-cookie.ts'

/** What a wrong sign-in takes at least, so that no time says what was wrong with it. Longer than any check. */
const REFUSAL_MILLISECONDS = 150

export async function signIn(
  parts: ConsoleParts,
  { request, reply }: Asking,
  given: Input<'signIn'>,
): Promise<Output<'signIn'>> {
  const { sessions, throttle } = parts
  const address = request.socket.remoteAddress ?? ''
  const takeBack = throttle.begin(address, (seconds) => reply.header('retry-after', seconds))
  const refusal = pause(REFUSAL_MILLISECONDS, undefined, { ref: false })
  const keyId = await whoSignsIn(parts, given)
  const session = keyId === undefined ? undefined : await sessions.start(keyId)
  if (session === undefined) {
    await refusal
    refuse({ code: 'NOT_AUTHORIZED', detail: 'That signs nobody in: it is wrong, was used before, or has expired.' })
  }
  takeBack()
  const before = readSessionCookie(request.headers)
  if (before !== undefined) await sessions.end(before)
  const { token, authority } = session
  reply.header('set-cookie', writeSessionCookie(token, SESSION_SECONDS, isSecure(request)))
  return toSession(authority, parts)
}

/** The id of a key, null for an admin, undefined for nobody. */
async function whoSignsIn(
  { codes, doorkeeper, identify }: ConsoleParts,
  { token, code }: Input<'signIn'>,
): Promise<string | null | undefined> {
  if (token === undefined) return codes.take(code ?? '') ? null : undefined
  if (doorkeeper.isAdminToken(token)) return null
  try {
    const { keyId, scope } = await identify(`Bearer ${token}`)
    // It was made for certain requests, and a session makes any.
    return scope === undefined ? keyId : undefined
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}

export async function readSession(parts: ConsoleParts, asking: Asking): Promise<Output<'readSession'>> {
  return toSession(known(asking), parts)
}

export async function signOut({ sessions }: ConsoleParts, { request, reply }: Asking): Promise<undefined> {
  const token = readSessionCookie(request.headers)
  if (token === undefined) return
  // By header it is somebody else who asks: the cookie's session is not theirs to end.
  if (request.headers.authorization === undefined) await sessions.end(token)
  reply.header('set-cookie', writeSessionCookie('', 0, isSecure(request)))
}

export async function createSignInCode({ codes, publicUrl }: ConsoleParts): Promise<Output<'createSignInCode'>> {
  const { code, expiresAt } = codes.create()
  const known = publicUrl === undefined ? undefined : new URL(publicUrl)
  // The pages load from the root of a host: below a path of a proxy they are not.
  const at = known?.pathname === '/' ? { origin: known.origin } : {}
  return { code, expiresAt: new Date(expiresAt).toISOString(), ...at }
}

/** Who asks, where an operation is not for everybody. */
export function known({ authority }: Asking): Authority {
  if (authority === undefined) throw new Error('An operation was reached by nobody.')
  return authority
}

function toSession(
  { kind, team, keyId, roles, expiresAt }: Authority,
  { isControlled }: Pick<ConsoleParts, 'isControlled'>,
): Session {
  return {
    kind,
    team,
    keyId,
    roles: [...roles],
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    control: isControlled,
  }
}

/** Whether the page came by https, to us or to a proxy before us: browsers say so with every request that writes. */
function isSecure({ protocol, headers: { origin } }: FastifyRequest): boolean {
  return protocol === 'https' || origin?.startsWith('https://') === true
}
