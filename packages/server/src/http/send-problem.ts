import { randomUUID } from 'node:crypto'
import { ApiError, CODES, DETAILS, toByteString, writeErrors, type Code, type Problem } from '@clipflight/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { TokenRefused } from '../auth/token-refused.ts'
import { StorageUnavailable } from '../storage/storage.ts'
import { send } from './send.ts'
import { visitOf, type Visit } from './visit.ts'

const UNEXPECTED: Problem = { code: 'UNEXPECTED_ERROR', detail: DETAILS.UNEXPECTED_ERROR }

const NOT_TAKEN: Problem = { code: 'BAD_REQUEST', detail: 'The request is not one that the service takes' }

const DATABASE_AWAY: Problem = {
  code: 'SERVICE_UNAVAILABLE',
  detail: 'The database does not answer. Please try again later.',
}

/** What the HTTP library refuses before any of our code runs, by its own codes. */
const LIBRARY_REFUSALS: Readonly<Record<string, Problem>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', detail: 'The body of a request cannot exceed 1 MiB' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: unsupportedMediaType(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { code: 'BAD_REQUEST', detail: 'The body is not as long as Content-Length says' },
  FST_ERR_MAX_PARAM_LENGTH: { code: 'URI_TOO_LONG', detail: 'The URL is too long' },
  FST_ERR_BAD_URL: { code: 'BAD_REQUEST', detail: 'The path of the URL is not valid percent-encoding' },
}

export function unsupportedMediaType(): Problem {
  return {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'The Content-Type header of a request with a body must be application/json',
  }
}

/** What Fastify calls with whatever was thrown. */
export function sendProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  answerProblem(error, visitOf(request), request, reply)
}

/** The only place where a refusal or a crash becomes an answer. */
export function answerProblem(
  error: FastifyError | Error,
  visit: Visit | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problems = problemsOf(error)
  const status = CODES[problems[0].code].status
  // Only what is our fault is logged, and its text only goes there.
  if (status >= 500 && !(error instanceof ApiError))
    request.log.error({ requestId: request.id, err: error }, problems[0].code)
  reply.header('x-request-id', request.id)
  if (visit !== undefined && error instanceof TokenRefused) visit.why = error.why
  send(visit, request, reply, { status, body: toByteString(errorBody(problems, request.id)) })
}

/** What was thrown or rejected with, as an error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}

function problemsOf(error: FastifyError | Error): readonly [Problem, ...Problem[]] {
  if (error instanceof ApiError) return error.problems
  if (error instanceof StorageUnavailable) return [DATABASE_AWAY]
  const { code, statusCode = 500 } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : LIBRARY_REFUSALS[code]
  // The client hung up before its request was complete, or the library has a reason of its own to refuse it.
  const isClients = code === 'ECONNRESET' || (statusCode >= 400 && statusCode < 500)
  return [known ?? (isClients ? NOT_TAKEN : UNEXPECTED)]
}

/** The id of the first error is that of the request, by which support finds it (evidence 4.1). */
function errorBody(problems: readonly Problem[], requestId: string): string {
  return JSON.stringify(writeErrors(problems, (index) => (index === 0 ? requestId : randomUUID())))
}

/** A whole HTTP response for a connection that never became a request. */
export function rawRefusal(code: Code, detail: string, reason: string, headers: readonly string[]): string {
  const id = randomUUID()
  const body = errorBody([{ code, detail }], id)
  return [
    `HTTP/1.1 ${CODES[code].status} ${reason}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    `X-Request-ID: ${id}`,
    ...headers,
    '',
    body,
  ].join('\r\n')
}
