import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { Agent, request } from 'node:https'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { runClipflight } from '../serve/run-clipflight.ts'
import { dataDirectory } from './run-through.ts'

const MANY = 40

/** An agent that goes through a proxy of its own. */
async function agentThrough(context: TestContext, maxSockets: number): Promise<Agent> {
  const dataDir = await dataDirectory(context)
  const running = runClipflight(context, ['proxy', '--data-dir', dataDir])
  const proxyUrl = /'(.*)'/.exec(await running.firstLine())?.[1]
  const ca = await readFile(join(dataDir, 'proxy/ca.pem'))
  const agent = new Agent({ keepAlive: true, maxSockets, ca, proxyEnv: { HTTPS_PROXY: proxyUrl } })
  context.after(() => agent.destroy())
  return agent
}

/** Resolves with the status, and whether the connection had served another request before. */
function ask(agent: Agent): Promise<{ readonly status: number | undefined; readonly isReused: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = request('https://api.appstoreconnect.apple.com/v1/apps', { agent }, (response) => {
      response.resume().on('end', () => resolve({ status: response.statusCode, isReused: sent.reusedSocket }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('connections through the proxy', () => {
  test('serve one request after another', async (context) => {
    const agent = await agentThrough(context, 1)

    const answers = [await ask(agent), await ask(agent), await ask(agent)]

    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 401, 401],
    )
    assert.deepEqual(
      answers.map(({ isReused }) => isReused),
      [false, true, true],
    )
  })

  test('can be many at once', async (context) => {
    const agent = await agentThrough(context, MANY)

    const answers = await Promise.all(Array.from({ length: MANY }, () => ask(agent)))

    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([401]))
  })
})
