import { CONTROL_PATH } from '@clipflight/control/path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Admitted } from './answer.ts'
import { BY_TOKEN, readBearer, type Authority, type Doorkeeper } from './authority.ts'
import type { ConsoleSide } from './console-side.ts'
import type { ControlParts } from './parts.ts'
import type { OpenStreams } from './stream-requests.ts'

/** Seeds of thousands of builds are larger than any document of the API. */
const BODY_LIMIT_BYTES = 32 * 1024 * 1024

const DECORATOR = 'admitted'

/** Loaded with the first request: a service starts without the schemas of what nobody has asked for. */
const loadAnswers = () => import('./answer.ts')

export interface Controlling {
  /** Undefined where nobody controls the service. */
  readonly parts: ControlParts | undefined
  readonly doorkeeper: Doorkeeper
  /** Undefined where there is no console. */
  readonly console: ConsoleSide | undefined
}

/**
 * Answers everything below `/_clipflight/` but the service's health. A request passes, in this order:
 *
 *     Host, Origin -> 403           admin token or session -> 401, 403
 *     operation -> 404, 405         size, JSON -> 413, 400
 *     path, query, body -> 400, 422 the operation -> 404, 409, 422
 */
export function serveControl(server: FastifyInstance, { parts, doorkeeper, console }: Controlling): void {
  const streams: OpenStreams = new Set()
  // A service that ends does not wait for those who follow it.
  server.addHook('preClose', async () => {
    for (const stream of streams) stream.end()
  })
  server.decorateRequest(DECORATOR, null)

  /** A header that says who somebody is wins over a cookie, also where it is wrong. */
  async function authorityOf(request: FastifyRequest): Promise<Authority | undefined> {
    const { authorization } = request.headers
    if (authorization === undefined) return console?.identify(request)
    return doorkeeper.isAdminToken(readBearer(authorization)) ? BY_TOKEN : undefined
  }

  if (parts !== undefined) {
    server.get(`${CONTROL_PATH}/openapi.json`, {
      onRequest: async (request) => doorkeeper.refuseForeign(request),
      handler: async (_request, reply) => {
        const { documentText } = await loadAnswers()
        reply.type('application/json')
        return documentText()
      },
    })
  }
  // The wildcard does not take a path that ends before it.
  for (const url of [CONTROL_PATH, `${CONTROL_PATH}/*`]) {
    server.route({
      method: server.supportedMethods,
      url,
      bodyLimit: BODY_LIMIT_BYTES,
      onRequest: async (request, reply) => {
        reply.header('x-request-id', request.id).header('cache-control', 'no-store')
        doorkeeper.refuseForeign(request)
        const { admit } = await loadAnswers()
        const hasConsole = console !== undefined
        request.setDecorator<Admitted>(DECORATOR, await admit(request, () => authorityOf(request), { hasConsole }))
      },
      handler: async (request, reply) => {
        const { answer } = await loadAnswers()
        await answer({ parts, console, streams }, request.getDecorator<Admitted>(DECORATOR), request, reply)
        return reply
      },
    })
  }
}
