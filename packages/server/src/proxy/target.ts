import { isIP } from 'node:net'
import { HOST_FORM } from '../host-form.ts'

/** A host, in the one form in which all ways to write it come out, and a port. */
export interface Target {
  readonly host: string
  readonly port: number
}

const HTTPS_PORT = 443

/** With a port, or none. */
const FORM = new RegExp(String.raw`^(${HOST_FORM})(?::(\d{1,5}))?$`)

/** Reads `host`, which means port 443, or `host:port`. Undefined when it is neither. */
export function readTarget(text: string): Target | undefined {
  const [, written = '', port = String(HTTPS_PORT)] = FORM.exec(text) ?? []
  // As resolvers do, 127.1 and 0x7f000001 are read as the address that they are.
  const host = URL.parse(`http://${written}`)?.hostname.replace(/^\[|\]$|\.$/g, '') ?? ''
  const number = Number(port)
  return host === '' || number < 1 || number > 65_535 ? undefined : { host, port: number }
}

/** As it would be given to `--allow`. */
export function writeTarget({ host, port }: Target): string {
  const name = isIP(host) === 6 ? `[${host}]` : host
  return port === HTTPS_PORT ? name : `${name}:${port}`
}
