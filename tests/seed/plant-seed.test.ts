import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, randomInt } from 'node:crypto'
import { describe, test, type TestContext } from 'node:test'
import { resources, type Resource } from '@clipflight/contract'
import pg from 'pg'
import { BUILT_IN_SEEDS } from '../../packages/server/src/seed/built-in.ts'
import type { MadeKey } from '../../packages/server/src/seed/made-key.ts'
import { plantSeed } from '../../packages/server/src/seed/plant-seed.ts'
import { readSeed } from '../../packages/server/src/seed/read-seed.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import type { Row, Storage } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase, type DatabaseKind } from '../databases.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')
const DAY = 86_400_000
const HOUR = 3_600_000
const TEAM = 1
const MANY = 200

async function openEmpty(kind: DatabaseKind, context: TestContext): Promise<Storage> {
  const database = await freshDatabase(kind)
  const storage = await openStorage(database.location)
  context.after(async () => {
    await storage.close()
    await database.discard()
  })
  return storage
}

async function allOf(storage: Storage, resource: Resource, team = TEAM): Promise<readonly Row[]> {
  return (await storage.reader.list(resource, team, { conditions: [], sort: [], limit: MANY })).rows
}

const CLIP_WITHOUT_APP_CLIP = `teams:
  - name: T
    apps:
      - name: App
        bundleId: com.example
        preReleaseVersions:
          - version: '1'
            builds:
              - version: '1'
                buildBundles:
                  - bundleType: APP
                    betaAppClipInvocations:
                      - url: https://example.com
                        betaAppClipInvocationLocalizations: [{ locale: ja, title: T }]
`

/** A team with so many builds, and nothing else in it. */
function seedOfBuilds(many: number): string {
  const builds = Array.from({ length: many }, (_, index) => `{ version: '${index + 1}' }`).join(', ')
  return `teams: [{ name: T, apps: [{ name: A, bundleId: a.b, preReleaseVersions: [{ version: '1', builds: [${builds}] }] }] }]`
}

/** As long as the attribute may be, in characters that take most bytes and that nothing makes shorter. */
function longest({ attributes }: Resource, name: string): string {
  const { maxLength } = attributes[name]?.kind.schema ?? {}
  const length = typeof maxLength === 'number' ? maxLength : 10_000
  return Array.from({ length }, () => String.fromCharCode(randomInt(0x4e00, 0x9fff))).join('')
}

/** How many rows PostgreSQL's planner counts on in the table of builds; -1 as long as nobody has counted. */
async function countedBuilds(url: string | undefined): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    const { rows } = await client.query(`select reltuples from pg_class where oid = 'builds'::regclass`)
    return rows[0].reltuples
  } finally {
    await client.end()
  }
}

test(
  'planting a large seed lets PostgreSQL see how large it is',
  { skip: !databases.includes('postgres') },
  async (context) => {
    const database = await freshDatabase('postgres')
    const storage = await openStorage(database.location)
    context.after(async () => {
      await storage.close()
      await database.discard()
    })

    await plantSeed(storage, readSeed(seedOfBuilds(1000), 'large'), { now: NOW })

    assert.equal(await countedBuilds(database.location.databaseUrl), 1000)
  },
)

