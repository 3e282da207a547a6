import { createServer, type Server } from 'node:http'
import { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { APPLE_HOST } from '@clipflight/contract'
import { answerPlain } from './answer-plain.ts'
import type { Authority } from './authority.ts'
import { createTlsEnd } from './end-tls.ts'
import { findAddress, type Lookup } from './find-address.ts'
import { refuseConnection, writeSentence, type Refusal } from './refusal.ts'
import { saidOnce } from './said-once.ts'
import { readTarget, type Target } from './target.ts'
import { ESTABLISHED, tunnel } from './tunnel.ts'

/** What a proxy is made of. */
export interface ProxyParts {
  readonly authority: Authority
  /** Where connections are let through to, untouched. */
  readonly allowed: readonly Target[]
  /** Takes a connection to Apple's host, decrypted. */
  readonly deliver: (connection: TLSSocket) => void
  /** Takes a line for whoever runs the clients: what was refused, each thing once. */
  readonly log: (line: string) => void
  /** Tells this proxy from others that may listen at the same place later. */
  readonly id: string
  readonly lookup?: Lookup
}

/** A proxy that listens. */
export interface Proxy {
  readonly url: string
  /** Takes no more, ends what was not delivered, and resolves when what was has ended too. */
  close(): Promise<void>
}

/** Nobody but this machine gets there, so no password is asked. */
const ADDRESS = '127.0.0.1'
const HTTPS_PORT = 443
/** For the CONNECT itself to arrive. */
const REQUEST_MILLISECONDS = 10_000
/** How often Node looks for those that take longer. */
const CHECK_MILLISECONDS = 2000

/** An HTTP proxy on a free port of this machine: it answers for Apple's host, and refuses others unless they are allowed. */
export async function startProxy(parts: ProxyParts): Promise<Proxy> {
  const { authority, allowed, deliver, id, lookup } = parts
  const log = saidOnce(parts.log)
  const logRefusal = (refusal: Refusal): void => log(writeSentence(refusal))
  /** Clients whose connections are not delivered, by their ports, as that is what TLS connections know of them. */
  const undelivered = new Map<number, Socket>()
  const tlsEnd = createTlsEnd({
    authority,
    log,
    deliver(connection) {
      if (connection.remotePort !== undefined) undelivered.delete(connection.remotePort)
      deliver(connection)
    },
  })

  async function take(client: Socket, asked: Target | Refusal): Promise<void> {
    keep(undelivered, client)
    if (!('reason' in asked) && asked.host === APPLE_HOST) {
      client.write(ESTABLISHED)
      tlsEnd.emit('connection', client)
      return
    }
    const found = 'reason' in asked ? asked : await findAddress(asked, allowed, lookup)
    // It may have gone while its target was looked up.
    if (client.destroyed) return
    if ('reason' in found) {
      logRefusal(found)
      refuseConnection(client, found)
    } else tunnel(client, found, logRefusal)
  }

  const server = createListener((client, asked) => void take(client, asked))
  server.on('request', (request, response) => answerPlain(request, response, { id, log }))
  return {
    url: `http://${ADDRESS}:${await listen(server)}`,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const client of undelivered.values()) client.destroy()
      return closed
    },
  }
}

/** Reads CONNECT, and gives the connection away behind it. */
function createListener(take: (client: Socket, asked: Target | Refusal) => void): Server {
  const server = createServer({
    requestTimeout: REQUEST_MILLISECONDS,
    headersTimeout: REQUEST_MILLISECONDS,
    connectionsCheckingInterval: CHECK_MILLISECONDS,
    noDelay: true,
  })
  server.on('connect', (request, client, head) => {
    if (!(client instanceof Socket)) throw new Error('A connection over TCP is no socket')
    client.on('error', () => client.destroy())
    // Clients need not wait for the answer before they begin.
    if (head.length > 0) client.unshift(head)
    take(client, readConnect(request.url ?? ''))
  })
  server.on('clientError', (_error, client) => {
    if (client instanceof Socket && client.writable)
      refuseConnection(client, { status: 400, reason: 'this is a proxy, and what came is no HTTP request' })
    else client.destroy()
  })
  return server
}

/** What a CONNECT asks for; of Apple's host there is one port. */
function readConnect(authority: string): Target | Refusal {
  const target = /:\d+$/.test(authority) ? readTarget(authority) : undefined
  if (target === undefined) return { status: 400, reason: 'CONNECT must name a host and a port' }
  if (target.host === APPLE_HOST && target.port !== HTTPS_PORT)
    return { status: 403, reason: `${APPLE_HOST} is served on port ${HTTPS_PORT}, not ${target.port}` }
  return target
}

function keep(clients: Map<number, Socket>, client: Socket): void {
  const { remotePort } = client
  if (remotePort === undefined) return
  clients.set(remotePort, client)
  client.once('close', () => {
    if (clients.get(remotePort) === client) clients.delete(remotePort)
  })
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, ADDRESS, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The proxy listens on no port')
  return address.port
}
