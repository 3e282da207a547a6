import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientHeaders, invocationPath, type Clipflight } from './clipflight.ts'
import { firstId } from './data.ts'
import { firstLineOf } from './findings.ts'
import { ID, type Ids, type Load } from './load.ts'
import { freePort, startServer, waitForAnswer, type ServerProcess } from './processes.ts'
import { bytesIn, installInto } from './published.ts'

const PRISM = '@stoplight/prism-cli@5.16.0'
/** Its tag `latest` is another, older package of that name. */
const EMULATE = 'emulate@0.12.2'

/** Another server that does something close to ours. */
export interface Peer {
  readonly name: string
  readonly what: string
  readonly installedBytes: number
  /** A new process on that port, and what to ask of it. */
  start(port: number): ServerProcess
  /** What has to be there before the endpoint answers, and then the endpoint. */
  prepare(port: number): Promise<Load>
  /** Something that answers at once. */
  readonly firstPath: string
  readonly headers: Readonly<Record<string, string>>
}

/** Peers by name; a text says why one is missing. */
export interface Peers {
  readonly present: readonly Peer[]
  readonly missing: readonly string[]
}

export async function preparePeers(directory: string, ours: Clipflight, ids: Ids): Promise<Peers> {
  const makers = [
    () => preparePrism(join(directory, 'prism'), ours, firstId(ids)),
    () => prepareEmulate(join(directory, 'emulate'), ids),
  ]
  const settled = await Promise.allSettled(makers.map((make) => make()))
  return {
    present: settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])),
    missing: settled.flatMap((result) => (result.status === 'rejected' ? [firstLineOf(result.reason)] : [])),
  }
}

/** Mocks our own document, as our own service gives it. */
async function preparePrism(directory: string, ours: Clipflight, id: string): Promise<Peer> {
  installInto(directory, [PRISM])
  const command = join(directory, 'node_modules/@stoplight/prism-cli/dist/index.js')
  if (!existsSync(command)) throw new Error(`${PRISM} has no ${command}`)
  const document = join(directory, 'openapi.json')
  const response = await fetch(`${ours.url}/openapi.json`, { headers: clientHeaders(ours) })
  if (!response.ok) throw new Error(`Our /openapi.json answers ${response.status}`)
  writeFileSync(document, await response.text())
  const firstPath = invocationPath(id)
  const headers = { authorization: 'Bearer anything', accept: 'application/json' }
  return {
    name: PRISM,
    what: 'mocking our OpenAPI document, the same GET; verifies nothing, stores nothing; `--verboseLevel silent`',
    installedBytes: bytesIn(join(directory, 'node_modules')),
    start: (port) =>
      startServer(
        process.execPath,
        [command, 'mock', '-h', '127.0.0.1', '-p', String(port), '-v', 'silent', document],
        directory,
      ),
    async prepare(port) {
      const url = `http://127.0.0.1:${port}${firstPath}`
      await waitForAnswer(url, headers)
      return { url, headers }
    },
    firstPath,
    headers,
  }
}

/** Of its services, Stripe's is the closest: a stored resource by id, for a bearer token. Apple's has sign-in only. */
async function prepareEmulate(directory: string, ids: Ids): Promise<Peer> {
  installInto(directory, [EMULATE])
  const command = join(directory, 'node_modules/emulate/dist/index.js')
  if (!existsSync(command)) throw new Error(`${EMULATE} has no ${command}`)
  const headers = { authorization: 'Bearer sk_test_bench', accept: 'application/json' }
  const firstPath = '/v1/products'
  return {
    name: EMULATE,
    what: 'its Stripe service, `GET /v1/products/{id}`; verifies nothing, keeps rows in memory only',
    installedBytes: bytesIn(join(directory, 'node_modules')),
    start: (port) =>
      startServer(process.execPath, [command, 'start', '--service', 'stripe', '--port', String(port)], directory),
    async prepare(port) {
      const origin = `http://127.0.0.1:${port}`
      await waitForAnswer(`${origin}${firstPath}`, headers)
      const body = new URLSearchParams({ name: 'Order at the counter' })
      const response = await fetch(`${origin}${firstPath}`, { method: 'POST', headers, body })
      const product: unknown = await response.json()
      if (typeof product !== 'object' || product === null || !('id' in product))
        throw new Error(`${EMULATE} made no product`)
      // A token is good for 5,000 requests an hour, and any text is a token.
      const authorization = `Bearer sk_test_${ID}`
      return { url: `${origin}${firstPath}/${String(product.id)}`, headers: { ...headers, authorization }, ids }
    },
    firstPath,
    headers,
  }
}

export async function startPeer(peer: Peer): Promise<{ readonly server: ServerProcess; readonly load: Load }> {
  const port = await freePort()
  const server = peer.start(port)
  try {
    return { server, load: await peer.prepare(port) }
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}
