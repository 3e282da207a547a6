import { connect, type Socket } from 'node:net'
import { join } from './tunnel.ts'

export interface Forwarding {
  readonly deliver: (connection: Socket) => void
  /** Ends every connection that was delivered. */
  close(): void
}

/** Hands connections to the service at a URL, which runs in another process. */
export function forwardTo(url: string): Forwarding {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  return {
    deliver(connection) {
      open.add(connection)
      connection.once('close', () => open.delete(connection))
      const service = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port), noDelay: true })
      service.once('error', () => connection.end(goneAnswer(url)))
      service.once('connect', () => {
        service.removeAllListeners('error')
        join(connection, service)
      })
    },
    close() {
      for (const connection of open) connection.destroy()
    },
  }
}

function goneAnswer(url: string): string {
  const text = `The service at ${url} does not run any more; Clipflight's proxy has nobody to hand this request to.\n`
  return [
    'HTTP/1.1 502 Bad Gateway',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
    '',
    text,
  ].join('\r\n')
}
