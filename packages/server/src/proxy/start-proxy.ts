import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Socket, type AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { APPLE_HOST } from '../http/origin.ts'
import type { Authority } from './authority.ts'
import { createTlsEnd } from './end-tls.ts'
import { findAddress, type Lookup } from './find-address.ts'
import { refuseConnection, writeSentence, type Refusal } from './refusal.ts'
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

export interface Proxy {
  readonly url: string
  /** Takes no more, ends what was not delivered, and resolves when what was has ended too. */
  close(): Promise<void>
}

/** Where the proxy, asked as a server, says its id. */
export const ID_PATH = '/_clipflight/proxy'

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

  async function take(client: Socket, target: Target | Refusal): Promise<void> {
    if ('reason' in target) return refuse(client, target)
    if (target.host === APPLE_HOST) {
      client.write(ESTABLISHED)
      tlsEnd.emit('connection', client)
      return
    }
    const found = await findAddress(target, allowed, lookup)
    if ('reason' in found) refuse(client, found)
    else tunnel(client, found.address, target.port, logRefusal)
  }

  function refuse(client: Socket, refusal: Refusal): void {
    logRefusal(refusal)
    refuseConnection(client, refusal)
  }

  const server = createServer({
    requestTimeout: REQUEST_MILLISECONDS,
    headersTimeout: REQUEST_MILLISECONDS,
    connectionsCheckingInterval: CHECK_MILLISECONDS,
    noDelay: true,
  })
  server.on('request', (request, response) => answerRequest(request, response, id, log))
  server.on('clientError', (_error, socket) => {
    if (socket instanceof Socket && socket.writable)
      refuseConnection(socket, { status: 400, reason: 'this is a proxy, and what came is no HTTP request' })
    else socket.destroy()
  })
  server.on('connect', (request, client, head) => {
    if (!(client instanceof Socket)) throw new Error('A connection over TCP is no socket')
    client.on('error', () => client.destroy())
    keep(undelivered, client)
    // Clients need not wait for the answer before they begin.
    if (head.length > 0) client.unshift(head)
    void take(client, readConnect(request.url ?? ''))
  })

  const url = `http://${ADDRESS}:${await listen(server)}`
  return {
    url,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      for (const client of undelivered.values()) client.destroy()
      return closed
    },
  }
}

/** What a CONNECT asks for; of Apple's host there is one port. */
function readConnect(authority: string): Target | Refusal {
  const target = /:\d+$/.test(authority) ? readTarget(authority) : undefined
  if (target === undefined) return { status: 400, reason: 'CONNECT must name a host and a port' }
  if (target.host === APPLE_HOST && target.port !== HTTPS_PORT)
    return { status: 403, reason: `${APPLE_HOST} is served on port ${HTTPS_PORT}, not ${target.port}` }
  return target
}

/** Anything but CONNECT: a request in plain text to some host, which is never passed on, or one to the proxy itself. */
function answerRequest(
  { url = '' }: IncomingMessage,
  response: ServerResponse,
  id: string,
  log: (line: string) => void,
): void {
  if (url === ID_PATH) {
    response.end(id)
    return
  }
  const host = URL.parse(url)?.host
  const refusal =
    host === undefined
      ? { status: 400, sentence: 'this is a proxy: it takes CONNECT' }
      : { status: 403, sentence: `requests in plain text to ${host} are refused: only https is passed on` }
  if (host !== undefined) log(refusal.sentence)
  response.writeHead(refusal.status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end(`Clipflight: ${refusal.sentence}\n`)
}

function keep(clients: Map<number, Socket>, client: Socket): void {
  const { remotePort } = client
  if (remotePort === undefined) return
  clients.set(remotePort, client)
  client.once('close', () => {
    if (clients.get(remotePort) === client) clients.delete(remotePort)
  })
}

/** Clients try again and again; one line is enough. */
function saidOnce(log: (line: string) => void): (line: string) => void {
  const said = new Set<string>()
  return (line) => {
    if (said.has(line)) return
    said.add(line)
    log(line)
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, ADDRESS, resolve)
  })
  return (server.address() as AddressInfo).port
}
