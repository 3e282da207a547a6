import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { refuse, type Role } from '@clipflight/contract'
import { HOST_FORM } from '../host-form.ts'
import { refuseAmbiguous } from '../refuse-ambiguous.ts'

/** Who may be asked for, and who may ask. */
export interface Doorkeeping {
  /** Undefined where nobody controls the service. */
  readonly adminToken: string | undefined
  /** Names and addresses, without ports, beside those that always are. */
  readonly allowedHosts: readonly string[]
}

/** Who asks for an operation. */
export interface Authority {
  readonly kind: 'admin' | 'key'
  /** Null for an admin, who has all. */
  readonly team: number | null
  /** Null for an admin. */
  readonly keyId: string | null
  readonly roles: readonly Role[]
  /** Milliseconds since 1970, by the machine's clock; null for the admin token itself. */
  readonly expiresAt: number | null
}

/** Whoever has the admin token. */
export const BY_TOKEN: Authority = { kind: 'admin', team: null, keyId: null, roles: ['ADMIN'], expiresAt: null }

/** Nothing beside a host and its port: whoever reads it otherwise than we do would let in what we keep out. */
const ORIGIN = new RegExp(String.raw`^https?://${HOST_FORM}(?::\d{1,5})?$`)

/** Names that only this machine answers to: no foreign page can make one its own by DNS. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** The little of a request that tells whether it may come in. */
export interface Knocking {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly localAddress?: string | undefined }
  readonly raw: { readonly rawHeaders: readonly string[] }
}

export interface Doorkeeper {
  /**
   * Ends a request that must reach neither the control API nor the console. A page of another site can make a browser
   * send requests here, even under a name of its own that leads to this machine (DNS rebinding): Host and Origin give it
   * away.
   */
  refuseForeign(request: Knocking): void
  /** In one time for all that are wrong. */
  isAdminToken(token: string): boolean
}

export function createDoorkeeper({ adminToken, allowedHosts }: Doorkeeping): Doorkeeper {
  const hosts = new Set([...LOOPBACK, ...allowedHosts.map((host) => toHostname(host))])
  const expected = adminToken === undefined ? undefined : digest(adminToken)

  /** The address that was asked is no name that somebody else could own. */
  function isOurs(url: string, { localAddress }: Knocking['socket']): boolean {
    const name = ORIGIN.test(url) ? URL.parse(url)?.hostname : undefined
    if (name === undefined || name === '') return false
    return hosts.has(name) || (localAddress !== undefined && name === toHostname(localAddress.replace('::ffff:', '')))
  }

  return {
    refuseForeign({ url, headers: { host = '', origin }, socket, raw }) {
      refuseAmbiguous(url, raw.rawHeaders)
      if (!isOurs(`http://${host}`, socket)) {
        forbid(`Neither control API nor console is asked under '${host.slice(0, 100)}'. Name it with --allowed-host.`)
      }
      if (origin !== undefined && !isOurs(origin, socket)) {
        forbid(`Neither control API nor console takes requests from the origin '${origin.slice(0, 100)}'.`)
      }
    },
    isAdminToken: (token) => expected !== undefined && timingSafeEqual(digest(token), expected),
  }
}

/** What an `Authorization` header proves. */
export function readBearer(authorization: string): string {
  return /^bearer +(.+)$/i.exec(authorization)?.[1] ?? ''
}

/** Digests have one length, and comparing them takes one time. */
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
