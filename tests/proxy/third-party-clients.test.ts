import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { signFor } from '../support/sign-for.ts'
import { serve } from '../serve/run-clipflight.ts'
import { dataDirectory, lacks, runThrough } from './run-through.ts'

const CLIENTS = join(import.meta.dirname, 'clients')

const DEMO = ['https://coffee.example.com/order?shop=12', 'https://coffee.example.com/loyalty']

/** What every story tells, whatever client tells it. */
const TOLD = {
  created: 'https://coffee.example.com/gift',
  title: 'Give a coffee',
  url: 'https://coffee.example.com/present',
  listed: [...DEMO, 'https://coffee.example.com/present'],
  left: DEMO,
}

/** For clients that sign no tokens: a service that runs already, and a token to it. */
async function serveWithToken(context: TestContext, dataDir: string): Promise<Readonly<Record<string, string>>> {
  const { greeting } = await serve(context, dataDir)
  const privateKey = await readFile(greeting.privateKeyPath, 'utf8')
  return { TOKEN: await signFor({ ...greeting, privateKey }, Date.now()) }
}

describe('through clipflight exec, a story that is written for Apple works with', () => {
  for (const [client, script] of [
    ['appstore-connect-sdk', 'appstore-connect-sdk.mjs'],
    ['node-app-store-connect-api', 'node-app-store-connect-api.mjs'],
    ['@rage-against-the-pixel/app-store-connect-api', 'rage-against-the-pixel.mjs'],
  ] as const) {
    test(client, async (context) => {
      const dataDir = await dataDirectory(context)

      const { code, stdout, stderr } = await runThrough(context, dataDir, [process.execPath, join(CLIENTS, script)])

      assert.equal(code, 0, stderr)
      assert.deepEqual(JSON.parse(stdout), TOLD)
      assert.equal(stderr, '')
    })
  }

  // Node 24.5 and later, 22.21 and later: older ones know no NODE_USE_ENV_PROXY for their https module.
  for (const sender of ['fetch', 'https']) {
    test(`Node's ${sender}`, async (context) => {
      const dataDir = await dataDirectory(context)
      const words = [process.execPath, join(CLIENTS, 'node-send.mjs'), sender]

      const { code, stdout, stderr } = await runThrough(context, dataDir, words)

      assert.equal(code, 0, stderr)
      assert.deepEqual(JSON.parse(stdout), TOLD)
    })
  }

  for (const [library, skip] of [
    ['urllib', lacks('python3', '--version')],
    ['requests', lacks('python3', '-c', 'import requests')],
  ] as const) {
    test(`Python's ${library}`, { skip }, async (context) => {
      const dataDir = await dataDirectory(context)
      const environment = await serveWithToken(context, dataDir)
      const words = ['python3', join(CLIENTS, 'python_story.py'), library]

      const { code, stdout, stderr } = await runThrough(context, dataDir, words, { environment })

      assert.equal(code, 0, stderr)
      assert.deepEqual(JSON.parse(stdout), TOLD)
    })
  }

  test('curl', { skip: lacks('curl', '--version') }, async (context) => {
    const dataDir = await dataDirectory(context)
    const environment = await serveWithToken(context, dataDir)

    const { code, stdout, stderr } = await runThrough(context, dataDir, ['sh', join(CLIENTS, 'curl-story.sh')], {
      environment,
    })

    assert.equal(code, 0, stderr)
    const urls = [...stdout.matchAll(/^\w+: (.*)$/gm)].map(([, text = '']) =>
      JSON.parse(text).data.map(({ attributes }: { attributes: { url: string } }) => attributes.url),
    )
    assert.deepEqual(urls, [TOLD.listed, TOLD.left])
  })

  test('a program in Go', { skip: lacks('go', 'version') }, async (context) => {
    const dataDir = await dataDirectory(context)
    const environment = { ...(await serveWithToken(context, dataDir)), GOFLAGS: '-mod=mod', GO111MODULE: 'off' }

    const { code, stdout, stderr } = await runThrough(context, dataDir, ['go', 'run', join(CLIENTS, 'list.go')], {
      environment,
    })

    assert.equal(code, 0, stderr)
    assert.equal(stdout, 'com.example.coffee\n')
  })

  test(
    'a program in Java, told of the proxy and the authority as docs/sandbox.md says',
    {
      skip: lacks('keytool', '-help') || lacks('java', '-version'),
    },
    async (context) => {
      const dataDir = await dataDirectory(context)
      const environment = await serveWithToken(context, dataDir)

      const { code, stdout, stderr } = await runThrough(context, dataDir, ['sh', join(CLIENTS, 'java.sh')], {
        environment: { ...environment, CLIENTS, WORK: dataDir },
      })

      assert.equal(code, 0, stderr)
      assert.match(stdout, /^200 /m)
    },
  )
})
