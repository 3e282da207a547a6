import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refuse } from '@clipflight/contract'

/** Who may be asked for, and who may ask. */
export interface Doorkeeping {
  readonly adminToken: string
  /** Names and addresses, without ports, beside those that always are. */
  readonly allowedHosts: readonly string[]
}

/** Names that only this machine answers to: no foreign page can make one its own by DNS. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The little of a request that tells whether it may come in. */
export interface Knocking {
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly localAddress?: string | undefined }
}

/**
 * Ends a request that must not reach the control API. A page of another site can make a browser send requests here, even
 * under a name of its own that leads to this machine (DNS rebinding): Host and Origin give it away, and it has no token.
 */
export function createDoorkeeper({ adminToken, allowedHosts }: Doorkeeping): {
  refuseForeign(request: Knocking): void
  refuseWithoutToken(headers: IncomingHttpHeaders): void
} {
  const hosts = new Set([...LOOPBACK, ...allowedHosts.map((host) => toHostname(host))])
  const expected = digest(adminToken)

  /** The address that was asked is no name that somebody else could own. */
  function isOurs(url: string, { localAddress }: Knocking['socket']): boolean {
    const name = URL.parse(url)?.hostname
    if (name === undefined || name === '') return false
    return hosts.has(name) || (localAddress !== undefined && name === toHostname(localAddress.replace('::ffff:', '')))
  }

  return {
    refuseForeign({ headers: { host = '', origin }, socket }) {
      if (!isOurs(`http://${host}`, socket)) {
        forbid(`The control API is not asked under the host '${host.slice(0, 100)}'. Name it with --allowed-host.`)
      }
      if (origin !== undefined && !isOurs(origin, socket)) {
        forbid(`The control API takes no requests from the origin '${origin.slice(0, 100)}'.`)
      }
    },
    refuseWithoutToken({ authorization = '' }) {
      const token = /^bearer +(.+)$/i.exec(authorization)?.[1] ?? ''
      // Digests have one length, and comparing them takes one time.
      if (timingSafeEqual(digest(token), expected)) return
      refuse({
        code: 'NOT_AUTHORIZED',
        detail:
          "The control API asks for the admin token: `adminToken` of credentials.json, as 'Authorization: Bearer …'. Tokens of App Store Connect keys do not open it.",
      })
    },
  }
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** As URLs have it. */
function toHostname(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host.toLowerCase()}]` : host.toLowerCase()
}

function forbid(detail: string): never {
  refuse({ code: 'FORBIDDEN_ERROR', detail })
}
