import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** Why there is no connection, and what would let it through, if anything does. */
export interface Refusal {
  /** The client's mistake, our no, or a failure further on. */
  readonly status: 400 | 403 | 502
  readonly reason: string
  readonly remedy?: string
}

/** A client that has its answer and does not hang up. */
const HANG_UP_MILLISECONDS = 2000

/** As it is said to clients and to whoever runs the proxy. */
export function writeSentence({ reason, remedy }: Refusal): string {
  return remedy === undefined ? reason : `${reason}; ${remedy} lets it through`
}

/** The refusal as an HTTP answer, which ends the connection. */
export function refuseConnection(client: Socket, refusal: Refusal): void {
  const text = `Clipflight: ${writeSentence(refusal)}\n`
  client.end(
    [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  )
  // What the client still sends would reset the connection under the answer if nobody read it.
  client.resume()
  client.setTimeout(HANG_UP_MILLISECONDS, () => client.destroy())
}
