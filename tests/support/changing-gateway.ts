import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** An answer of the service behind the gateway. */
export interface PassingAnswer {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly status: number
  readonly body: string
}

/** What asc takes for "there are none" (evidence 1.5), wherever the invocations of a bundle are listed. */
export function withoutInvocations({ method, path }: PassingAnswer): Partial<Pick<PassingAnswer, 'status' | 'body'>> {
  if (method !== 'GET' || !/^\/v1\/buildBundles\/[^/]+\//.test(path)) return {}
  const problem = { status: '404', code: 'NOT_FOUND', title: 'The specified resource does not exist', detail: 'None' }
  return { status: 404, body: JSON.stringify({ errors: [problem] }) }
}

/** A real gateway in front of a real service that hands out other answers than it got, or passes on other bodies. Returns its URL. */
export async function startChangingGateway(
  context: TestContext,
  target: string,
  change: (answer: PassingAnswer) => Partial<Pick<PassingAnswer, 'status' | 'body'>>,
  rewrite: (body: string) => string = (body) => body,
): Promise<string> {
  const http = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request
    const pass = async (): Promise<void> => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const type = headers['content-type']
      const answer = await fetch(`${target}${path}`, {
        method,
        headers: {
          authorization: headers.authorization ?? '',
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        ...(chunks.length === 0 ? {} : { body: rewrite(Buffer.concat(chunks).toString()) }),
      })
      const passing = { method, path, status: answer.status, body: await answer.text() }
      const { status, body } = { ...passing, ...change(passing) }
      const location = answer.headers.get('location')
      response.writeHead(status, { 'content-type': 'application/json', ...(location === null ? {} : { location }) })
      response.end(status === 204 ? undefined : body)
    }
    pass().catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  context.after(() => {
    http.closeAllConnections()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}
