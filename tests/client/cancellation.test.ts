import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createClient, type ConnectionOptions } from '@clipflight/client'
import { answer, hangUp, noteSleeps, refuse, startFaultyServer, type Fault } from './faulty-server.ts'

async function start(t: TestContext, fault: Fault, options: ConnectionOptions = {}) {
  const server = await startFaultyServer(fault)
  t.after(() => server.close())
  return { server, client: createClient({ token: () => 'token', baseUrl: server.url, ...options }) }
}

describe('a call that is ended', () => {
  it('sends nothing when its signal is aborted already', async (t) => {
    const { server, client } = await start(t, (_, response) => answer(response, 200))
    const reason = new Error('Not wanted')

    await assert.rejects(client.apps.get('1', {}, { signal: AbortSignal.abort(reason) }), reason)

    assert.equal(server.seen.length, 0)
  })

  it('rejects with the reason of its signal while it waits for an answer', async (t) => {
    const controller = new AbortController()
    const reason = new Error('Not wanted any more')
    const { server, client } = await start(t, () => controller.abort(reason))

    await assert.rejects(client.apps.get('1', {}, { signal: controller.signal }), reason)

    assert.equal(server.seen.length, 1)
  })

  it('rejects while an answer is half read', async (t) => {
    const controller = new AbortController()
    const { client } = await start(t, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"data":', () => controller.abort())
    })

    await assert.rejects(client.apps.get('1', {}, { signal: controller.signal }), { name: 'AbortError' })
  })

  it('rejects while it waits for another try', async (t) => {
    const controller = new AbortController()
    const { server, client } = await start(t, (_, response) => {
      refuse(response, 429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '50' })
      response.on('close', () => setImmediate(() => controller.abort()))
    })

    await assert.rejects(client.apps.get('1', {}, { signal: controller.signal }), { name: 'AbortError' })

    assert.equal(server.seen.length, 1)
  })

  it('rejects while it waits for a token', async () => {
    const controller = new AbortController()
    const client = createClient({
      token: () => {
        controller.abort()
        return new Promise(() => {})
      },
    })

    await assert.rejects(client.apps.get('1', {}, { signal: controller.signal }), { name: 'AbortError' })
  })

  it('reads no further page', async (t) => {
    const controller = new AbortController()
    const { server, client } = await start(t, (_, response, count) =>
      answer(response, 200, { data: [{ type: 'apps', id: '1' }], links: { next: `/v1/apps?cursor=${count}` } }),
    )

    await assert.rejects(
      async () => {
        for await (const { id } of client.apps.list({}, { signal: controller.signal })) {
          assert.equal(id, '1')
          controller.abort()
        }
      },
      { name: 'AbortError' },
    )

    assert.equal(server.seen.length, 1)
  })

  it('is not looked up when it was a creation', async (t) => {
    const controller = new AbortController()
    const { server, client } = await start(t, () => controller.abort())
    const input = { url: 'https://example.com', buildBundle: '1', titles: { 'en-US': 'A' } }

    await assert.rejects(client.betaAppClipInvocations.create(input, { signal: controller.signal }), {
      name: 'AbortError',
    })

    assert.equal(server.seen.length, 1)
  })

  it('leaves nothing on the signal of the caller', async (t) => {
    const { client } = await start(t, (_, response) => refuse(response, 404, 'NOT_FOUND'))
    const { signal } = new AbortController()
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    Object.assign(signal, {
      addEventListener: (...given: Parameters<typeof add>) => [(listeners += 1), add(...given)],
      removeEventListener: (...given: Parameters<typeof remove>) => [(listeners -= 1), remove(...given)],
    })

    await client.apps.get('1', {}, { signal }).catch(() => {})

    assert.equal(listeners, 0)
  })
})

describe('a call whose time is up', () => {
  it('tells what it was about', async (t) => {
    const { server, client } = await start(t, () => {}, { timeoutMilliseconds: 30 })

    await assert.rejects(client.apps.get('1'), {
      name: 'TimeoutError',
      timeoutMilliseconds: 30,
      request: { method: 'GET', url: `${server.url}/v1/apps/1` },
    })
  })

  it('tells of the creation that it was about, and not of how it was looked for', async (t) => {
    const { server, client } = await start(
      t,
      (_, response, count) => {
        if (count === 1) hangUp(response)
      },
      { timeoutMilliseconds: 1000 },
    )
    const input = { url: 'https://example.com', buildBundle: '1', titles: { 'en-US': 'A' } }

    await assert.rejects(client.betaAppClipInvocations.create(input), {
      name: 'TimeoutError',
      request: { method: 'POST', url: `${server.url}/v1/betaAppClipInvocations` },
    })
  })

  it('has its own time when it says so', async (t) => {
    const { client } = await start(t, () => {})

    await assert.rejects(client.apps.get('1', {}, { timeoutMilliseconds: 30 }), {
      name: 'TimeoutError',
      timeoutMilliseconds: 30,
    })
  })

  it('does not wait for longer than it has, and tells what the service said', async (t) => {
    const { client } = await start(t, (_, response) =>
      refuse(response, 429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '50' }),
    )

    await assert.rejects(client.apps.get('1', {}, { timeoutMilliseconds: 49_000 }), { name: 'ApiError', status: 429 })
  })

  it('may have no limit', async (t) => {
    const { client } = await start(t, (_, response) => refuse(response, 404, 'NOT_FOUND'), {
      sleep: noteSleeps().sleep,
      timeoutMilliseconds: Infinity,
    })

    await assert.rejects(client.apps.get('1'), { status: 404 })
  })
})
