import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as it came in. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly token: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What becomes of a request: the count begins at 1. */
export type Fault = (request: SeenRequest, response: ServerResponse, count: number) => void | Promise<void>

export interface FaultyServer {
  readonly url: string
  readonly seen: readonly SeenRequest[]
  /** Each request as `GET /v1/apps`, without its query. */
  readonly lines: readonly string[]
  close(): Promise<void>
}

/** A real HTTP server that treats its clients badly. */
export async function startFaultyServer(fault: Fault): Promise<FaultyServer> {
  const seen: SeenRequest[] = []
  const server = createServer((message: IncomingMessage, response) => {
    void text(message).then(async (body) => {
      const { method = '', url: path = '', headers } = message
      const request = { method, path, token: headers.authorization?.replace('Bearer ', ''), headers, body }
      seen.push(request)
      await fault(request, response, seen.length)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    get lines() {
      return seen.map(({ method, path }) => `${method} ${path.split('?', 1)[0]}`)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

/** Answers with JSON. */
export function answer(response: ServerResponse, status: number, body?: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** Refuses as the API does. */
export function refuse(response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}) {
  answer(response, status, { errors: [{ id: '1', status: String(status), code, title: 'Refused' }] }, headers)
}

/** Hangs up without an answer. */
export function hangUp(response: ServerResponse): void {
  response.destroy()
}

/** Passes a request on to a real service, and hands its answer over. */
export async function forward({ method, path, token, body }: SeenRequest, service: string): Promise<Response> {
  return fetch(`${service}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === '' ? {} : { 'content-type': 'application/json' }) },
    ...(body === '' ? {} : { body }),
  })
}

/** Passes a real service's answer on. */
export async function passOn(response: ServerResponse, from: Response): Promise<void> {
  response.writeHead(from.status, Object.fromEntries(from.headers))
  response.end(Buffer.from(await from.arrayBuffer()))
}

/** Stands for waiting: notes how long it should be, and goes on. */
export function noteSleeps(): { readonly sleeps: number[]; readonly sleep: (milliseconds: number) => Promise<void> } {
  const sleeps: number[] = []
  return {
    sleeps,
    async sleep(milliseconds) {
      sleeps.push(milliseconds)
    },
  }
}
