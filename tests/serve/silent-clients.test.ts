import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { freshDirectory, serve } from './run-clipflight.ts'

describe('stopping clipflight serve among clients that never finish', () => {
  for (const [what, bytes] of [
    ['a connection that says nothing', ''],
    ['half of the headers', 'GET /v1/apps HTTP/1.1\r\nHost: x\r\n'],
    [
      'half of a body',
      'POST /v1/nope HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\nContent-Type: application/json\r\n\r\n{',
    ],
  ] as const) {
    it(`ends in spite of ${what}`, { timeout: 30_000 }, async (context) => {
      const service = await serve(context, join(await freshDirectory(context), 'data'))
      const socket = connect(Number(new URL(service.greeting.url).port), '127.0.0.1')
      socket.on('error', () => {
        // Cut off by the service, as it should be.
      })
      context.after(() => socket.destroy())
      await once(socket, 'connect')
      if (bytes !== '') socket.write(bytes)

      const { code } = await service.stop()

      assert.equal(code, 0)
    })
  }
})
