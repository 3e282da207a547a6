import type { ByteString, Route } from '@clipflight/contract'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../auth/identify.ts'
import type { Faults } from '../faults/faults.ts'
import type { Strike } from '../faults/rule.ts'
import { keepBody, startEntry, type AnswerHeaders, type Entry } from '../journal/entry.ts'
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
  caller: Caller | undefined
  /** Undefined where the service has no such operation. */
  route: Route | undefined
  /** Undefined where nothing is recorded. */
  readonly entry: Entry | undefined
  readonly journal: Journal | undefined
  /** What a fault does to the answer, once it is there. */
  strike: Strike | undefined
}

const DECORATOR = 'visit'

/** Undefined for requests that are none of /v1. */
export function visitOf(request: FastifyRequest): Visit | undefined {
  return request.getDecorator<Visit | null>(DECORATOR) ?? undefined
}

/** The request is a visit from here on, and an entry of the journal where there is one. */
export function startVisit(request: FastifyRequest, journal: Journal | undefined, at: number): Visit {
  const { id, method, url, raw } = request
  const entry = journal === undefined ? undefined : startEntry(id, at, method, url, raw.rawHeaders)
  const visit: Visit = { caller: undefined, route: undefined, entry, journal, strike: undefined }
  request.setDecorator(DECORATOR, visit)
  return visit
}

/** To be called before requests come: engines see one form of request then. */
export function decorateVisits(server: { decorateRequest(name: string, value: null): unknown }): void {
  server.decorateRequest(DECORATOR, null)
}

/** What a fault is to do to a request, if one strikes it. */
export function strikeOf(faults: Faults, visit: Visit, request: FastifyRequest): Strike | undefined {
  const { caller, entry } = visit
  if (caller === undefined || caller.bySession) return undefined
  const strike = faults.strike({
    team: caller.team,
    key: caller.keyId,
    method: request.method,
    path: splitUrl(request.url).path,
    operation: entry?.operation,
  })
  if (strike !== undefined && entry !== undefined) {
    entry.fault = strike.fault
    entry.why = strike.why
  }
  return strike
}

/** What was sent; a status of null: the connection was cut instead. */
export interface Recorded {
  readonly status: number | null
  readonly body?: ByteString | undefined
  readonly type?: string | undefined
  readonly headers?: AnswerHeaders | undefined
}

/** Puts the answer into the record of its request. Nothing is copied: this happens with every request. */
export function recordAnswer({ entry, journal }: Visit, { status, body, type, headers }: Recorded): void {
  if (entry === undefined || journal === undefined) return
  entry.status = status
  entry.moreHeaders = headers
  if (body !== undefined) {
    entry.answerType = type
    entry.answerBody = keepBody(body)
  }
  journal.record(entry)
}
