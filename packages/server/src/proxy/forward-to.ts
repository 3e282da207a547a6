import { connect, type Socket } from 'node:net'
import { refuseConnection } from './refusal.ts'
import { join } from './tunnel.ts'

/** A way to a service in another process. */
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
      const sayGone = (): void =>
        refuseConnection(connection, { status: 502, reason: `the service at ${url} does not run any more` })
      const giveUp = (): void => void service.destroy()
      service.once('error', sayGone)
      connection.once('close', giveUp)
      service.once('connect', () => {
        service.off('error', sayGone)
        connection.off('close', giveUp)
        join(connection, service)
      })
    },
    close() {
      for (const connection of open) connection.destroy()
    },
  }
}
