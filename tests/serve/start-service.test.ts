import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { describe, test, type TestContext } from 'node:test'
import { createClient } from '@clipflight/client'
import { createControlClient } from '@clipflight/control'
import { readConfig, type Options } from '../../packages/server/src/service/config.ts'
import { startService, type Service } from '../../packages/server/src/service/start-service.ts'
import { databases, freshDatabase, type DatabaseKind } from '../databases.ts'
import { freshDirectory } from './run-clipflight.ts'

/** Demo builds last 90 days. */
const LONG_MILLISECONDS = 120 * 86_400_000

interface Place {
  start(options?: Options, now?: () => number): Promise<Service>
  stop(service: Service): Promise<void>
}

/** An empty database, which goes with its test once no service runs on it. */
async function emptyPlace(context: TestContext, kind: DatabaseKind): Promise<Place> {
  const { location, discard } = await freshDatabase(kind)
  const running = new Set<Service>()
  async function stop(service: Service): Promise<void> {
    if (running.delete(service)) await service.close()
  }
  context.after(async () => {
    for (const service of running) await stop(service)
    await discard()
  })
  return {
    stop,
    async start(options = {}, now = Date.now) {
      const here = { port: '0', dataDir: location.dataDir, database: location.databaseUrl }
      const service = await startService(readConfig({ ...here, ...options }), { log() {}, now })
      running.add(service)
      return service
    },
  }
}

for (const kind of databases) {
  describe(`a service on ${kind}`, () => {
    for (const control of ['on', 'off']) {
      test(`has builds that expire from its first start on, with its control API ${control}`, async (context) => {
        let passed = 0
        const now = () => Date.now() + passed
        const { url, credentials } = await (await emptyPlace(context, kind)).start({ control }, now)
        assert.ok(credentials?.issuerId)
        const client = createClient({ ...credentials, issuerId: credentials.issuerId, baseUrl: url, now })
        const [newest] = (await client.builds.list({ sort: ['-uploadedDate'] }).page()).items
        assert.equal(newest?.expired, false)

        passed = LONG_MILLISECONDS

        assert.equal((await client.builds.get(newest.id)).expired, true)
      })
    }

    test('announces no key that was revoked before the clock was set back', async (context) => {
      const { start, stop } = await emptyPlace(context, kind)
      const ahead = await start({}, () => Date.now() + LONG_MILLISECONDS)
      const control = createControlClient({ url: ahead.url, adminToken: ahead.adminToken ?? '' })
      await control.revokeKey({ team: 1, key: ahead.credentials?.keyId ?? '' })
      await stop(ahead)

      assert.equal((await start()).credentials, undefined)
    })

    // There is room for one service on SQLite.
    if (kind === 'sqlite') return
    test('is not seeded twice when several start on one empty database', async (context) => {
      const { start } = await emptyPlace(context, kind)
      const dataDirs = await Promise.all([1, 2, 3].map(() => freshDirectory(context)))

      const services = await Promise.all(dataDirs.map((dataDir) => start({ dataDir })))

      const [one] = services
      const { teams } = await createControlClient({
        url: one?.url ?? '',
        adminToken: one?.adminToken ?? '',
      }).listTeams()
      assert.equal(teams.length, 1)
      const files = await Promise.all(dataDirs.map((dataDir) => readdir(dataDir)))
      assert.equal(files.flat().filter((name) => name.endsWith('.p8')).length, 1)
      assert.equal(services.filter(({ credentials }) => credentials !== undefined).length, 1)
    })
  })
}
