import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, connect, type Server, type Socket } from 'node:net'
import { describe, test, type TestContext } from 'node:test'
import { duplexPair, type Duplex } from 'node:stream'
import { connect as connectTls, createSecureContext } from 'node:tls'
import { openAuthority } from '../../packages/server/src/proxy/authority.ts'
import type { Lookup } from '../../packages/server/src/proxy/find-address.ts'
import { saidOnce } from '../../packages/server/src/proxy/said-once.ts'
import { startProxy } from '../../packages/server/src/proxy/start-proxy.ts'
import { readTarget, type Target } from '../../packages/server/src/proxy/target.ts'
import { dataDirectory } from './run-through.ts'

const HOST = 'api.appstoreconnect.apple.com'

interface OpenProxy {
  readonly port: number
  readonly lines: readonly string[]
  readonly certificate: string
  /** Sends bytes and resolves with everything that comes back until the proxy ends the connection. */
  send(bytes: string | Buffer): Promise<string>
  close(): Promise<void>
}

interface Setting {
  readonly allow?: readonly string[]
  readonly lookup?: Lookup
}

/** A proxy whose service greets whoever is delivered. */
async function openProxy(context: TestContext, { allow = [], lookup }: Setting = {}): Promise<OpenProxy> {
  const lines: string[] = []
  const authority = await openAuthority(await dataDirectory(context), Date.now())
  const proxy = await startProxy({
    authority,
    allowed: allow.map(targetOf),
    deliver: (connection) => connection.end('hello'),
    log: (line) => lines.push(line),
    id: 'this one',
    ...(lookup === undefined ? {} : { lookup }),
  })
  context.after(() => proxy.close())
  const port = Number(new URL(proxy.url).port)
  return {
    port,
    lines,
    certificate: authority.certificate,
    async send(bytes) {
      const client = dial(context, port)
      client.write(bytes)
      return readAll(client)
    },
    close: () => proxy.close(),
  }
}

function targetOf(text: string): Target {
  const target = readTarget(text)
  if (target === undefined) throw new Error(`${text} is no target`)
  return target
}

function dial(context: TestContext, port: number): Socket {
  const client = connect(port, '127.0.0.1')
  client.on('error', () => undefined)
  context.after(() => client.destroy())
  return client
}

async function readAll(client: Socket): Promise<string> {
  let text = ''
  client.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  await closed(client)
  return text
}

/** However it is closed. */
async function closed(client: Duplex): Promise<void> {
  if (!client.closed) await new Promise<void>((resolve) => client.once('close', () => resolve()))
}

