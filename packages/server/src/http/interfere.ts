import { refuse, resourceOfType, type Route } from '@clipflight/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from '../faults/faults.ts'
import { cutConnection, send } from './send.ts'
import { strikeOf, type Controls, type DueChanges, type Visit } from './visit.ts'

export interface Interfering {
  /** Undefined where nobody controls the service. */
  readonly controls: Controls | undefined
  readonly schedule: DueChanges
}

/**
 * What faults and due changes do to a request before it is looked at. Undefined, without a promise, where there is
 * nothing to wait for. Whoever waited looks at `reply.sent`: the request may have found its end.
 */
export function interfere(
  { controls, schedule }: Interfering,
  visit: Visit,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> | undefined {
  const strike =
    controls === undefined || controls.faults.isEmpty ? undefined : strikeOf(controls.faults, visit, request)
  if (strike !== undefined) {
    const { answer, applied, cut } = strike.then
    visit.strike = strike
    if ((answer !== undefined && applied !== true) || cut === 'before') {
      endEarly(visit, request, reply)
      return undefined
    }
  }
  const { caller } = visit
  const isDue = caller !== undefined && schedule.isDue(caller.team)
  if (strike === undefined || strike.delayMilliseconds === 0) {
    return isDue ? schedule.catchUp(caller.team) : undefined
  }
  return stayAway(strike.delayMilliseconds, visit, reply).then(() =>
    caller !== undefined && !reply.sent && schedule.isDue(caller.team) ? schedule.catchUp(caller.team) : undefined,
  )
}

/** The answer is a fault's whatever it would have been: an empty one stands in for it. */
function endEarly(visit: Visit, request: FastifyRequest, reply: FastifyReply): void {
  if (visit.strike?.then.cut === undefined) send(visit, request, reply, { status: 204 })
  else cutConnection(visit, reply)
}

/** Resolves after a while, by the machine's clock, or when the client has gone: then nothing is left to be done. */
function stayAway(milliseconds: number, visit: Visit, reply: FastifyReply): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      reply.raw.off('close', leave)
      resolve()
    }
    const leave = (): void => {
      cutConnection(visit, reply)
      end()
    }
    const timer = setTimeout(end, milliseconds)
    // A service that ends does not wait for its faults.
    timer.unref()
    // The client may have gone before, while its token was looked up.
    if (reply.raw.destroyed) leave()
    else reply.raw.once('close', leave)
  })
}

/** Refuses a write to, or that links to, something that a fault hides. */
export function refuseHidden(faults: Faults, visit: Visit, { resource }: Route, id: string, body: unknown): void {
  const { caller } = visit
  if (caller === undefined || caller.bySession) return
  for (const named of [{ type: resource.type, id }, ...linksIn(body)]) {
    const by = faults.hidden.find(caller.team, named.id)
    if (by === undefined || resourceOfType(named.type) === undefined) continue
    visit.fault = by.fault
    visit.why = by.why
    refuse({ code: 'NOT_FOUND', detail: `There is no resource of type '${named.type}' with id '${named.id}'` })
  }
}

interface Link {
  readonly type: string
  readonly id: string
}

/** What a body links to: the data of its relationships, or the links that it is made of. */
function linksIn(body: unknown): readonly Link[] {
  const data = memberOf(body, 'data')
  if (Array.isArray(data)) return data.filter(isLink)
  const relationships = memberOf(data, 'relationships')
  if (typeof relationships !== 'object' || relationships === null) return []
  return Object.values(relationships)
    .flatMap((relationship: unknown) => memberOf(relationship, 'data'))
    .filter(isLink)
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined
}

function isLink(value: unknown): value is Link {
  return typeof memberOf(value, 'type') === 'string' && typeof memberOf(value, 'id') === 'string'
}
