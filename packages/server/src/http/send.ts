import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Strike } from '../faults/rule.ts'
import { writeFault } from '../faults/write-fault.ts'
import { JSON_TYPE, sendAs } from './send-json.ts'
import { recordAnswer, type Visit } from './visit.ts'

/** What is to be sent, before a fault has its way with it. */
export interface Sent {
  readonly status: number
  /** Absent with 204. */
  readonly body?: string
  /** Of the body; JSON unless said. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Sends the answer to a request and records it, or lets a fault have its way with it. */
export function send(visit: Visit | undefined, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (visit?.strike !== undefined) sendStruck(visit, visit.strike, request, reply, answer)
  else sendPlain(visit, reply, answer)
}

function sendPlain(visit: Visit | undefined, reply: FastifyReply, answer: Sent): void {
  const { status, body, type = JSON_TYPE, headers } = answer
  reply.code(status)
  if (headers !== undefined) reply.headers(headers)
  if (body === undefined) reply.send()
  else sendAs(reply, type, body)
  // Afterwards: nobody waits for the record.
  if (visit?.entry !== undefined) recordAnswer(visit, { status, body, bytes: lengthOf(reply), type, headers })
}

/** As Fastify has counted it: to count the bytes of a text that is not ASCII once more takes 3 µs (measured). */
function lengthOf(reply: FastifyReply): number | undefined {
  const length = reply.getHeader('content-length')
  return length === undefined ? undefined : Number(length)
}

function sendStruck(visit: Visit, { then }: Strike, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (then.answer !== undefined) sendPlain(visit, reply, writeFault(then.answer, request.id))
  else if (then.cut !== undefined) cutConnection(visit, reply)
  else if (then.truncate !== undefined) sendTruncated(visit, reply, answer, then.truncate)
  else sendPlain(visit, reply, answer)
}

/** The client gets nothing, and learns at once that it will not. */
export function cutConnection(visit: Visit, reply: FastifyReply): void {
  recordAnswer(visit, { status: null })
  reply.hijack()
  reply.raw.destroy()
}

/** The head promises the whole body; the connection ends in the middle of it. */
function sendTruncated(visit: Visit, reply: FastifyReply, answer: Sent, most: number): void {
  const { status, body = '', type = JSON_TYPE, headers = {} } = answer
  const whole = Buffer.from(body)
  const part = whole.subarray(0, most)
  reply.code(status).headers({ ...headers, 'content-type': type, 'content-length': whole.length })
  recordAnswer(visit, { status, body: part.toString(), type, headers })
  const { raw } = reply.hijack()
  // Erasure: Fastify's headers are Node's, with `undefined` for those that were taken away.
  raw.writeHead(status, reply.getHeaders() as Record<string, string>)
  if (part.length === 0) raw.flushHeaders()
  raw.write(part, () => raw.destroy())
}