for (const kind of databases) {
  describe(`planting a seed in ${kind}`, () => {
    test('stores texts that nothing else may have as long as they may be, in any script', async (context) => {
      const storage = await openEmpty(kind, context)
      const { apps, appClips, preReleaseVersions, builds } = resources
      const app = {
        name: 'A',
        bundleId: longest(apps, 'bundleId'),
        appClips: [{ bundleId: longest(appClips, 'bundleId') }],
        preReleaseVersions: [
          { version: longest(preReleaseVersions, 'version'), builds: [{ version: longest(builds, 'version') }] },
        ],
      }

      await plantSeed(storage, readSeed(JSON.stringify({ teams: [{ name: 'T', apps: [app] }] }), 'long'), { now: NOW })

      assert.equal((await allOf(storage, builds))[0]?.['version'], app.preReleaseVersions[0]?.builds[0]?.version)
    })

    test('stores the demo team: three builds, each with an app, an App Clip and two invocations in three locales', async (context) => {
      const storage = await openEmpty(kind, context)

      await plantSeed(storage, readSeed(BUILT_IN_SEEDS.demo, 'demo'), { now: NOW })

      assert.equal(await storage.hasTeams(), true)
      const bundles = await allOf(storage, resources.buildBundles)
      const clips = bundles.filter(({ bundleType }) => bundleType === 'APP_CLIP')
      assert.equal((await allOf(storage, resources.builds)).length, 3)
      assert.equal(bundles.length, 6)
      assert.equal(clips.length, 3)
      const invocations = await storage.reader.related(
        resources.buildBundles,
        'betaAppClipInvocations',
        TEAM,
        clips,
        MANY,
      )
      assert.deepEqual(
        [...invocations.values()].map(({ total }) => total),
        [2, 2, 2],
      )
      const rows = [...invocations.values()].flatMap((each) => each.rows)
      const titles = await storage.reader.related(
        resources.betaAppClipInvocations,
        'betaAppClipInvocationLocalizations',
        TEAM,
        rows,
        MANY,
      )
      for (const { rows: localizations } of titles.values()) {
        assert.deepEqual(
          localizations.map(({ locale }) => locale),
          ['en-US', 'de-DE', 'ja'],
        )
      }
    })

    test('counts durations from the moment of planting, in attributes and inside of them', async (context) => {
      const storage = await openEmpty(kind, context)

      await plantSeed(storage, readSeed(BUILT_IN_SEEDS.demo, 'demo'), { now: NOW })

      const newest = (await allOf(storage, resources.builds)).find(({ version }) => version === '42')
      assert.equal(newest?.uploadedDate, NOW - 2 * DAY)
      assert.equal(newest?.expirationDate, NOW + 88 * DAY)
      const [status] = await allOf(storage, resources.appClipDomainStatuses)
      assert.equal(status?.lastUpdatedDate, NOW - 5 * HOUR)
      assert.deepEqual(status?.domains, [
        { domain: 'coffee.example.com', isValid: true, lastUpdatedDate: '2026-03-10T00:00:00-07:00' },
      ])
    })

    test('gives builds to the groups that they name', async (context) => {
      const storage = await openEmpty(kind, context)

      await plantSeed(storage, readSeed(BUILT_IN_SEEDS.demo, 'demo'), { now: NOW })

      const groups = await allOf(storage, resources.betaGroups)
      const builds = await storage.reader.related(resources.betaGroups, 'builds', TEAM, groups, MANY)
      const totals = groups.map(({ id, name }) => [name, builds.get(id)?.total])
      assert.deepEqual(totals.toSorted(), [
        ['Baristas', 3],
        ['Coffee Lovers', 2],
      ])
    })

    test('makes keys, hands out their private halves, and stores the public ones', async (context) => {
      const storage = await openEmpty(kind, context)
      const kept: MadeKey[] = []

      const made = await plantSeed(storage, readSeed(BUILT_IN_SEEDS.none, 'none'), {
        now: NOW,
        async keepKeys(keys) {
          kept.push(...keys)
        },
      })

      const [key] = made ?? []
      const stored = await storage.findKey(key?.id ?? '')
      assert.deepEqual(kept, made)
      assert.equal(made?.length, 1)
      assert.match(key?.id ?? '', /^[A-Z0-9]{10}$/)
      assert.equal(stored?.issuerId, key?.issuerId)
      assert.deepEqual(stored?.roles, ['ADMIN'])
      const publicHalf = createPublicKey(createPrivateKey(key?.privateKey ?? ''))
      assert.equal(publicHalf.equals(createPublicKey(stored?.publicKey ?? '')), true)
    })

    test('stores nothing whose keys could not be put away', async (context) => {
      const storage = await openEmpty(kind, context)
      const full = new Error('the disk is full')

      const planting = plantSeed(storage, readSeed(BUILT_IN_SEEDS.demo, 'demo'), {
        now: NOW,
        keepKeys: () => Promise.reject(full),
      })

      await assert.rejects(planting, full)
      assert.equal(await storage.hasTeams(), false)
    })

    test('keeps given ids, issuers, roles and revocations', async (context) => {
      const storage = await openEmpty(kind, context)
      const issuerId = '6f1c2c4e-6f6a-4b39-8d5d-6a1f3c0b0e11'
      const text = `teams:
  - name: T
    issuerId: ${issuerId}
    keys: [{ id: ABCDE12345, roles: [DEVELOPER], individual: true, revoked: true }]
    apps: [{ id: '1234567890', name: App, bundleId: com.example }]
`

      await plantSeed(storage, readSeed(text, 'team.yaml'), { now: NOW })

      const key = await storage.findKey('ABCDE12345')
      assert.equal((await storage.reader.find(resources.apps, TEAM, '1234567890'))?.name, 'App')
      assert.deepEqual(
        { issuerId: key?.issuerId, roles: key?.roles, individual: key?.individual, revokedAt: key?.revokedAt },
        { issuerId, roles: ['DEVELOPER'], individual: true, revokedAt: NOW },
      )
    })

    test('shows no team what another one has', async (context) => {
      const storage = await openEmpty(kind, context)
      const text = ['A', 'B'].map((name) => `  - { name: ${name}, apps: [{ name: ${name}, bundleId: com.example }] }`)

      await plantSeed(storage, readSeed(`teams:\n${text.join('\n')}\n`, 'team.yaml'), { now: NOW })

      assert.deepEqual(
        (await allOf(storage, resources.apps, 1)).map(({ name }) => name),
        ['A'],
      )
      assert.deepEqual(
        (await allOf(storage, resources.apps, 2)).map(({ name }) => name),
        ['B'],
      )
    })

    test('refuses what leads beyond the year 9999 from the moment of planting, or from the date that it follows', async (context) => {
      const storage = await openEmpty(kind, context)
      const text = `teams:
  - name: T
    apps:
      - name: App
        bundleId: com.example
        betaGroups:
          - { name: QA, createdDate: P400D }
        preReleaseVersions:
          - version: '1'
            builds:
              - version: '1'
                uploadedDate: 9999-12-01T00:00:00Z
                buildBundles:
                  - bundleType: APP_CLIP
                    appClipDomainCacheStatus:
                      domains: [{ domain: example.com, lastUpdatedDate: P400D }]
  - name: U
    apps:
      - name: App
        bundleId: com.example
        betaGroups:
          - { name: QA, createdDate: P400D }
`

      await assert.rejects(
        plantSeed(storage, readSeed(text, 'team.yaml'), { now: Date.parse('9998-12-31T12:00:00Z') }),
        {
          name: 'SeedRefused',
          message: [
            "team.yaml:7:13: 'createdDate' comes to lie outside of the years 1 to 9999",
            "team.yaml:11:17: 'expirationDate' comes to lie outside of the years 1 to 9999",
            "team.yaml:16:23: 'domains' comes to lie outside of the years 1 to 9999",
            "team.yaml:22:13: 'createdDate' comes to lie outside of the years 1 to 9999",
          ].join('\n'),
        },
      )

      assert.equal(await storage.hasTeams(), false)
    })

    test('stores nothing of a seed that breaks a rule, and says where', async (context) => {
      const storage = await openEmpty(kind, context)

      await assert.rejects(plantSeed(storage, readSeed(CLIP_WITHOUT_APP_CLIP, 'team.yaml'), { now: NOW }), {
        name: 'SeedRefused',
        message: 'team.yaml:13:25: The specified build bundle is not an App Clip.',
      })

      assert.equal(await storage.hasTeams(), false)
    })
  })
}
