import type { FastifyRequest } from 'fastify'

/** A host name or address, with or without a port: nothing that could break out of a URL. */
const AUTHORITY = /^(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?$/

/** What links begin with: the public URL, or the scheme and Host that the client itself used. */
export function createOrigin(publicUrl: string | undefined): (request: FastifyRequest) => string {
  const fixed = publicUrl?.replace(/\/+$/, '')
  if (fixed !== undefined) return () => fixed
  return (request) => {
    const { host } = request.headers
    if (host !== undefined && AUTHORITY.test(host)) return `${request.protocol}://${host}`
    const { localAddress = '127.0.0.1', localPort } = request.socket
    return `${request.protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
  }
}
