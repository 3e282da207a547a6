import { randomUUID } from 'node:crypto'
import type { Writable } from 'node:stream'
import { refuseAny, type Route } from '@clipflight/contract'
import { CONTROL_PATH } from '@clipflight/control/path'
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Caller, Identifier } from '../auth/identify.ts'
import { keepBody } from '../journal/entry.ts'
import { loggedPath } from '../journal/logged-url.ts'
import { operations } from '../operations/index.ts'
import type { Answer } from '../operations/request.ts'
import { writeRateLimit, type RateLimit } from '../rate-limit/rate-limit.ts'
import type { Storage } from '../storage/storage.ts'
import { createAdmitting, refuseUnreadable, sendBudget, URL_LIMIT_CHARACTERS } from './admit.ts'
import { serveDocs } from './docs-pages.ts'
import { refuseHidden } from './interfere.ts'
import { createOrigin } from './origin.ts'
import { readerOf } from './reader-of.ts'
import { readBody } from './read-body.ts'
import { refuseBrokenRequest } from './refuse-broken-request.ts'
import { routeShapes, type PathNames } from './route-shapes.ts'
import { sendJson } from './send-json.ts'
import { answerProblem, sendProblem, toError, unsupportedMediaType } from './send-problem.ts'
import { send } from './send.ts'
import { splitUrl } from './split-url.ts'
import { together } from './together.ts'
import { decorateVisits, visitOf, type Controls, type DueChanges, type Visit } from './visit.ts'

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

type NamedRequest = FastifyRequest<{ Params: PathNames }>

/** A request that was let in, with what is known of it. */
interface Admitted {
  readonly visit: Visit
  readonly caller: Caller
  readonly route: Route
  readonly request: NamedRequest
  readonly reply: FastifyReply
}

/** Larger bodies are refused before they are read. */
const BODY_LIMIT_BYTES = 1024 * 1024
const NO_QUERY = {}
/** A request that takes longer than this to arrive is cut off; Node looks every half minute, so it can take a minute. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000

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

  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MILLISECONDS,
    exposeHeadRoutes: false,
    // HTTP/1.1 without Host gets our refusals too, and links with the address that was asked.
    http: { requireHostHeader: false },
    routerOptions: {
      // Queries are read by the contract.
      querystringParser: () => NO_QUERY,
      ignoreTrailingSlash: true,
      maxParamLength: 2 * URL_LIMIT_CHARACTERS,
    },
    genReqId: () => randomUUID(),
    // One for all: what is logged carries the id itself, and a logger per request costs more than a percent.
    childLoggerFactory: (logger) => logger,
    // Only crashes and what the operator asks for are logged; headers, and so tokens, never are.
    logger: parts.logLevel === 'silent' ? false : { level: parts.logLevel, stream: parts.logStream ?? process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    clientErrorHandler: (error, socket) => refuseBrokenRequest(error, socket, writeRateLimit(rateLimit.untouched)),
    frameworkErrors: (error, request, reply) => {
      sendBudget(reply, rateLimit.untouched, undefined)
      // Such a request never came as far as a visit.
      answerProblem(error, undefined, request, reply)
    },
    return503OnClosing: false,
  })

  // Node would answer what it does not know with a bare 417. An expectation may be ignored (RFC 9110, 10.1.1).
  server.server.on('checkExpectation', (request, response) => server.server.emit('request', request, response))

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
  const world = { storage, now }

  function operate({ visit, caller, route, request }: Admitted): Promise<Answer> {
    const { path, queryText } = splitUrl(request.url)
    const id = request.params.id ?? ''
    const query = readerOf(route)(queryText)
    refuseUnreadable(route, query.include, caller)
    const { body } = request
    if (controls?.faults.hidden.isEmpty === false && route.method !== 'GET') {
      refuseHidden(controls.faults, visit, route, id, body)
    }
    return operations[route.kind](route, world, { team: caller.team, id, query, body, origin: originOf(request), path })
  }

  /** Never throws. */
  function answerOne(admitted: Admitted): void {
    const { visit, request, reply } = admitted
    const fail = (error: unknown): void => void reply.send(toError(error))
    try {
      operate(admitted).then((found) => sendAnswer(visit, request, reply, found), fail)
    } catch (error) {
      fail(error)
    }
  }
  const reads = together(answerOne)

  function answer(request: NamedRequest, reply: FastifyReply): void {
    const visit = visitOf(request)
    if (visit?.caller === undefined || visit.route === undefined) {
      throw new Error(`${request.url} was reached without a caller or an operation`)
    }
    const admitted: Admitted = { visit, caller: visit.caller, route: visit.route, request, reply }
    if (request.method === 'GET') reads.add(admitted)
    else {
      // What came before a write sees nothing of it. Writes share a commit on SQLite, and wait there.
      reads.begin()
      answerOne(admitted)
    }
  }

  // The path and no query: a query can hold a cursor or a name, and no header is ever logged.
  if (['info', 'debug', 'trace'].includes(parts.logLevel)) {
    server.addHook('onResponse', async (request, reply) => {
      request.log.info(
        {
          method: request.method,
          path: loggedPath(request.url),
          status: reply.statusCode,
          milliseconds: Math.round(reply.elapsedTime),
        },
        'answered',
      )
    })
  }

  decorateVisits(server)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const body = Buffer.from(bytes)
    const { entry } = visitOf(request) ?? {}
    if (entry !== undefined && body.length > 0) entry.requestBody = keepBody(body)
    try {
      // fastlane and asc send the content type with every request, and no body with a DELETE. The control API says
      // itself what is missing.
      const mayBeEmpty = !isWrite(request.method) || request.url.startsWith(`${CONTROL_PATH}/`)
      done(null, body.length === 0 && mayBeEmpty ? undefined : readBody(body))
    } catch (error) {
      done(toError(error))
    }
  })

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

function sendAnswer(
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
  { status, body, location }: Answer,
): void {
  if (body === undefined) send(visit, request, reply, { status })
  else send(visit, request, reply, location === undefined ? { status, body } : { status, body, headers: { location } })
}

function isWrite(method: string): boolean {
  return method === 'POST' || method === 'PATCH'
}

/** Clients send a JSON content type on requests without a body too; only a body of another type is refused. */
async function requireJson(request: FastifyRequest): Promise<void> {
  const { 'content-length': length, 'content-type': type, 'transfer-encoding': encoding } = request.headers
  const hasBody = encoding !== undefined || (length !== undefined && length !== '0')
  if (!isWrite(request.method) && !hasBody) return
  if (type?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') refuseAny([unsupportedMediaType()])
}
