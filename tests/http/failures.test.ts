import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import { createIdentifier } from '../../packages/server/src/auth/identify.ts'
import { createSchedule } from '../../packages/server/src/clock/schedule.ts'
import { buildServer } from '../../packages/server/src/http/server.ts'
import { createRateLimit } from '../../packages/server/src/rate-limit/rate-limit.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { StorageUnavailable, type Storage } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase } from '../databases.ts'
import { makeTeam, tokenOf } from '../support/teams.ts'

/** A real storage whose reads fail: what happens to a service whose disk or network goes. */
function failing(storage: Storage, error: Error): Storage {
  return {
    ...storage,
    read: () => Promise.reject(error),
    reader: { ...storage.reader, find: () => Promise.reject(error) },
  }
}

for (const database of databases) {
  describe(`when the service itself fails on ${database}`, () => {
    for (const [what, error, status, code] of [
      ['a crash', new Error('secret detail of the inside'), 500, 'UNEXPECTED_ERROR'],
      ['a database that is away', new StorageUnavailable('postgres://secret is away'), 503, 'SERVICE_UNAVAILABLE'],
    ] as const) {
      it(`answers ${status} to ${what}, leaks nothing, and logs it under the same id`, async (t) => {
        const fresh = await freshDatabase(database)
        const storage = await openStorage(fresh.location)
        let logged = ''
        const logStream = new Writable({
          write(chunk, _encoding, done) {
            logged += String(chunk)
            done()
          },
        })
        const server = buildServer({
          storage: failing(storage, error),
          schedule: createSchedule({ storage, now: Date.now }),
          now: Date.now,
          identifier: createIdentifier({ findKey: (id) => storage.findKey(id), now: Date.now }),
          rateLimit: createRateLimit({ perHour: 'off', now: Date.now }),
          logLevel: 'error',
          logStream,
        })
        t.after(async () => {
          await server.close()
          await storage.close()
          await fresh.discard()
        })
        const team = await makeTeam(storage)
        const key = team.keys.get('ADMIN')
        assert.ok(key)
        const token = await tokenOf(key)
        const url = await server.listen({ port: 0, host: '127.0.0.1' })

        const response = await fetch(`${url}/v1/apps`, { headers: { authorization: `Bearer ${token}` } })
        const text = await response.text()

        const [{ id, code: answered, status: written }] = JSON.parse(text).errors
        assert.equal(response.status, status)
        assert.equal(answered, code)
        assert.equal(written, String(status))
        assert.equal(id, response.headers.get('x-request-id') ?? '')
        assert.doesNotMatch(text, /secret/)
        assert.match(logged, new RegExp(id))
        assert.match(logged, /secret/)
        assert.ok(!logged.includes(token))
      })
    }
  })
}
