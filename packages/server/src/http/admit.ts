import { refuse, resourceOfType, toByteString, type Query, type Role, type Route } from '@clipflight/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller, Identify } from '../auth/identify.ts'
import { refuseOutOfScope } from '../auth/scope.ts'
import { refuseOverspent, writeRateLimit, type Budget, type RateLimit } from '../rate-limit/rate-limit.ts'
import { refuseAmbiguous } from '../refuse-ambiguous.ts'
import { acceptsJson } from './accept.ts'
import { interfere, type Interfering } from './interfere.ts'
import type { PathNames, RouteShape } from './route-shapes.ts'
import { toError } from './send-problem.ts'
import { send } from './send.ts'
import { splitUrl } from './split-url.ts'
import { refuseUnrouted } from './unrouted.ts'
import { startVisit, visitOf, type Visit } from './visit.ts'

/** Longer URLs are refused before they are looked at. */
export const URL_LIMIT_CHARACTERS = 8192

/** What decides about requests. */
interface Admission extends Interfering {
  readonly identify: Identify
  /** Who a session proves, for requests without an Authorization header; undefined when there is none. May refuse. */
  readonly identifySession: ((request: FastifyRequest) => Promise<Caller> | undefined) | undefined
  readonly rateLimit: RateLimit
  readonly originOf: (request: FastifyRequest) => string
  readonly now: () => number
  readonly isMachineTime: () => boolean
}

/** What Fastify runs before it reads the body of a request. */
export type Admit = (
  request: FastifyRequest<{ Params: PathNames }>,
  reply: FastifyReply,
  done: (error?: Error) => void,
) => void

/** The part of a request's way that ends before its body is read, for operations that `find` finds. */
export function createAdmitting({
  identify,
  identifySession,
  rateLimit,
  originOf,
  controls,
  schedule,
  now,
  isMachineTime,
}: Admission): (find: RouteShape['find']) => Admit {
  const interfering = { controls, schedule }

  /** What comes before the caller is known. */
  function receive(request: FastifyRequest, reply: FastifyReply, at: number): Visit {
    const visit = startVisit(request, controls?.journal, at)
    reply.header('x-request-id', request.id)
    // Clients learn from it why their tokens are refused. Otherwise Node writes it.
    if (!isMachineTime()) reply.header('date', new Date(at).toUTCString())
    sendBudget(reply, rateLimit.untouched, visit)
    // A link to the next page is longer than the URL that it came from: by a cursor, and by what clients need not encode
    // and links do (evidence 4.3). Node's own limit, of 16 KiB with the headers, holds for those.
    if (request.url.length > URL_LIMIT_CHARACTERS && !/[?&]cursor=/.test(request.url)) {
      refuse({ code: 'URI_TOO_LONG', detail: `A URL cannot be longer than ${URL_LIMIT_CHARACTERS} characters` })
    }
    refuseAmbiguous(request.url, request.raw.rawHeaders)
    return visit
  }

  function admit(caller: Caller, visit: Visit, request: FastifyRequest, reply: FastifyReply): void {
    visit.caller = caller
    const budget = caller.limited ? rateLimit.spend(caller.keyId) : rateLimit.untouched
    sendBudget(reply, budget, visit)
    refuseOverspent(budget)
    refuseOutOfScope(caller.scope, request.method, request.url)
  }

  /** Who may not have the answer, or could not read it, does not get to send a body. */
  function look(route: Route | undefined, caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return
    if (route === undefined) refuseUnrouted(request.method, splitUrl(request.url).path, originOf(request))
    else if (!acceptsJson(request.headers.accept)) sendNotAcceptable(visitOf(request), request, reply)
    else refuseRole(caller, route.roles)
  }

  // At once where the token is remembered: a hook that is async costs every request 3 µs (measured).
  return (find) => (request, reply, done) => {
    const enter = (caller: Caller, visit: Visit): Promise<void> | undefined => {
      admit(caller, visit, request, reply)
      const waiting = interfere(interfering, visit, request, reply)
      if (waiting !== undefined) return waiting.then(() => look(visit.route, caller, request, reply))
      look(visit.route, caller, request, reply)
      return undefined
    }
    const goOn = (): void => {
      if (!reply.sent) done()
    }
    const fail = (error: unknown): void => done(toError(error))
    let waiting: Promise<void> | undefined
    try {
      const at = now()
      const visit = receive(request, reply, at)
      visit.route = find(request.params)
      const { authorization } = request.headers
      const caller =
        (authorization === undefined ? identifySession?.(request) : undefined) ?? identify(authorization, at)
      waiting = caller instanceof Promise ? caller.then((found) => enter(found, visit)) : enter(caller, visit)
    } catch (error) {
      fail(error)
      return
    }
    if (waiting === undefined) goOn()
    else void waiting.then(goOn, fail)
  }
}

/** Shows what is left of the hour. */
export function sendBudget(reply: FastifyReply, budget: Budget, visit: Visit | undefined): void {
  const header = writeRateLimit(budget)
  if (header === undefined) return
  reply.header('x-rate-limit', header)
  if (visit !== undefined) visit.rateLimit = header
}

/**
 * What comes along is read, too. Unverified: that Apple asks for the role with `include`; least privilege speaks for it.
 */
export function refuseUnreadable({ resource, relationship }: Route, include: Query['include'], caller: Caller): void {
  const shown = relationship?.target ?? resource
  for (const { relationship: name } of include) {
    const target = resourceOfType(shown.relationships[name]?.target ?? '')
    if (target !== undefined) refuseRole(caller, target.readers)
  }
}

/** Wording: evidence 5.1 no. 2. */
function refuseRole({ roles }: Caller, allowed: readonly Role[]): void {
  if (roles.some((role) => allowed.includes(role))) return
  refuse({ code: 'FORBIDDEN_ERROR', detail: 'The API key in use does not allow this request' })
}

/** 406 is plain text (documented: evidence 4.1). */
function sendNotAcceptable(visit: Visit | undefined, request: FastifyRequest, reply: FastifyReply): void {
  send(visit, request, reply, {
    status: 406,
    type: 'text/plain; charset=utf-8',
    body: toByteString('The service answers application/json only.\n'),
  })
}
