import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { databases } from '../databases.ts'
import { startServer, type TestServer } from '../support/server.ts'

for (const database of databases)
  describe(`the content type of answers on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database)
    })
    after(() => server.close())

    it('is application/json to the letter, as clients compare it', async () => {
      const answers = [
        await server.send('GET', '/v1/apps'),
        await server.send('GET', '/v1/apps', { token: null }),
        await server.send('GET', '/v1/apps/1'),
        await server.send('GET', '/v1/nothing'),
      ]

      const types = answers.map(({ status, headers }) => [status, headers.get('content-type')])
      assert.deepEqual(types, [
        [200, 'application/json'],
        [401, 'application/json'],
        [404, 'application/json'],
        [404, 'application/json'],
      ])
    })
  })
