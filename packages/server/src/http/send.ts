import { firstBytes, toByteString, type ByteString } from '@clipflight/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Strike } from '../faults/rule.ts'
import { writeFault } from '../faults/write-fault.ts'
import { JSON_TYPE } from './send-json.ts'
import { recordAnswer, type Visit } from './visit.ts'

/** What is to be sent, before a fault has its way with it. */
export interface Sent {
  readonly status: number
  /** Absent with 204. */
  readonly body?: ByteString
  /** Of the body; JSON unless said. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

const EMPTY = toByteString('')

/** Sends the answer to a request and records it, or lets a fault have its way with it. */
export function send(visit: Visit | undefined, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (visit?.strike !== undefined) sendStruck(visit, visit.strike, request, reply, answer)
  else sendPlain(visit, reply, answer)
}

function sendPlain(visit: Visit | undefined, reply: FastifyReply, answer: Sent): void {
  const { status, body, type = JSON_TYPE, headers } = answer
  // Before it is sent: whoever first reads a document that was put together of many pieces makes one of them, which is
  // half of what a record costs, and sending it takes less by that.
  if (visit !== undefined) recordAnswer(visit, reply.request, { status, body, type, headers })
  if (headers !== undefined) reply.headers(headers)
  if (body === undefined) reply.code(status).send()
  else startBody(reply, { status, type, length: body.length }).end(body, 'latin1')
}

/** Of a body that is still to be written. */
interface Head {
  readonly status: number
  readonly type: string
  /** In bytes. */
  readonly length: number
}

/** Writes the head of an answer, past Fastify, which sends no text but in UTF-8 of its own making. */
function startBody(reply: FastifyReply, { status, type, length }: Head): FastifyReply['raw'] {
  // Last: a fault may name headers of its own, and a client would wait for a length that never comes.
  reply.header('content-type', type).header('content-length', length)
  const { raw } = reply.hijack()
  // Erasure: Fastify's headers are Node's, with `undefined` for those that were taken away.
  return raw.writeHead(status, reply.getHeaders() as Record<string, string>)
}

function sendStruck(visit: Visit, { then }: Strike, request: FastifyRequest, reply: FastifyReply, answer: Sent): void {
  if (then.answer !== undefined) sendPlain(visit, reply, writeFault(then.answer, request.id))
  else if (then.cut !== undefined) cutConnection(visit, reply)
  else if (then.truncate !== undefined) sendTruncated(visit, reply, answer, then.truncate)
  else sendPlain(visit, reply, answer)
}

/** The client gets nothing, and learns at once that it will not. */
export function cutConnection(visit: Visit, reply: FastifyReply): void {
  recordAnswer(visit, reply.request, { status: null })
  reply.hijack()
  reply.raw.destroy()
}

/** The head promises the whole body; the connection ends in the middle of it. */
function sendTruncated(visit: Visit, reply: FastifyReply, answer: Sent, most: number): void {
  const { status, body = EMPTY, type = JSON_TYPE, headers = {} } = answer
  const part = firstBytes(body, most)
  recordAnswer(visit, reply.request, { status, body: part, type, headers })
  const raw = startBody(reply.headers(headers), { status, type, length: body.length })
  if (part.length === 0) raw.flushHeaders()
  raw.write(part, 'latin1', () => raw.destroy())
}
