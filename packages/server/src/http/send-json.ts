import type { FastifyReply } from 'fastify'

/**
 * Sends text that is JSON, as `application/json` without parameters. Left to itself, Fastify adds a charset, which
 * Apple's service does not send: node-app-store-connect-api then takes the answer for plain text.
 */
export function sendJson(reply: FastifyReply, text: string): void {
  reply.header('content-type', 'application/json').serializer(asItIs).send(text)
}

function asItIs(text: string): string {
  return text
}
