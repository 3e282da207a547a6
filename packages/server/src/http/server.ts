import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Writable } from 'node:stream'
import {
  createQueryReader,
  refuse,
  refuseAny,
  routes,
  type Query,
  type QueryReader,
  type Route,
} from '@clipflight/contract'
import { fastify, LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { createIdentifier, type Caller } from '../auth/identify.ts'
import { refuseOutOfScope } from '../auth/scope.ts'
import { operations } from '../operations/index.ts'
import type { Answer } from '../operations/request.ts'
import { createRateLimit, refuseOverspent, writeRateLimit, type Budget } from '../rate-limit/rate-limit.ts'
import type { Storage } from '../storage/storage.ts'
import { acceptsJson } from './accept.ts'
import { serveDocs } from './docs-pages.ts'
import { createOrigin } from './origin.ts'
import { readBody } from './read-body.ts'
import { sendJson } from './send-json.ts'
import { rawRefusal, sendProblem, unsupportedMediaType } from './send-problem.ts'
import { refuseUnrouted } from './unrouted.ts'

/** What the service is made of. */
export interface ServerParts {
  readonly storage: Storage
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Requests per key and rolling hour. */
  readonly rateLimit: number | 'off'
  /** What links begin with, where the service is behind a proxy. */
  readonly publicUrl?: string
  /** Level of pino, or `silent`. */
  readonly logLevel: string
  /** Where the log goes, instead of stderr. */
  readonly logStream?: Writable
}

/** Larger bodies are refused before they are read. */
const BODY_LIMIT_BYTES = 1024 * 1024
/** Longer URLs are refused before they are looked at. */
const URL_LIMIT_CHARACTERS = 8192
const NO_QUERY = {}
/** Of some hundred routes; a query with its text takes a kilobyte or two. */
const MOST_QUERIES_PER_ROUTE = 50
const LONGEST_KEPT_QUERY = 500
/** A request that takes longer than this to arrive is cut off; Node looks every half minute, so it can take a minute. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000

/**
 * The service over HTTP, not yet listening. A request passes, in this order:
 *
 *     length of the URL -> 414     identify the caller -> 401, or 400 for a broken scope
 *     rate limit -> 429            scope of the token -> 403, 405
 *     route -> 404, 403, 501       Accept -> 406
 *     role -> 403                  Content-Type -> 415, size -> 413, JSON -> 400
 *     query -> 400                 body -> 422, 409
 *     rows -> 404, 409             the answer
 *
 * Whoever refuses throws; `sendProblem` answers.
 */
export function buildServer(parts: ServerParts): FastifyInstance {
  const { storage, now } = parts
  const { identify } = createIdentifier({ findKey: (id) => storage.findKey(id), now })
  const rateLimit = createRateLimit({ perHour: parts.rateLimit, now })
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
      sendBudget(reply, rateLimit.untouched)
      sendProblem(error, request, reply)
    },
    return503OnClosing: false,
  })

  /** What comes before the caller is known. */
  function receive(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('x-request-id', request.id)
    sendBudget(reply, rateLimit.untouched)
    if (request.url.length > URL_LIMIT_CHARACTERS) {
      refuse({ code: 'URI_TOO_LONG', detail: `A URL cannot be longer than ${URL_LIMIT_CHARACTERS} characters` })
    }
    if (!request.url.startsWith('/') || request.url.includes('#')) {
      refuse({ code: 'BAD_REQUEST', detail: 'The target of the request is not a path with a query' })
    }
  }

  function admit(caller: Caller, request: FastifyRequest, reply: FastifyReply): void {
    const budget = rateLimit.spend(caller.keyId)
    sendBudget(reply, budget)
    refuseOverspent(budget)
    refuseOutOfScope(caller.scope, request.method, request.url)
    request.setDecorator('caller', caller)
  }

  /**
   * Admits a request and then lets `next` look at it. At once where the token is remembered: a hook that is async costs
   * every request 3 µs (measured).
   */
  function admitting(next: (request: FastifyRequest, reply: FastifyReply, caller: Caller) => void) {
    return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
      const enter = (caller: Caller): void => {
        admit(caller, request, reply)
        next(request, reply, caller)
      }
      const goOn = (): void => {
        if (!reply.sent) done()
      }
      try {
        receive(request, reply)
        const caller = identify(request.headers.authorization)
        if (caller instanceof Promise) {
          void caller.then(enter).then(goOn, (error: unknown) => done(toError(error)))
          return
        }
        enter(caller)
      } catch (error) {
        done(toError(error))
        return
      }
      goOn()
    }
  }

  function callerOf(request: FastifyRequest): Caller {
    const caller = request.getDecorator<Caller | null>('caller')
    if (caller === null) throw new Error(`${request.url} was reached without a caller`)
    return caller
  }

  /** Who may not have the answer, or could not read it, does not get to send a body. */
  function admitTo(route: Route) {
    return admitting((request, reply, caller) => {
      if (!acceptsJson(request.headers.accept)) sendNotAcceptable(reply)
      else if (!caller.roles.some((role) => route.roles.includes(role))) refuseRole()
    })
  }

  function answerRoute(route: Route) {
    const readQuery = rememberingQueries(createQueryReader(route))
    const operation = operations[route.kind]
    const world = { storage, now }
    return (request: FastifyRequest<{ Params: { id?: string } }>, reply: FastifyReply): void => {
      const caller = callerOf(request)
      const { path, queryText } = splitUrl(request.url)
      operation(route, world, {
        team: caller.team,
        id: request.params.id ?? '',
        query: readQuery(queryText),
        body: request.body,
        origin: originOf(request),
        path,
      }).then(
        (answer) => sendAnswer(reply, answer),
        (error: unknown) => void reply.send(toError(error)),
      )
    }
  }

  // The path and no query: a query can hold a cursor or a name, and no header is ever logged.
  if (['info', 'debug', 'trace'].includes(parts.logLevel)) {
    server.addHook('onResponse', async (request, reply) => {
      const { path } = splitUrl(request.url)
      request.log.info(
        { method: request.method, path, status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) },
        'answered',
      )
    })
  }

  server.decorateRequest('caller', null)
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      // fastlane and asc send the content type with every request, and no body with a DELETE.
      done(null, bytes.length === 0 && !isWrite(request.method) ? undefined : readBody(Buffer.from(bytes)))
    } catch (error) {
      done(toError(error))
    }
  })

  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path.replace('{id}', ':id'),
      onRequest: admitTo(route),
      ...(route.method === 'GET' ? {} : { preParsing: requireJson }),
      handler: answerRoute(route),
    })
  }
  server.get('/_clipflight/health', async (_request, reply) => {
    await storage.hasTeams()
    sendJson(reply, '{"status":"ok"}')
    return reply
  })
  serveDocs(server, parts.publicUrl)
  server.setErrorHandler(sendProblem)
  // A route rather than the handler for what is not found: that one runs after the body was read.
  server.route({
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/*',
    onRequest: admitting((request) => {
      refuseUnrouted(request.method, splitUrl(request.url).path, originOf(request))
    }),
    handler: () => {
      throw new Error('a request that no route takes was not refused')
    },
  })
  return server
}

/** Clients ask with few different queries, and reading one costs as much as finding a row (measured). */
function rememberingQueries(readQuery: QueryReader): QueryReader {
  const known = new LRUCache<string, Query>({ max: MOST_QUERIES_PER_ROUTE })
  return (text) => {
    let query = known.get(text)
    if (query === undefined) {
      query = readQuery(text)
      if (text.length <= LONGEST_KEPT_QUERY) known.set(text, query)
    }
    return query
  }
}

function sendAnswer(reply: FastifyReply, { status, body, location }: Answer): void {
  reply.code(status)
  if (location !== undefined) reply.header('location', location)
  if (body === undefined) reply.send()
  else sendJson(reply, body)
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

function sendBudget(reply: FastifyReply, budget: Budget): void {
  const header = writeRateLimit(budget)
  if (header !== undefined) reply.header('x-rate-limit', header)
}

/** Wording: evidence 5.1 no. 2. */
function refuseRole(): never {
  refuse({ code: 'FORBIDDEN_ERROR', detail: 'The API key in use does not allow this request' })
}

function splitUrl(url: string): { readonly path: string; readonly queryText: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, queryText: '' } : { path: url.slice(0, mark), queryText: url.slice(mark + 1) }
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

/** 406 is plain text (documented: evidence 4.1). */
function sendNotAcceptable(reply: FastifyReply): void {
  reply
    .code(406)
    .header('content-type', 'text/plain; charset=utf-8')
    .send('The service answers application/json only.\n')
}

/** A connection whose bytes never became a request: refused in the form of every other refusal, and closed. */
function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket, budget: string | undefined): void {
  const headers = budget === undefined ? [] : [`X-Rate-Limit: ${budget}`]
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    socket.end(
      rawRefusal(
        'REQUEST_HEADERS_TOO_LARGE',
        'The URL and headers cannot exceed 16 KiB',
        'Request Header Fields Too Large',
        headers,
      ),
    )
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    socket.end(rawRefusal('REQUEST_TIMEOUT', 'The request did not arrive in time', 'Request Timeout', headers))
  } else {
    socket.end(rawRefusal('BAD_REQUEST', 'The bytes received are not a valid HTTP request', 'Bad Request', headers))
  }
}
