import type { FastifyReply } from 'fastify'

/**
 * Sends text that is JSON, as `application/json` to the letter. Left to itself, Fastify adds a charset, and
 * node-app-store-connect-api, made for Apple's service, takes the answer for plain text then.
 */
export function sendJson(reply: FastifyReply, text: string): void {
  reply.header('content-type', 'application/json').serializer(asItIs).send(text)
}

function asItIs(text: string): string {
  return text
}
