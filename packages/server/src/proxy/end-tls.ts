import { createServer, type Server, type TLSSocket } from 'node:tls'
import { APPLE_HOST } from '@clipflight/contract'
import type { Authority } from './authority.ts'

interface TlsEnd {
  readonly authority: Authority
  /** Takes a connection, decrypted. */
  readonly deliver: (connection: TLSSocket) => void
  readonly log: (line: string) => void
}

/** A client that has not shaken hands by then never will. */
const HANDSHAKE_MILLISECONDS = 10_000

const OTHER_NAME = new Error('The client asked for another name')

/** Ends TLS for Apple's host on connections that are emitted to it as `connection`. It listens nowhere itself. */
export function createTlsEnd({ authority, deliver, log }: TlsEnd): Server {
  const server = createServer({
    key: authority.key,
    cert: authority.chain,
    // The service speaks nothing newer.
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: HANDSHAKE_MILLISECONDS,
    SNICallback(name, done) {
      if (name.toLowerCase() === APPLE_HOST) {
        done(null)
        return
      }
      log(`refused TLS for ${JSON.stringify(name)}: there is a certificate for ${APPLE_HOST} only`)
      done(OTHER_NAME)
    },
  })
  server.on('secureConnection', (connection) => {
    // A client that breaks off is nobody's failure; whoever reads from it sees the end.
    connection.on('error', () => connection.destroy())
    deliver(connection)
  })
  server.on('tlsClientError', (error: NodeJS.ErrnoException, connection) => {
    if (error !== OTHER_NAME && error.code !== 'ECONNRESET')
      log(`TLS for ${APPLE_HOST} failed: ${explain(error, authority)}`)
    connection.destroy()
  })
  return server
}

/** OpenSSL's name for what went wrong, and for the most frequent what to do. */
function explain({ code, message }: NodeJS.ErrnoException, { certificatePath }: Authority): string {
  const isDistrust = code !== undefined && /ALERT_(UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE)$/.test(code)
  return isDistrust ? `the client does not trust ${certificatePath}` : (code ?? message)
}
