import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAuthority } from '../../packages/server/src/proxy/authority.ts'
import { startProxy } from '../../packages/server/src/proxy/start-proxy.ts'

/** As much of `fetch` as tests use. */
export type Fetch = (
  url: string,
  init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string },
) => Promise<{ readonly status: number; readonly headers: Headers; readonly url: string; text(): Promise<string> }>

export interface ProxyDoor {
  readonly url: string
  readonly fetch: Fetch
  close(): Promise<void>
}

/** A proxy that gives its connections to `deliver`, and a client that goes through it to Apple's host. */
export async function openProxyDoor(deliver: (connection: Socket) => void): Promise<ProxyDoor> {
  const directory = await mkdtemp(join(tmpdir(), 'clipflight-proxy-'))
  const authority = await openAuthority(directory, Date.now())
  const proxy = await startProxy({ authority, allowed: [], deliver, log: () => undefined, id: 'door' })
  const agent = new Agent({ keepAlive: true, ca: authority.certificate, proxyEnv: { HTTPS_PROXY: proxy.url } })
  return {
    url: 'https://api.appstoreconnect.apple.com',
    fetch: (url, { method, headers, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
        const sent = request(url, { method, headers: { ...headers, ...length }, agent }, (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          response.on('end', () => {
            const pairs = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
            resolve({
              url,
              status: response.statusCode ?? 0,
              headers: new Headers(pairs.map(([name, value]) => [name, value])),
              text: async () => text,
            })
          })
        })
        sent.on('error', reject)
        sent.end(body)
      }),
    async close() {
      agent.destroy()
      await proxy.close()
      await rm(directory, { recursive: true })
    },
  }
}
