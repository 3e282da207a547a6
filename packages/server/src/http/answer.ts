import type { Route } from '@clipflight/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../auth/identify.ts'
import { operations } from '../operations/index.ts'
import type { Answer, World } from '../operations/request.ts'
import { refuseUnreadable } from './admit.ts'
import { refuseHidden } from './interfere.ts'
import { readerOf } from './reader-of.ts'
import type { PathNames } from './route-shapes.ts'
import { toError } from './send-problem.ts'
import { send } from './send.ts'
import { splitUrl } from './split-url.ts'
import { together } from './together.ts'
import { visitOf, type Controls, type Visit } from './visit.ts'

/** What answers are made of. */
interface Answering extends World {
  readonly controls: Controls | undefined
  readonly originOf: (request: FastifyRequest) => string
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

/** Answers requests that were let in and whose bodies were read. */
export function createAnswering({
  controls,
  originOf,
  ...world
}: Answering): (request: NamedRequest, reply: FastifyReply) => void {
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

  return (request, reply) => {
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
