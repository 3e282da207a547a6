import { randomUUID } from 'node:crypto'
import { fastify, LogController, type FastifyInstance } from 'fastify'
import { loggedPath } from '../journal/logged-url.ts'
import { writeRateLimit } from '../rate-limit/rate-limit.ts'
import { sendBudget, URL_LIMIT_CHARACTERS } from './admit.ts'
import { refuseBrokenRequest } from './refuse-broken-request.ts'
import { answerProblem } from './send-problem.ts'
import type { ServerParts } from './server.ts'

/** Larger bodies are refused before they are read. */
const BODY_LIMIT_BYTES = 1024 * 1024
const NO_QUERY = {}
/** A request that takes longer than this to arrive is cut off; Node looks every half minute, so it can take a minute. */
const REQUEST_TIMEOUT_MILLISECONDS = 30_000

/** Fastify without a route, as the service needs it. */
export function openFastify({
  rateLimit,
  logLevel,
  logStream = process.stderr,
}: Pick<ServerParts, 'rateLimit' | 'logLevel' | 'logStream'>): FastifyInstance {
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
    logger: logLevel === 'silent' ? false : { level: logLevel, stream: logStream },
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

  // The path and no query: a query can hold a cursor or a name, and no header is ever logged.
  if (['info', 'debug', 'trace'].includes(logLevel)) {
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
  return server
}
