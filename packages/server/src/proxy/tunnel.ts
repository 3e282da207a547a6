import { connect, type Socket } from 'node:net'
import type { Found } from './find-address.ts'
import { refuseConnection, type Refusal } from './refusal.ts'

/** What a client gets to see before the first byte from where it wants to. */
export const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n'

const DIAL_MILLISECONDS = 10_000

/** Connects a client to an address, and from then on only passes bytes on. */
export function tunnel(client: Socket, { address, port }: Found, log: (refusal: Refusal) => void): void {
  const server = connect({ host: address, port, timeout: DIAL_MILLISECONDS })
  const fail = (why: string): void => {
    const refusal: Refusal = { status: 502, reason: `no connection to port ${port} of ${address} (${why})` }
    log(refusal)
    refuseConnection(client, refusal)
    server.destroy()
  }
  const onError = ({ code, message }: NodeJS.ErrnoException): void => fail(code ?? message)
  const onClientGone = (): void => void server.destroy()
  server.once('error', onError)
  server.once('timeout', () => fail('timeout'))
  client.once('close', onClientGone)
  server.once('connect', () => {
    server.setTimeout(0)
    server.off('error', onError)
    client.off('close', onClientGone)
    client.write(ESTABLISHED)
    join(client, server)
  })
}

/** Passes bytes both ways; when one is closed, the other follows as soon as it has got all. */
export function join(one: Socket, other: Socket): void {
  one.pipe(other)
  other.pipe(one)
  for (const [each, counterpart] of [
    [one, other],
    [other, one],
  ] as const) {
    // Whoever breaks off has its reason, and `close` follows.
    each.on('error', () => undefined)
    each.once('close', () => counterpart.destroySoon())
  }
}
