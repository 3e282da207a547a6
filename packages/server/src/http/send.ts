import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Strike } from '../faults/rule.ts'
import { writeFault } from '../faults/write-fault.ts'
import { recordAnswer, type Visit } from './visit.ts'

export interface Sent {
  readonly status: number
  /** Absent with 204. */
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends the answer to a request and records it, or lets a fault have its way with it. */
export function send(visit: Visit | undefined, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (visit?.strike !== undefined) sendStruck(visit, visit.strike, request, reply, answer)
  else sendPlain(visit, reply, answer)
}

function sendPlain(visit: Visit | undefined, reply: FastifyReply, { status, body, headers }: Sent): void {
  reply.code(status)
  if (headers !== undefined) reply.headers(headers)
  if (visit !== undefined) recordAnswer(visit, reply, status, body)
  reply.send(body)
}

function sendStruck(visit: Visit, { then }: Strike, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (then.answer !== undefined) sendPlain(visit, reply, writeFault(then.answer, request.id))
  else if (then.cut !== undefined) cutConnection(visit, reply)
  else if (then.truncate !== undefined) sendTruncated(visit, reply, answer, then.truncate)
  else sendPlain(visit, reply, answer)
}

/** The client gets nothing, and learns at once that it will not. */
export function cutConnection(visit: Visit, reply: FastifyReply): void {
  recordAnswer(visit, reply, null, undefined)
  reply.hijack()
  reply.raw.destroy()
}

/** The head promises the whole body; the connection ends in the middle of it. */
function sendTruncated(
  visit: Visit,
  reply: FastifyReply,
  { status, body = '', headers = {} }: Sent,
  most: number,
): void {
  const whole = Buffer.from(body)
  const part = whole.subarray(0, most)
  reply.code(status).headers({ ...headers, 'content-length': whole.length })
  recordAnswer(visit, reply, status, part.toString())
  const { raw } = reply.hijack()
  // Erasure: Fastify's headers are Node's, with `undefined` for those that were taken away.
  raw.writeHead(status, reply.getHeaders() as Record<string, string>)
  raw.write(part, () => raw.destroy())
  if (part.length === 0) raw.flushHeaders()
}