/** A server that says hello to whoever comes. */
async function startGreeter(context: TestContext, host = '127.0.0.1'): Promise<number> {
  const server: Server = createServer((socket) => socket.end('hello'))
  context.after(() => server.close())
  await once(server.listen(0, host), 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

const connectTo = (target: string): string => `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`

describe('the proxy', () => {
  for (const [target, said] of [
    ['example.com:443', 'connections to example.com are refused; --allow example.com lets it through'],
    ['EXAMPLE.com.:443', 'connections to example.com are refused; --allow example.com lets it through'],
    ['example.com:8443', 'connections to example.com:8443 are refused; --allow example.com:8443 lets it through'],
    ['127.0.0.1:443', 'connections to 127.0.0.1 are refused; --allow 127.0.0.1 lets it through'],
    ['2130706433:443', 'connections to 127.0.0.1 are refused; --allow 127.0.0.1 lets it through'],
    ['[::1]:443', 'connections to [::1] are refused; --allow [::1] lets it through'],
    [
      'appstoreconnect.apple.com:443',
      'connections to appstoreconnect.apple.com are refused; --allow appstoreconnect.apple.com lets it through',
    ],
    [`${HOST}:8443`, `${HOST} is served on port 443, not 8443`],
    [`${HOST}:80`, `${HOST} is served on port 443, not 80`],
  ] as const) {
    test(`refuses a connection to ${target}, and says so to the client and to whoever runs it`, async (context) => {
      const { send, lines } = await openProxy(context)

      const answer = await send(connectTo(target))

      assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/)
      assert.ok(answer.endsWith(`\r\n\r\nClipflight: ${said}\n`), answer)
      assert.deepEqual(lines, [said])
    })
  }

  for (const target of ['example.com', '443', 'example.com:0', 'example.com:65536', 'user@example.com:443', ':443']) {
    test(`refuses to CONNECT to '${target}'`, async (context) => {
      const { send } = await openProxy(context)

      assert.match(await send(connectTo(target)), /^HTTP\/1\.1 400 Bad Request\r\n/)
    })
  }

  for (const [what, bytes] of [
    ['garbage', 'what is this?\r\n\r\n'],
    ['a TLS handshake', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a request to itself', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ] as const) {
    test(`answers ${what} instead of CONNECT with 400, and ends the connection`, async (context) => {
      const { send } = await openProxy(context)

      assert.match(await send(bytes), /^HTTP\/1\.1 400 Bad Request\r\n/)
    })
  }

  test('passes no request in plain text on, not even to a host that is allowed', async (context) => {
    const { send, lines } = await openProxy(context, { allow: ['example.com'] })

    const answers = [
      await send('GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n'),
      await send(`GET http://${HOST}/v1/apps HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`),
    ]

    for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/)
    assert.deepEqual(lines, [
      'requests in plain text to example.com are refused: only https is passed on',
      `requests in plain text to ${HOST} are refused: only https is passed on`,
    ])
  })

  test('says a refusal once, however often a client tries', async (context) => {
    const { send, lines } = await openProxy(context)

    for (const _ of [1, 2, 3]) await send(connectTo('example.com:443'))

    assert.equal(lines.length, 1)
  })

  test('does not remember without end what it has said', () => {
    const lines: string[] = []
    const say = saidOnce((line) => lines.push(line))
    const hosts = Array.from({ length: 1001 }, (_, index) => `host ${index}`)

    for (const host of [...hosts, 'host 1000', 'host 0']) say(host)

    assert.deepEqual(lines, [...hosts, 'host 0'])
  })

  test('lets connections to an address that is allowed through, as they are', async (context) => {
    const port = await startGreeter(context)
    const { send, lines } = await openProxy(context, { allow: [`127.0.0.1:${port}`] })

    const answer = await send(connectTo(`127.0.0.1:${port}`))

    assert.equal(answer, 'HTTP/1.1 200 Connection Established\r\n\r\nhello')
    assert.deepEqual(lines, [])
  })

  test('lets connections to this machine through when it is allowed by its own name', async (context) => {
    const port = await startGreeter(context)
    const lookup = async () => ['127.0.0.1']
    const { send } = await openProxy(context, { allow: [`localhost:${port}`], lookup })

    assert.match(await send(connectTo(`localhost:${port}`)), /hello$/)
  })

  for (const address of [
    '127.0.0.1',
    '10.0.0.5',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::ffff:127.0.0.1',
    'fd00::1',
    'fe80::1',
    '64:ff9b::7f00:1',
  ]) {
    test(`does not let an allowed name lead to ${address}`, async (context) => {
      // A second address on the internet changes nothing.
      const lookup = async () => ['203.0.114.1', address]
      const { send, lines } = await openProxy(context, { allow: ['rebound.example'], lookup })

      const answer = await send(connectTo('rebound.example:443'))

      assert.match(answer, /^HTTP\/1\.1 403 Forbidden\r\n/)
      const [line = ''] = lines
      assert.ok(line.startsWith(`connections to rebound.example are refused, for it is at ${address}, `), line)
    })
  }

  test('lets an allowed name lead to a private address that is allowed too', async (context) => {
    const port = await startGreeter(context)
    const { send } = await openProxy(context, {
      allow: [`db.internal:${port}`, `127.0.0.1:${port}`],
      lookup: async () => ['127.0.0.1'],
    })

    assert.match(await send(connectTo(`db.internal:${port}`)), /hello$/)
  })

  test('says when an allowed host is not there', async (context) => {
    const lookup: Lookup = async () => Promise.reject(new Error('ENOTFOUND'))
    const { send } = await openProxy(context, { allow: ['nowhere.example', '127.0.0.1:1'], lookup })

    assert.match(await send(connectTo('nowhere.example:443')), /^HTTP\/1\.1 502 [^]*nowhere\.example is not found\n$/)
    assert.match(await send(connectTo('127.0.0.1:1')), /^HTTP\/1\.1 502 [^]*\(ECONNREFUSED\)\n$/)
  })

  test('refuses TLS for another server name', async (context) => {
    const { port, lines, certificate } = await openProxy(context)
    const client = dial(context, port)
    client.write(connectTo(`${HOST}:443`))
    await once(client, 'data')

    const tls = connectTls({
      socket: client,
      servername: 'example.com',
      secureContext: createSecureContext({ ca: certificate }),
    })
    const [error] = await once(tls, 'error')

    assert.ok(error instanceof Error)
    assert.deepEqual(lines, [`refused TLS for "example.com": there is a certificate for ${HOST} only`])
  })

  test('refuses TLS to a client that wants HTTP/2 only', async (context) => {
    const { port, certificate } = await openProxy(context)
    const client = dial(context, port)
    client.write(connectTo(`${HOST}:443`))
    await once(client, 'data')

    const tls = connectTls({ socket: client, servername: HOST, ca: certificate, ALPNProtocols: ['h2'] })
    const [error] = await once(tls, 'error')

    assert.match(error.code, /NO_APPLICATION_PROTOCOL/)
  })

  test('takes a client that speaks before it is answered', async (context) => {
    const { port, certificate } = await openProxy(context)
    const client = dial(context, port)
    const [near, far] = duplexPair()
    const tls = connectTls({ socket: near, servername: HOST, ca: certificate })
    const [hello] = await once(far, 'data')

    client.write(Buffer.concat([Buffer.from(connectTo(`${HOST}:443`)), hello]))
    const [answer] = await once(client, 'data')
    far.write(answer.subarray(answer.indexOf('\r\n\r\n') + 4))
    client.pipe(far).pipe(client)

    assert.equal(String((await once(tls, 'data'))[0]), 'hello')
  })

  for (const [what, bytes] of [
    ['says nothing', ''],
    ['stops within CONNECT', 'CONNECT example'],
    ['never shakes hands', connectTo(`${HOST}:443`)],
    ['stops within its handshake', `${connectTo(`${HOST}:443`)}\u0016\u0003\u0001`],
  ] as const) {
    test(`ends at once in spite of a client that ${what}`, { timeout: 5000 }, async (context) => {
      const { port, close } = await openProxy(context)
      const client = dial(context, port)
      await once(client, 'connect')
      if (bytes !== '') client.write(bytes)

      await close()

      await closed(client)
    })
  }

  test('ends at once in spite of a connection that it lets through', { timeout: 5000 }, async (context) => {
    const silent = createServer()
    context.after(() => silent.close())
    await once(silent.listen(0, '127.0.0.1'), 'listening')
    const address = silent.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const proxy = await openProxy(context, { allow: [`127.0.0.1:${port}`] })
    const client = dial(context, proxy.port)
    client.write(connectTo(`127.0.0.1:${port}`))
    await once(client, 'data')

    await proxy.close()

    await closed(client)
  })

  test('listens on this machine only', async (context) => {
    const { port } = await openProxy(context)
    const client = connect(port, '127.0.0.2')
    context.after(() => client.destroy())

    const [error] = await once(client, 'error')

    assert.equal(error.code, 'ECONNREFUSED')
  })
})
