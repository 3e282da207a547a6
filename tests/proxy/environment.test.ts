import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { COMMAND } from '../cli/command-line.ts'
import { dataDirectory, runThrough, textOf, variablesThrough } from './run-through.ts'

/** A certificate of an authority that this machine does not know. */
const FOREIGN_ROOT = rootCertificates[0] ?? ''

function certificatesIn(pem: string): readonly X509Certificate[] {
  return (
    pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)?.map((each) => new X509Certificate(each)) ??
    []
  )
}

describe('the environment of a command under exec', () => {
  test('sends clients to the proxy, by whatever variable they read', async (context) => {
    const environment = { HTTPS_PROXY: 'http://proxy.example:3128', all_proxy: 'socks5://proxy.example' }

    const variables = await variablesThrough(context, await dataDirectory(context), { environment })

    const url = variables['HTTPS_PROXY'] ?? ''
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/)
    for (const name of ['https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'SPACESHIP_PROXY'])
      assert.equal(variables[name], url, name)
    assert.equal(variables['SPACESHIP_PROXY_SSL_VERIFY_NONE'], '1')
    assert.equal(variables['NODE_USE_ENV_PROXY'], '1')
  })

  test('has --local and sandbox find the service, from any folder', async (context) => {
    const dataDir = await dataDirectory(context)
    const line = `cd / && '${process.execPath}' '${COMMAND}'`

    const apps = await runThrough(context, dataDir, ['sh', '-c', `${line} apps list --local --output json`])
    const teams = await runThrough(context, dataDir, ['sh', '-c', `${line} sandbox teams list --output json`])

    assert.equal(JSON.parse(apps.stdout)[0].bundleId, 'com.example.coffee', apps.stderr)
    assert.equal(JSON.parse(teams.stdout).length, 1, teams.stderr)
  })

  test('lets nothing but this machine be reached past the proxy', async (context) => {
    const environment = {
      NO_PROXY: '*',
      no_proxy: '.apple.com,db.internal',
      ASC_BASE_URL: 'https://elsewhere.example',
      SPACESHIP_DEBUG: '1',
    }

    const variables = await variablesThrough(context, await dataDirectory(context), { environment })

    for (const name of ['NO_PROXY', 'no_proxy']) assert.equal(variables[name], 'localhost,127.0.0.1,::1', name)
    assert.equal(variables['ASC_BASE_URL'], undefined)
    assert.equal(variables['SPACESHIP_DEBUG'], undefined)
  })

  test('trusts what it trusted before, and the authority', async (context) => {
    const dataDir = await dataDirectory(context)
    const environment = { SSL_CERT_FILE: '', REQUESTS_CA_BUNDLE: '', CURL_CA_BUNDLE: '' }

    const variables = await variablesThrough(context, dataDir, { environment })

    const authority = await textOf(join(dataDir, 'proxy/ca.pem'))
    const roots = certificatesIn(await textOf(variables['SSL_CERT_FILE']))
    assert.ok(roots.length > 50, String(roots.length))
    assert.equal(roots.filter((each) => each.subject === new X509Certificate(authority).subject).length, 1)
    for (const name of ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE'])
      assert.equal(variables[name], variables['SSL_CERT_FILE'])
    assert.equal(await textOf(variables['NODE_EXTRA_CA_CERTS']), authority)
  })

  test('keeps the roots that its variables named, once each, however often it is entered', async (context) => {
    const dataDir = await dataDirectory(context)
    const first = await variablesThrough(context, dataDir)
    const path = join(dataDir, 'company.pem')
    await writeFile(path, FOREIGN_ROOT)
    const environment = {
      SSL_CERT_FILE: first['SSL_CERT_FILE'] ?? '',
      REQUESTS_CA_BUNDLE: path,
      NODE_EXTRA_CA_CERTS: path,
    }

    const second = await variablesThrough(context, dataDir, { environment })

    const roots = certificatesIn(await textOf(second['SSL_CERT_FILE'])).map(({ fingerprint256 }) => fingerprint256)
    assert.equal(new Set(roots).size, roots.length)
    assert.ok(roots.includes(new X509Certificate(FOREIGN_ROOT).fingerprint256))
    assert.equal(second['NODE_EXTRA_CA_CERTS'], second['SSL_CERT_FILE'])
  })

  test('gives the key to the service by every name that tools read, and no other key', async (context) => {
    const dataDir = await dataDirectory(context)
    const environment = {
      ASC_PRIVATE_KEY: 'that of the company',
      APP_STORE_CONNECT_API_KEY_KEY: 'that of the company',
      APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64: 'true',
      PILOT_API_KEY_PATH: '/company/api_key.json',
      ASC_PROFILE: 'company',
    }

    const variables = await variablesThrough(context, dataDir, { environment })

    const keyId = variables['ASC_KEY_ID'] ?? ''
    const keyPath = join(dataDir, `AuthKey_${keyId}.p8`)
    for (const [name, value] of Object.entries({
      ASC_PRIVATE_KEY_PATH: keyPath,
      ASC_KEY_PATH: keyPath,
      APP_STORE_CONNECT_P8_PATH: keyPath,
      APP_STORE_CONNECT_KEY_IDENTIFIER: keyId,
      APP_STORE_CONNECT_ISSUER_ID: variables['ASC_ISSUER_ID'],
      APP_STORE_CONNECT_PRIVATE_KEY: await textOf(keyPath),
      APP_STORE_CONNECT_API_KEY_KEY_ID: keyId,
      APP_STORE_CONNECT_API_KEY_ISSUER_ID: variables['ASC_ISSUER_ID'],
      APP_STORE_CONNECT_API_KEY_KEY_FILEPATH: keyPath,
      SPACESHIP_CONNECT_API_KEY_ID: keyId,
      SPACESHIP_CONNECT_API_KEY_FILEPATH: keyPath,
    }))
      assert.equal(variables[name], value, name)
    for (const name of Object.keys(environment)) assert.equal(variables[name], undefined, name)
    const fastlane = JSON.parse(await textOf(variables['APP_STORE_CONNECT_API_KEY_PATH']))
    assert.equal(fastlane.key_id, keyId)
    assert.equal(fastlane.key, await textOf(keyPath))
  })
})
