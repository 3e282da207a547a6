import { once } from 'node:events'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What went through a gateway. */
export interface Traffic {
  readonly requests: number
  /** Different ones. */
  readonly tokens: number
}

/** Stands before a server and counts; what it hands on, either way, is as it came. */
export interface Gateway extends AsyncDisposable {
  readonly url: string
  /** What has gone through since the last time. */
  take(): Traffic
}

export async function openGateway(server: string): Promise<Gateway> {
  let requests = 0
  let tokens = new Set<string>()

  function handOn(incoming: IncomingMessage, response: ServerResponse): void {
    requests += 1
    tokens.add(incoming.headers.authorization ?? '')
    const { method, headers } = incoming
    const outgoing = request(`${server}${incoming.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    outgoing.once('error', () => response.destroy())
    incoming.pipe(outgoing)
  }

  const gateway = createServer(handOn)
  gateway.listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const { port } = gateway.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    take() {
      const traffic = { requests, tokens: tokens.size }
      requests = 0
      tokens = new Set()
      return traffic
    },
    async [Symbol.asyncDispose]() {
      gateway.closeAllConnections()
      gateway.close()
      await once(gateway, 'close')
    },
  }
}
