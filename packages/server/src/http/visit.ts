import { performance } from 'node:perf_hooks'
import type { ByteString, Route } from '@clipflight/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../auth/identify.ts'
import type { Faults } from '../faults/faults.ts'
import type { Strike } from '../faults/rule.ts'
import { keepBody, type AnswerHeaders, type KeptBody } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { splitUrl } from './split-url.ts'

/** What looks on and what interferes while requests pass. */
export interface Controls {
  readonly journal: Journal
  readonly faults: Faults
}

/** What happens by itself once its time has come, whether anybody controls the service or not. */
export interface DueChanges {
  isDue(team: number): boolean
  catchUp(team: number): Promise<void>
}

/** What is known of one request below /v1 while it passes. */
export interface Visit {
  /** By the service's clock, milliseconds since 1970. */
  readonly at: number
  /** Undefined where nothing is recorded. */
  readonly journal: Journal | undefined
  /** Milliseconds of `performance.now`. */
  readonly startedAt: number
  caller: Caller | undefined
  /** Undefined where the service has no such operation. */
  route: Route | undefined
  /** What a fault does to the answer, once it is there. */
  strike: Strike | undefined
  /** For the record alone, as what follows. */
  requestBody: KeptBody | undefined
  /** `X-Rate-Limit` of the answer. */
  rateLimit: string | undefined
  /** Why it was refused, beyond what the answer says. */
  why: string | undefined
  fault: string | undefined
}

const DECORATOR = 'visit'

/** Undefined for requests that are none of /v1. */
export function visitOf(request: FastifyRequest): Visit | undefined {
  return request.getDecorator<Visit | null>(DECORATOR) ?? undefined
}

/** The request is a visit from here on, which the journal is told of at its end where there is one. */
export function startVisit(request: FastifyRequest, journal: Journal | undefined, at: number): Visit {
  // Every member is there from the start, so that engines see one form of object.
  const visit: Visit = {
    at,
    journal,
    startedAt: journal === undefined ? 0 : performance.now(),
    caller: undefined,
    route: undefined,
    strike: undefined,
    requestBody: undefined,
    rateLimit: undefined,
    why: undefined,
    fault: undefined,
  }
  request.setDecorator(DECORATOR, visit)
  return visit
}

/** To be called before requests come: engines see one form of request then. */
export function decorateVisits(server: { decorateRequest(name: string, value: null): unknown }): void {
  server.decorateRequest(DECORATOR, null)
}

/** What a fault is to do to a request, if one strikes it. */
export function strikeOf(faults: Faults, visit: Visit, request: FastifyRequest): Strike | undefined {
  const { caller, route } = visit
  if (caller === undefined || caller.bySession) return undefined
  const strike = faults.strike({
    team: caller.team,
    key: caller.keyId,
    method: request.method,
    path: splitUrl(request.url).path,
    operation: route?.operationId,
  })
  visit.fault = strike?.fault
  visit.why = strike?.why
  return strike
}

/** What was sent; a status of null: the connection was cut instead. */
export interface Recorded {
  readonly status: number | null
  readonly body?: ByteString | undefined
  readonly type?: string | undefined
  readonly headers?: AnswerHeaders | undefined
}

/** Puts the request and its answer into the journal, where there is one. Nothing is copied: this happens with every request. */
export function recordAnswer(visit: Visit, request: FastifyRequest, { status, body, type, headers }: Recorded): void {
  const { journal, caller, route } = visit
  journal?.record({
    number: 0,
    id: request.id,
    at: visit.at,
    milliseconds: performance.now() - visit.startedAt,
    method: request.method,
    url: request.url,
    status,
    team: caller?.team,
    key: caller?.keyId,
    operation: route?.operationId,
    requestHeaders: request.raw.rawHeaders,
    requestBody: visit.requestBody,
    answerType: body === undefined ? undefined : type,
    rateLimit: visit.rateLimit,
    moreHeaders: headers,
    answerBody: body === undefined ? undefined : keepBody(body),
    why: visit.why,
    fault: visit.fault,
  })
}
