/**
 * Loads a server over bare sockets, with or without a proxy and TLS between, and prints what came back. It reads no more
 * of an answer than its status and its end, so that it costs little beside the server.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Load, Outcome } from './load.ts'
import { CONNECTIONS } from './options.ts'

const [, , written = '', seconds = ''] = process.argv
const { url, headers, through } = JSON.parse(written) as Load
const { host, hostname, port, pathname, search } = new URL(url)
const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`)
const ca = through === undefined ? undefined : readFileSync(through.certificatePath)

const latencies: number[] = []
let failures = 0
let isOver = false

const connections = await Promise.all(Array.from({ length: CONNECTIONS }, open))
const begun = performance.now()
setTimeout(() => (isOver = true), Number(seconds) * 1000)
await Promise.all(connections.map(ask))
const elapsedSeconds = (performance.now() - begun) / 1000

latencies.sort((one, other) => one - other)
const outcome: Outcome = {
  requests: latencies.length,
  perSecond: latencies.length / elapsedSeconds,
  p50Milliseconds: latencies[Math.floor(latencies.length * 0.5)] ?? Number.NaN,
  p99Milliseconds: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
  failures,
}
process.stdout.write(JSON.stringify(outcome))

async function open(): Promise<Socket> {
  if (through === undefined) {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await once(socket, 'connect')
    return socket
  }
  const { hostname: proxyHost, port: proxyPort } = new URL(through.proxyUrl)
  const socket = connect({ host: proxyHost, port: Number(proxyPort), noDelay: true })
  socket.write(`CONNECT ${hostname}:443 HTTP/1.1\r\nHost: ${hostname}:443\r\n\r\n`)
  await once(socket, 'data')
  const tls = connectTls({ socket, servername: hostname, ca })
  await once(tls, 'secureConnect')
  return tls
}

/** One request after another, until the time is over. */
function ask(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    let sentAt = 0
    let awaited = 0
    const send = (): void => {
      if (isOver) {
        socket.destroy()
        resolve()
        return
      }
      sentAt = performance.now()
      socket.write(request)
    }
    socket.on('data', (chunk: Buffer) => {
      if (awaited === 0) {
        const headEnd = chunk.indexOf('\r\n\r\n')
        const head = chunk.toString('latin1', 0, headEnd)
        if (!head.startsWith('HTTP/1.1 200')) failures += 1
        awaited = headEnd + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1])
      }
      awaited -= chunk.length
      if (awaited > 0) return
      latencies.push(performance.now() - sentAt)
      send()
    })
    send()
  })
}
