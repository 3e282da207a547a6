import assert from 'node:assert/strict'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { connect, createServer, type Server } from 'node:tls'
import { openAuthority } from '../../packages/server/src/proxy/authority.ts'
import { makeAuthority, makeCertificates, signServer } from '../../packages/server/src/proxy/make-certificates.ts'
import { dataDirectory, modeOf } from './run-through.ts'

const OWNER_ONLY = 0o600
const DAY_MILLISECONDS = 24 * 60 * 60 * 1000
const HOST = 'api.appstoreconnect.apple.com'

describe('the authority', () => {
  test('is in files that only their owner reads', async (context) => {
    const { folder } = await openAuthority(await dataDirectory(context), Date.now())

    const names = await readdir(folder)
    assert.deepEqual(names.toSorted(), ['authority.pem', 'ca.pem'])
    for (const name of names) assert.equal(await modeOf(join(folder, name)), OWNER_ONLY, name)
  })

  test('has a key that is kept nowhere', async (context) => {
    const { folder, certificate } = await openAuthority(await dataDirectory(context), Date.now())

    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')))
    const keys = texts.join('').match(/-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g) ?? []
    assert.equal(keys.length, 1)
    assert.equal(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(keys[0] ?? '')), false)
  })

  test('stays the same until it ends soon', async (context) => {
    const dataDir = await dataDirectory(context)
    const now = Date.now()

    const made = await openAuthority(dataDir, now)
    const later = await openAuthority(dataDir, now + 700 * DAY_MILLISECONDS)
    const muchLater = await openAuthority(dataDir, now + 800 * DAY_MILLISECONDS)

    assert.deepEqual(later, made)
    assert.notEqual(muchLater.certificate, made.certificate)
  })

  test('is one, whoever asks for it at the same moment', async (context) => {
    const dataDir = await dataDirectory(context)

    const opened = await Promise.all([1, 2, 3, 4].map(() => openAuthority(dataDir, Date.now())))

    assert.equal(new Set(opened.map(({ chain, key }) => chain + key)).size, 1)
  })

  for (const [what, spoil] of [
    ['others can read', (path: string) => chmod(path, 0o644)],
    ['is spoilt', (path: string) => writeFile(path, 'nothing')],
  ] as const) {
    test(`is made anew when its file ${what}`, async (context) => {
      const dataDir = await dataDirectory(context)
      const made = await openAuthority(dataDir, Date.now())
      const path = join(made.folder, 'authority.pem')
      await spoil(path)

      const opened = await openAuthority(dataDir, Date.now())

      assert.notEqual(opened.certificate, made.certificate)
      assert.equal(await modeOf(path), OWNER_ONLY)
    })
  }

  for (const [what, plant] of [
    ['vouches for every host', async () => signServer(await unboundAuthority(), HOST, Date.now())],
    [
      'vouches for another host',
      async () => signServer(await makeAuthority('example.com', Date.now()), HOST, Date.now()),
    ],
    [
      'has signed for another host',
      async () => signServer(await makeAuthority(HOST, Date.now()), 'example.com', Date.now()),
    ],
    [
      'ends soon itself',
      async () => signServer(await makeAuthority(HOST, Date.now() - 800 * DAY_MILLISECONDS), HOST, Date.now()),
    ],
    [
      'has begun only in days to come',
      async () => signServer(await makeAuthority(HOST, Date.now() + 9 * DAY_MILLISECONDS), HOST, Date.now()),
    ],
    [
      'has not signed the certificate beside it',
      async () => {
        const { serverKey, server } = await makeCertificates(HOST, Date.now())
        return { serverKey, server, authority: (await makeCertificates(HOST, Date.now())).authority }
      },
    ],
  ] as const) {
    test(`is made anew when the one in its place ${what}`, async (context) => {
      const dataDir = await dataDirectory(context)
      const { folder } = await openAuthority(dataDir, Date.now())
      const { serverKey, server, authority } = await plant()
      const path = join(folder, 'authority.pem')
      await writeFile(path, serverKey + server + authority)

      const opened = await openAuthority(dataDir, Date.now())

      assert.notEqual(opened.certificate, authority)
      assert.equal(await readFile(path, 'utf8'), opened.key + opened.chain)
      assert.deepEqual(await openAuthority(dataDir, Date.now()), opened)
    })
  }

  for (const [host, outcome] of [
    [HOST, undefined],
    ['appstoreconnect.apple.com', 'permitted subtree violation'],
    ['example.com', 'permitted subtree violation'],
  ] as const) {
    test(`is ${outcome === undefined ? 'accepted' : 'refused'} by clients that meet ${host} with its signature`, async (context) => {
      const now = Date.now()
      const { authority, server, serverKey } = await signServer(await makeAuthority(HOST, now), host, now)
      const listener = createServer({ key: serverKey, cert: server })
      context.after(() => listener.close())
      await once(listener.listen(0, '127.0.0.1'), 'listening')

      const client = connect({ port: portOf(listener), host: '127.0.0.1', servername: host, ca: authority })
      context.after(() => client.destroy())
      const failure = await once(client, 'secureConnect').then(
        () => undefined,
        (error: Error) => error.message,
      )

      assert.equal(failure, outcome)
    })
  }
})

/** What an authority is that nobody holds to a host. */
async function unboundAuthority() {
  // Behind what it asks for to be loaded before it.
  const { BasicConstraintsExtension, X509CertificateGenerator } = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Clipflight on this machine',
    notBefore: new Date(Date.now() - DAY_MILLISECONDS),
    notAfter: new Date(Date.now() + 800 * DAY_MILLISECONDS),
    keys,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  })
  return { certificate, keys }
}

function portOf(listener: Server): number {
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('It listens on no port')
  return address.port
}
