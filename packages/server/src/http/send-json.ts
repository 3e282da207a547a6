import type { FastifyReply } from 'fastify'

export const JSON_TYPE = 'application/json'

/**
 * Sends text as that type to the letter. Left to itself, Fastify adds a charset to JSON, and node-app-store-connect-api,
 * made for Apple's service, takes the answer for plain text then.
 */
export function sendAs(reply: FastifyReply, type: string, text: string): void {
  reply.header('content-type', type).serializer(asItIs).send(text)
}

/** Sends text that is JSON already. */
export function sendJson(reply: FastifyReply, text: string): void {
  sendAs(reply, JSON_TYPE, text)
}

function asItIs(text: string): string {
  return text
}
