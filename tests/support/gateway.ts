import { once } from 'node:events'
import { createServer, request as openRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** What a gateway does with a request: pass it on, answer itself, pass it on and lose the answer, or keep it waiting. */
export type Judgement = 'pass' | 'refuse' | 'lose' | 'hold'

export interface Passing {
  readonly method: string
  readonly path: string
  /** Which of the writing requests this is, from 1 on; 0 when it reads. */
  readonly write: number
}

export interface Gateway {
  readonly url: string
  /** Every request that came, such as `GET /v1/apps`, without queries. */
  readonly requests: readonly string[]
  /** Resolves when a request is being held. */
  readonly held: Promise<void>
  /** Lets held requests go on. */
  release(): void
}

/** A real gateway in front of a real service, on a port of its own. */
export async function startGateway(
  context: TestContext,
  target: string,
  judge: (passing: Passing) => Judgement | Promise<Judgement> = () => 'pass',
): Promise<Gateway> {
  const requests: string[] = []
  const gate = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  let writes = 0

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request
    requests.push(`${method} ${url.split('?', 1)[0]}`)
    const write = method === 'GET' ? 0 : ++writes
    const judgement = await judge({ method, path: url, write })
    if (judgement === 'hold') {
      holding.resolve()
      await gate.promise
      // Who left meanwhile sends nothing any more: the service would wait for the rest of the request.
      if (response.destroyed) return
    }
    if (judgement === 'refuse') {
      request.resume()
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><title>502 Bad Gateway</title></html>')
      return
    }
    const onward = openRequest(`${target}${url}`, { method, headers: request.headers })
    const answered = once(onward, 'response')
    request.pipe(onward)
    const [answer]: readonly IncomingMessage[] = await answered
    if (answer === undefined) throw new Error('The service did not answer')
    if (judgement === 'lose') {
      answer.resume()
      await once(answer, 'end')
      response.destroy()
      return
    }
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  }

  const http = createServer((request, response) => {
    // A client that leaves takes the connection along.
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    gate.resolve()
    http.closeAllConnections()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, requests, held: holding.promise, release: () => gate.resolve() }
}
