import { refuseAny } from '@clipflight/contract'
import { CONTROL_PATH } from '@clipflight/control/path'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { keepBytes } from '../journal/entry.ts'
import { readBody } from './read-body.ts'
import { toError, unsupportedMediaType } from './send-problem.ts'
import { visitOf } from './visit.ts'

/** Bodies are JSON and nothing else, are read as such, and are kept for the record of their request. */
export function takeJsonBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
    const visit = visitOf(request)
    if (visit?.journal !== undefined && body.length > 0) visit.requestBody = keepBytes(body)
    try {
      // fastlane and asc send the content type with every request, and no body with a DELETE. The control API says
      // itself what is missing.
      const mayBeEmpty = !isWrite(request.method) || request.url.startsWith(`${CONTROL_PATH}/`)
      done(null, body.length === 0 && mayBeEmpty ? undefined : readBody(body))
    } catch (error) {
      done(toError(error))
    }
  })
}

function isWrite(method: string): boolean {
  return method === 'POST' || method === 'PATCH'
}

/** Clients send a JSON content type on requests without a body too; only a body of another type is refused. */
export async function requireJson(request: FastifyRequest): Promise<void> {
  const { 'content-length': length, 'content-type': type, 'transfer-encoding': encoding } = request.headers
  const hasBody = encoding !== undefined || (length !== undefined && length !== '0')
  if (!isWrite(request.method) && !hasBody) return
  if (type?.split(';', 1)[0]?.trim().toLowerCase() !== 'application/json') refuseAny([unsupportedMediaType()])
}
