import { APPLE_HOST } from '@clipflight/contract'
import type { FastifyRequest } from 'fastify'
import { HOST_FORM } from '../host-form.ts'

/** Clients reach that name over TLS only, whoever ends the TLS before us. */
const AS_APPLE = new RegExp(`^${APPLE_HOST.replaceAll('.', '\\.')}(?::443)?$`, 'i')

/** With or without a port. */
const AUTHORITY = new RegExp(String.raw`^${HOST_FORM}(?::(\d{1,5}))?$`)
const HIGHEST_PORT = 65_535

/** What links begin with: Apple's host for who asked for that, the public URL, or the Host that the client used. */
export function createOrigin(publicUrl: string | undefined): (request: FastifyRequest) => string {
  const fixed = publicUrl?.replace(/\/+$/, '')
  return (request) => {
    const { host } = request.headers
    if (host !== undefined && AS_APPLE.test(host)) return `https://${APPLE_HOST}`
    if (fixed !== undefined) return fixed
    if (host !== undefined && isAuthority(host)) return `${request.protocol}://${host}`
    const { localAddress = '127.0.0.1', localPort } = request.socket
    return `${request.protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
  }
}

function isAuthority(host: string): boolean {
  const found = AUTHORITY.exec(host)
  return found !== null && Number(found[1] ?? 0) <= HIGHEST_PORT
}
