import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { createClient } from '@clipflight/client'
import { readConfig, type Options } from '../../packages/server/src/service/config.ts'
import { startService } from '../../packages/server/src/service/start-service.ts'
import { databases, freshDatabase, type FreshDatabase } from '../databases.ts'

/** Demo builds last 90 days. */
const LONG_MILLISECONDS = 120 * 86_400_000

async function start(context: TestContext, { location }: FreshDatabase, options: Options, now = Date.now) {
  const place = { port: '0', dataDir: location.dataDir, database: location.databaseUrl }
  const service = await startService(readConfig({ ...place, ...options }), { log() {}, now })
  context.after(() => service.close())
  return service
}

for (const kind of databases) {
  describe(`a service that starts for the first time on ${kind}`, () => {
    for (const control of ['on', 'off']) {
      test(`has builds that expire on their date, with its control API ${control}`, async (context) => {
        const database = await freshDatabase(kind)
        let passed = 0
        const now = () => Date.now() + passed
        const { url, credentials } = await start(context, database, { control }, now)
        context.after(() => database.discard())
        assert.ok(credentials?.issuerId)
        const client = createClient({ ...credentials, issuerId: credentials.issuerId, baseUrl: url, now })
        const [newest] = (await client.builds.list({ sort: ['-uploadedDate'] }).page()).items
        assert.equal(newest?.expired, false)

        passed = LONG_MILLISECONDS

        assert.equal((await client.builds.get(newest.id)).expired, true)
      })
    }
  })
}
