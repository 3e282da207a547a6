import type { FastifyReply } from 'fastify'

export const JSON_TYPE = 'application/json'

/**
 * Sends text that is JSON already, as that type to the letter. Left to itself, Fastify adds a charset to JSON, and
 * node-app-store-connect-api, made for Apple's service, takes the answer for plain text then.
 */
export function sendJson(reply: FastifyReply, text: string): void {
  reply.header('content-type', JSON_TYPE).serializer(asItIs).send(text)
}

function asItIs(text: string): string {
  return text
}
