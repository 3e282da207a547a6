import type { FastifyInstance } from 'fastify'
import { createDoorkeeper, type Doorkeeping } from './authority.ts'
import type { ControlParts } from './parts.ts'
import type { OpenStreams } from './stream-requests.ts'

/** Seeds of thousands of builds are larger than any document of the API. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024

/** Loaded with the first request: a service starts without the schemas of what nobody has asked for. */
const loadAnswers = () => import('./answer.ts')

/**
 * Answers everything below `/_clipflight/` but the service's health. A request passes, in this order:
 *
 *     Host, Origin -> 403           admin token -> 401
 *     operation -> 404, 405         size, JSON -> 413, 400
 *     path, query, body -> 400, 422 the operation -> 404, 409, 422
 */
export function serveControl(server: FastifyInstance, parts: ControlParts, doorkeeping: Doorkeeping): void {
  const { refuseForeign, refuseWithoutToken } = createDoorkeeper(doorkeeping)
  const streams: OpenStreams = new Set()
  // A service that ends does not wait for those who follow it.
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
  })

  server.get('/_clipflight/openapi.json', {
    onRequest: async (request) => refuseForeign(request),
    handler: async (_request, reply) => {
      const { documentText } = await loadAnswers()
      reply.type('application/json')
      return documentText()
    },
  })
  // The wildcard does not take a path that ends before it.
  for (const url of ['/_clipflight', '/_clipflight/*']) {
    server.route({
      method: server.supportedMethods,
      url,
      bodyLimit: BODY_LIMIT_BYTES,
      onRequest: async (request, reply) => {
        reply.header('x-request-id', request.id).header('cache-control', 'no-store')
        refuseForeign(request)
        refuseWithoutToken(request.headers)
        const { findOperation } = await loadAnswers()
        findOperation(request)
      },
      handler: async (request, reply) => {
        const { answer } = await loadAnswers()
        await answer(parts, streams, request, reply)
        return reply
      },
    })
  }
}
