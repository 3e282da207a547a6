import { refuse, TEAM_HEADER } from '@clipflight/contract'
import { CONSOLE_KEY } from '@clipflight/control/console-key'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, Identify } from '../auth/identify.ts'
import { TokenRefused } from '../auth/token-refused.ts'
import type { Authority, Doorkeeper } from '../control/authority.ts'
import type { ConsoleSide } from '../control/console-side.ts'
import { findTeam } from '../control/find-team.ts'
import type { ControlParts } from '../control/parts.ts'
import type { Storage } from '../storage/storage.ts'
import type { ConsoleParts } from './parts.ts'
import { servePages } from './serve-pages.ts'
import { readSessionCookie } from './session-cookie.ts'
import { createSessions } from './sessions.ts'
import { createSignInCodes } from './sign-in-codes.ts'
import { createThrottle } from './throttle.ts'

export interface ConsoleOptions {
  readonly storage: Storage
  /** Milliseconds since 1970, by the service's clock. */
  readonly now: () => number
  /** The same by the machine's. */
  readonly machineNow: () => number
  readonly schedule: ControlParts['schedule']
  readonly doorkeeper: Doorkeeper
  /** Undefined where nobody controls the service. */
  readonly adminToken: string | undefined
  /** What the service is known by; undefined where nobody said. */
  readonly publicUrl: string | undefined
  /** A folder with the built pages, instead of the one of the package. */
  readonly pages?: string
}

/** The server's side of the console. */
export interface OpenedConsole {
  /** Who a session proves below /v1; undefined where the request has no session. */
  readonly identifyCaller: (request: FastifyRequest) => Promise<Caller> | undefined
  readonly side: (identify: Identify) => ConsoleSide
  readonly servePages: (server: FastifyInstance) => void
}

export function openConsole(options: ConsoleOptions): OpenedConsole {
  const { storage, now, machineNow, schedule, doorkeeper, adminToken, publicUrl, pages } = options
  const sessions = createSessions(options)

  async function identifyCaller(request: FastifyRequest, token: string): Promise<Caller> {
    doorkeeper.refuseForeign(request)
    const asked = readTeam(request)
    if (asked === undefined) throw new TokenRefused(`A session asks with the header ${TEAM_HEADER}.`)
    const authority = await sessions.find(token)
    if (authority === undefined) throw new TokenRefused('The session has ended, or never was.')
    refuseOtherTeam(authority, asked)
    const team = authority.team ?? (await teamAskedFor(asked))
    const { keyId, roles } = authority
    return {
      keyId: keyId ?? CONSOLE_KEY,
      team,
      roles,
      individual: false,
      scope: undefined,
      limited: keyId !== null,
      bySession: true,
    }
  }

  async function teamAskedFor(asked: number | 'none'): Promise<number> {
    if (asked === 'none')
      refuse({ code: 'FORBIDDEN_ERROR', detail: `${TEAM_HEADER} must say which team is asked for.` })
    return (await findTeam(storage, asked)).number
  }

  async function identify(request: FastifyRequest): Promise<Authority | undefined> {
    const token = readSessionCookie(request.headers)
    const asked = readTeam(request)
    const authority = token === undefined || asked === undefined ? undefined : await sessions.find(token)
    if (authority !== undefined && asked !== undefined) refuseOtherTeam(authority, asked)
    return authority
  }

  return {
    identifyCaller(request) {
      const token = readSessionCookie(request.headers)
      return token === undefined ? undefined : identifyCaller(request, token)
    },
    side(identifyToken) {
      const parts: ConsoleParts = {
        storage,
        now,
        schedule,
        doorkeeper,
        sessions,
        codes: createSignInCodes(machineNow),
        throttle: createThrottle(machineNow),
        identify: identifyToken,
        isControlled: adminToken !== undefined,
        publicUrl,
      }
      return { identify, operations: async () => (await import('./operations.ts')).consoleOperations(parts) }
    },
    servePages: (server) => servePages(server, { doorkeeper, ...(pages === undefined ? {} : { folder: pages }) }),
  }
}

/** Which team a request says that it is about; undefined when it does not say so as a page of ours does. */
function readTeam({ headers }: FastifyRequest): number | 'none' | undefined {
  const text = headers[TEAM_HEADER]
  if (text === 'none') return text
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined
}

function refuseOtherTeam({ team }: Authority, asked: number | 'none'): void {
  if (team === null || asked === 'none' || asked === team) return
  refuse({ code: 'FORBIDDEN_ERROR', detail: `The session is one of team ${team}, and ${TEAM_HEADER} says ${asked}.` })
}
