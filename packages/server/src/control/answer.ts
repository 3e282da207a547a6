import { ApiError, CONTRACT_VERSION, refuseAny } from '@clipflight/contract'
import {
  controlDocument,
  operationNamed,
  readInput,
  type ConsoleOperationName,
  type OperationName,
} from '@clipflight/control'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isOfConsole, type Asked } from './admit.ts'
import { BY_TOKEN, type Authority } from './authority.ts'
import type { Asking, ConsoleSide } from './console-side.ts'
import { findTeam } from './find-team.ts'
import { controlOperations, type AnsweredName } from './operations.ts'
import type { ControlParts } from './parts.ts'
import { toProblem } from './refuse-wrong.ts'
import { streamRequests, type OpenStreams } from './stream-requests.ts'

export { admit } from './admit.ts'

/** The OpenAPI document, as it is sent. */
export function documentText(): string {
  return JSON.stringify(controlDocument(CONTRACT_VERSION))
}

/** What performs operations. */
export interface Performing {
  /** Undefined where nobody controls the service: whoever asks for what needs it was refused before. */
  readonly parts: ControlParts | undefined
  readonly console: ConsoleSide | undefined
  readonly streams: OpenStreams
}

/** An operation that somebody may ask for. */
export interface Admitted {
  readonly asked: Asked
  readonly authority: Authority | undefined
}

/** Performs the operation that a request asks for, and sends what comes of it. */
export async function answer(
  { parts, console, streams }: Performing,
  { asked: { name, params, query }, authority }: Admitted,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const given = { params, query, body: request.body }
  if (isOfConsole(name)) {
    sendResult(reply, name, await performOfConsole(needed(console), name, given, { authority, request, reply }))
  } else if (name === 'followRequests') {
    const input = readOrRefuse(name, given)
    const lastSeen = Number(request.headers['last-event-id'] ?? Number.NaN)
    const mayGoOn =
      authority === BY_TOKEN ? undefined : async () => (await console?.identify(request))?.kind === authority?.kind
    const following = { lastSeen: Number.isNaN(lastSeen) ? undefined : lastSeen, streams, mayGoOn }
    streamRequests(needed(parts).journal, input, reply, following)
  } else {
    sendResult(reply, name, await perform(needed(parts), name, given))
  }
}

function needed<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('An operation was admitted that the service does not offer.')
  return part
}

function sendResult(reply: FastifyReply, name: OperationName, result: unknown): void {
  const { status, form } = operationNamed(name)
  reply.code(status)
  if (result === undefined) reply.send()
  else if (form === 'yaml') reply.type('application/yaml; charset=utf-8').send(result)
  else reply.type('application/json').send(JSON.stringify(result))
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

async function performOfConsole<N extends ConsoleOperationName>(
  console: ConsoleSide,
  name: N,
  given: Given,
  asking: Asking,
): Promise<unknown> {
  const input = readOrRefuse(name, given)
  return (await console.operations())[name](asking, input)
}

function readOrRefuse<N extends OperationName>(name: N, given: Given) {
  const read = readInput(name, given)
  if ('input' in read) return read.input
  refuseAny(read.complaints.map(toProblem))
  throw new Error('A request was found wrong without a complaint.')
}
