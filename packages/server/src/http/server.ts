import type { Writable } from 'node:stream'
import { CONTROL_PATH } from '@clipflight/control/path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, Identifier } from '../auth/identify.ts'
import type { RateLimit } from '../rate-limit/rate-limit.ts'
import type { Storage } from '../storage/storage.ts'
import { createAdmitting } from './admit.ts'
import { createAnswering } from './answer.ts'
import { serveDocs } from './docs-pages.ts'
import { requireJson, takeJsonBodies } from './json-bodies.ts'
import { openFastify } from './open-fastify.ts'
import { createOrigin } from './origin.ts'
import { routeShapes, type PathNames } from './route-shapes.ts'
import { sendJson } from './send-json.ts'
import { sendProblem } from './send-problem.ts'
import { decorateVisits, type Controls, type DueChanges } from './visit.ts'

/** What the service is made of. */
export interface ServerParts {
  readonly storage: Storage
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Whether that is the machine's time; it is unless said. */
  readonly isMachineTime?: () => boolean
  readonly identifier: Identifier
  readonly rateLimit: RateLimit
  /** What links begin with, where the service is behind a proxy. */
  readonly publicUrl?: string
  /** Level of pino, or `silent`. */
  readonly logLevel: string
  /** Where the log goes, instead of stderr. */
  readonly logStream?: Writable
  /** Absent where nobody controls the service: nothing is recorded then, and nothing interferes. */
  readonly controls?: Controls
  readonly schedule: DueChanges
  /** Who a session proves, for requests without an Authorization header; undefined when there is none. May refuse. */
  readonly identifySession?: (request: FastifyRequest) => Promise<Caller> | undefined
  /** Where `/` leads; the reference page unless said. */
  readonly homePage?: string
  /** Adds routes that are not below /v1. */
  readonly addRoutes?: (server: FastifyInstance) => void
}

/**
 * The service over HTTP, not yet listening. A request passes, in this order:
 *
 *     length of the URL -> 414     identify the caller -> 401, or 400 for a broken scope
 *     rate limit -> 429            scope of the token -> 403, 405
 *     faults before the request    changes that are due
 *     route -> 404, 403, 501       Accept -> 406
 *     role -> 403                  Content-Type -> 415, size -> 413, JSON -> 400
 *     reads wait for each other
 *     query -> 400                 role for what is included -> 403
 *     what a fault hides -> 404
 *     body -> 422, 409             rows -> 404, 409
 *     faults of the answer         the record, the answer
 *
 * Whoever refuses throws; `sendProblem` answers. Every answer goes out through `send`.
 */
export function buildServer(parts: ServerParts): FastifyInstance {
  const { storage, now, isMachineTime = () => true, rateLimit, controls, schedule, identifySession } = parts
  const { identify } = parts.identifier
  const originOf = createOrigin(parts.publicUrl)
  const server = openFastify(parts)

  const admitting = createAdmitting({
    identify,
    identifySession,
    rateLimit,
    originOf,
    controls,
    schedule,
    now,
    isMachineTime,
  })
  const answer = createAnswering({ storage, now, controls, originOf })

  decorateVisits(server)
  takeJsonBodies(server)
  for (const { method, url, find } of routeShapes) {
    server.route({
      method,
      url,
      onRequest: admitting(find),
      ...(method === 'GET' ? {} : { preParsing: requireJson }),
      handler: answer,
    })
  }
  server.get(`${CONTROL_PATH}/health`, { exposeHeadRoute: true }, async (_request, reply) => {
    await storage.hasTeams()
    // The console signs tokens by it.
    reply.header('date', new Date(now()).toUTCString())
    sendJson(reply, '{"status":"ok"}')
    return reply
  })
  serveDocs(server, parts)
  parts.addRoutes?.(server)
  server.setErrorHandler(sendProblem)
  const refuseRest = admitting(() => undefined)
  // A route rather than the handler for what is not found: that one runs after the body was read.
  server.route({ method: server.supportedMethods, url: '/*', onRequest: refuseRest, handler: answer })
  // Methods that Fastify has no routes for, of which it reads no body.
  server.setNotFoundHandler<{ Params: PathNames }>((request, reply) =>
    refuseRest(request, reply, (error) =>
      sendProblem(error ?? new Error(`${request.method} was let in`), request, reply),
    ),
  )
  return server
}
