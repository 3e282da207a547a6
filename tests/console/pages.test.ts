import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { databases } from '../databases.ts'
import { startControlled } from '../sandbox/start-controlled.ts'
import { PAGES, startConsole, type ConsoleServer } from './start-console.ts'

const [database = 'sqlite'] = databases

interface Got {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly bytes: Buffer
}

/** `fetch` unzips by itself, and sets Host. */
function get(url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, async (response) => {
      const bytes = Buffer.concat(await response.toArray())
      resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes })
    })
      .on('error', reject)
      .end()
  })
}

describe('the pages of the console', () => {
  let server: ConsoleServer
  before(async () => {
    server = await startConsole(database)
  })
  after(() => server.close())

  const page = (path: string, headers?: Readonly<Record<string, string>>) => get(`${server.url}${path}`, headers)

  test('are where the service leads to, under every path that is none of a file', async () => {
    const home = await page('/')
    assert.equal(home.status, 302)
    assert.equal(home.headers['location'], '/console/')
    for (const path of ['/console', '/console/', '/console/teams/1/builds/2?x=y', '/console/sign-in']) {
      const { status, headers, bytes } = await page(path)
      assert.equal(status, 200, path)
      assert.equal(headers['content-type'], 'text/html; charset=utf-8')
      assert.match(bytes.toString(), /<title>Console/)
    }
  })

  test('have a policy that lets nothing in, and a number for styles that is another each time', async () => {
    const nonces = new Set<string>()
    for (let count = 0; count < 3; count += 1) {
      const { headers, bytes } = await page('/console/')
      const [, nonce = ''] = /nonce="([^"]+)"/.exec(bytes.toString()) ?? []
      nonces.add(nonce)
      assert.equal(
        headers['content-security-policy'],
        `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
      )
      assert.equal(headers['cache-control'], 'no-store')
      assert.equal(headers['etag'], undefined)
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
      assert.match(String(headers['permissions-policy']), /camera=\(\)/)
    }
    assert.equal(nonces.size, 3)
    assert.ok(!nonces.has('{nonce}'))
  })

  test('are those of testers below /t, whatever the token', async () => {
    const { status, headers, bytes } = await page('/t/anything')

    assert.equal(status, 200)
    assert.match(bytes.toString(), /<title>Tester/)
    assert.match(String(headers['content-security-policy']), /style-src 'self';/)
    assert.equal(headers['x-robots-tag'], 'noindex')
    assert.equal((await page('/t/anything', { 'if-none-match': String(headers['etag']) })).status, 304)
    assert.equal((await get(`${server.url}/t/anything`, {}, 'HEAD')).status, 200)
    assert.equal((await get(`${server.url}/t/anything`, {}, 'POST')).status, 404)
  })

  test('have assets that stay for good, zipped for who takes that', async () => {
    const script = PAGES['assets/index-abc123.js'] ?? ''
    const plain = await page('/console/assets/index-abc123.js')
    const zipped = await page('/console/assets/index-abc123.js', { 'accept-encoding': 'br, gzip' })
    const refused = await page('/console/assets/index-abc123.js', { 'accept-encoding': 'gzip;q=0' })
    const picture = await page('/console/assets/picture-abc123.png', { 'accept-encoding': 'gzip' })

    assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8')
    assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal(plain.headers['vary'], 'accept-encoding')
    assert.equal(plain.bytes.toString(), script)
    assert.equal(refused.bytes.toString(), script)
    assert.equal(zipped.headers['content-encoding'], 'gzip')
    assert.ok(zipped.bytes.length < script.length / 10)
    assert.equal(gunzipSync(zipped.bytes).toString(), script)
    assert.equal(picture.headers['content-encoding'], undefined)
    assert.equal(picture.headers['content-type'], 'image/png')
    const again = { 'if-none-match': String(plain.headers['etag']) }
    assert.equal((await page('/console/assets/index-abc123.js', again)).status, 304)
  })

  test('are files of the build, and no others', async () => {
    assert.equal((await page('/console/assets/none.js')).status, 404)
    for (const path of [
      '/console/assets/../../package.json',
      '/console/assets/..%2f..%2fpackage.json',
      '/console/assets/%2e%2e/%2e%2e/package.json',
      '/console/assets/__proto__',
      '/console/assets//etc/passwd',
    ]) {
      const { status, bytes } = await page(path)
      // A path that leads out of the assets is one of the router's, or none that the service has.
      assert.ok(status === 401 || status === 404 || bytes.toString().includes('<title>Console'), `${path}: ${status}`)
    }
  })

  test('are not to be had under a foreign name', async () => {
    for (const path of ['/console/', '/console/assets/index-abc123.js', '/t/anything']) {
      assert.equal((await page(path, { host: 'evil.example' })).status, 403, path)
      assert.equal((await page(path, { host: 'localhost' })).status, 200, path)
    }
  })
})

describe('the pages of the console that nobody has built', () => {
  test('say how to build them, and are there once somebody has', async (context) => {
    const pages = await mkdtemp(join(tmpdir(), 'clipflight-pages-'))
    const server = await startControlled(database, { console: { pages } })
    context.after(async () => {
      await server.close()
      await rm(pages, { recursive: true, force: true })
    })

    for (const path of ['/console/', '/t/anything']) {
      const { status, bytes } = await get(`${server.url}${path}`)
      assert.equal(status, 503)
      assert.match(bytes.toString(), /npm run build/)
    }
    await writeFile(join(pages, 'index.html'), 'Console')

    assert.equal((await get(`${server.url}/console/`)).bytes.toString(), 'Console')
  })
})
