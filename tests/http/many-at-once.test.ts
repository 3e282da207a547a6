import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { invocationBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, tokenOf } from '../support/teams.ts'

const URLS = ['https://example.com/1', 'https://example.com/2', 'https://example.com/3']

for (const database of databases)
  describe(`requests that arrive at once, on ${database},`, () => {
    let server: TestServer
    let bundle: string
    const ids: string[] = []
    /** Verified before: requests whose token is new wait for that, each for itself. */
    let token: string
    before(async () => {
      server = await startServer(database)
      bundle = (await makeBuild(server.storage, server.team.number)).clipBundle
      for (const url of URLS) {
        const { body } = await server.send('POST', '/v1/betaAppClipInvocations', { body: invocationBody(bundle, url) })
        ids.push(body.data.id)
      }
      token = await tokenOf(server.key)
      await server.send('GET', '/v1/apps', { token })
    })
    after(() => server.close())

    const path = (id: string) => `/v1/betaAppClipInvocations/${id}`

    const open = (): Promise<Socket> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
        socket.once('connect', () => resolve(socket)).once('error', reject)
      })

    /** All that comes back on a connection for requests written to it in one piece. */
    function pipelined(socket: Socket, requests: readonly string[], body = ''): Promise<string> {
      const content = body === '' ? '' : `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`
      const heads = requests.map((line, index) => {
        const end = index === requests.length - 1 ? 'Connection: close\r\n' : ''
        return `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n${content}${end}\r\n${body}`
      })
      return new Promise((resolve, reject) => {
        let text = ''
        socket
          .on('data', (chunk) => (text += chunk.toString()))
          .on('close', () => resolve(text))
          .on('error', reject)
          .write(heads.join(''))
      })
    }

    it('have each its own answer, and what is wrong with one is no other’s', async () => {
      const replies = await Promise.all(
        Array.from({ length: 60 }, (_, index) => {
          const kind = index % 5
          if (kind === 3) return server.send('GET', path('00000000-0000-7000-8000-000000000000'))
          if (kind === 4) return server.send('GET', `${path(ids[0] ?? '')}?include=nothing`)
          return server.send('GET', path(ids[kind] ?? ''))
        }),
      )

      for (const [index, { status, body }] of replies.entries()) {
        const kind = index % 5
        assert.equal(status, [200, 200, 200, 404, 400][kind])
        if (kind < 3) assert.equal(body.data.attributes.url, URLS[kind])
      }
    })

    it('are answered in their order when they share a connection, writes and refusals among them', async () => {
      const requests = Array.from({ length: 40 }, (_, index) => {
        const kind = index % 4
        if (kind === 1) return `DELETE ${path('00000000-0000-7000-8000-000000000000')}`
        if (kind === 2) return 'GET /v1/nothing'
        return `GET ${path(ids[index % 3] ?? '')}`
      })

      const text = await pipelined(await open(), requests)

      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => Number(status))
      assert.deepEqual(
        statuses,
        requests.map((_, index) => [200, 404, 404, 200][index % 4]),
      )
      const read = [...text.matchAll(/"attributes":\{"url":"([^"]+)"/g)].map(([, url]) => url)
      assert.deepEqual(
        read,
        requests.flatMap((_, index) => (index % 4 === 0 || index % 4 === 3 ? [URLS[index % 3]] : [])),
      )
    })

    it('see what was written before them, whichever connection they take', async () => {
      const [first = ''] = ids
      for (const url of ['https://example.com/a', 'https://example.com/b', URLS[0] ?? '']) {
        const body = { data: { type: 'betaAppClipInvocations', id: first, attributes: { url } } }
        assert.equal((await server.send('PATCH', path(first), { body })).status, 200)

        const replies = await Promise.all(Array.from({ length: 20 }, () => server.send('GET', path(first))))

        for (const reply of replies) assert.equal(reply.body.data.attributes.url, url)
      }
    })

    // PostgreSQL has them on connections of their own, where nothing says which is first.
    if (database === 'sqlite')
      it('see nothing of a write behind them, whatever others write', async () => {
        const { clipBundle } = await makeBuild(server.storage, server.team.number)
        const [other = ''] = ids
        const change = JSON.stringify({
          data: { type: 'betaAppClipInvocations', id: other, attributes: { url: URLS[0] } },
        })
        for (let round = 0; round < 40; round += 1) {
          const made = await server.send('POST', '/v1/betaAppClipInvocations', {
            body: invocationBody(clipBundle, 'https://example.com/passing'),
          })
          const { id } = made.body.data
          const sockets = [await open(), await open(), await open()]
          const own = await open()
          const others = sockets.map((socket) => pipelined(socket, [`PATCH ${path(other)}`], change))

          const text = await pipelined(own, [`GET ${path(id)}`, `DELETE ${path(id)}`])

          for (const answer of await Promise.all(others)) assert.match(answer, /^HTTP\/1\.1 200 /)
          assert.deepEqual(
            [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status),
            ['200', '204'],
          )
        }
      })

    it('are dropped without harm when their client has gone', async () => {
      const head = `GET ${path(ids[0] ?? '')} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`
      await Promise.all(
        Array.from({ length: 20 }, () => {
          const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
          const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve))
          socket.write(head, () => socket.resetAndDestroy())
          return closed
        }),
      )

      assert.equal((await server.send('GET', path(ids[0] ?? ''))).status, 200)
    })
  })
