import { ApiError, CONTRACT_VERSION, refuse, refuseAny } from '@clipflight/contract'
import {
  CONTROL_PATH,
  controlDocument,
  matchOperation,
  operationNamed,
  readInput,
  type OperationName,
} from '@clipflight/control'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { findTeam } from './find-team.ts'
import { controlOperations, type AnsweredName } from './operations.ts'
import type { ControlParts } from './parts.ts'
import { toProblem } from './refuse-wrong.ts'
import { streamRequests, type OpenStreams } from './stream-requests.ts'

/** The OpenAPI document, as it is sent. */
export function documentText(): string {
  return JSON.stringify(controlDocument(CONTRACT_VERSION))
}

interface Asked {
  readonly name: OperationName
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** The operation that a request asks for, or 404 or 405. */
export function findOperation({ method, url }: FastifyRequest): Asked {
  const [path = '', query = ''] = url.slice(CONTROL_PATH.length).split(/\?(.*)/s)
  const found = matchOperation(method, path)
  if (found === undefined) {
    refuse({
      code: 'NOT_FOUND',
      detail: `The control API has no '${path}': ${CONTROL_PATH}/openapi.json says what it has.`,
    })
  }
  if ('methods' in found) {
    refuse({ code: 'METHOD_NOT_ALLOWED', detail: `'${path}' takes ${found.methods.join(', ')} and not ${method}.` })
  }
  return { ...found, query: new URLSearchParams(query) }
}

/** Performs the operation that a request asks for, and sends what comes of it. */
export async function answer(
  parts: ControlParts,
  streams: OpenStreams,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { name, params, query } = findOperation(request)
  const given = { params, query, body: request.body }
  if (name === 'followRequests') {
    const input = readOrRefuse(name, given)
    const lastSeen = Number(request.headers['last-event-id'] ?? Number.NaN)
    streamRequests(parts.journal, input, reply, { lastSeen: Number.isNaN(lastSeen) ? undefined : lastSeen, streams })
    return
  }
  if (!isAnswered(name)) refuse({ code: 'NOT_FOUND', detail: `The service does not offer '${name}'.` })
  const result = await perform(parts, name, given)
  const { status, form } = operationNamed(name)
  reply.code(status)
  if (result === undefined) reply.send()
  else if (form === 'yaml') reply.type('application/yaml; charset=utf-8').send(result)
  else reply.type('application/json').send(JSON.stringify(result))
}

function isAnswered(name: OperationName): name is AnsweredName {
  return Object.hasOwn(controlOperations, name)
}

type Given = Parameters<typeof readInput>[1]

async function perform<N extends AnsweredName>(parts: ControlParts, name: N, given: Given): Promise<unknown> {
  const input = readOrRefuse(name, given)
  try {
    return await controlOperations[name](parts, input)
  } catch (error) {
    // Its team can be deleted at the same moment: the database refuses the rows then, and there is no such team.
    if (!(error instanceof ApiError) && 'team' in input && typeof input.team === 'number') {
      await findTeam(parts.storage, input.team)
    }
    throw error
  }
}

function readOrRefuse<N extends OperationName>(name: N, given: Given) {
  const read = readInput(name, given)
  if ('input' in read) return read.input
  refuseAny(read.complaints.map(toProblem))
  throw new Error('A request was found wrong without a complaint.')
}
