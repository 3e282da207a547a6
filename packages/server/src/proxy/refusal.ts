import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** Why there is no connection, and what would let it through, if anything does. */
export interface Refusal {
  /** Our no, the client's mistake, or a failure further on. */
  readonly status: 403 | 400 | 502
  readonly reason: string
  readonly remedy?: string
}

export function writeSentence({ reason, remedy }: Refusal): string {
  return remedy === undefined ? reason : `${reason}; ${remedy} lets it through`
}

/** The refusal as the answer to a CONNECT; the connection ends with it. */
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
  // What the client still sends is not waited for.
  client.resume()
}
