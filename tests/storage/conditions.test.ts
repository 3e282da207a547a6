import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources, type Condition, type FilterMatch, type Resource } from '@clipflight/contract'
import { betaGroupBuilds } from '../../packages/contract/src/resources/beta-group-builds.ts'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addRow, addTeam, insertRow } from './rows.ts'

const { apps, appClips, betaAppReviewSubmissions, betaGroups, builds, preReleaseVersions } = resources

/** Two apps, each with a version and two builds; the first build of either is in its group and in review. */
async function teamWithBuilds(storage: Storage): Promise<number> {
  const team = await addTeam(storage)
  await storage.write(async (transaction) => {
    for (const name of ['1', '2']) {
      const app = await insertRow(transaction, team, apps, { id: `app${name}`, bundleId: `com.example.${name}` })
      const given = { id: `version${name}`, version: `${name}.0`, app: app.id }
      const version = await insertRow(transaction, team, preReleaseVersions, given)
      const group = await insertRow(transaction, team, betaGroups, { id: `group${name}`, app: app.id })
      for (const letter of ['a', 'b']) {
        const build = await insertRow(transaction, team, builds, {
          id: `${letter}${name}`,
          version: letter,
          expired: letter === 'b',
          usesNonExemptEncryption: letter === 'a' ? null : false,
          preReleaseVersion: version.id,
          app: app.id,
        })
        if (letter === 'b') continue
        await transaction.pair(betaGroupBuilds, team, [group.id, build.id])
        await insertRow(transaction, team, betaAppReviewSubmissions, { build: build.id, betaReviewState: 'APPROVED' })
      }
    }
  })
  return team
}

const CASES: readonly {
  readonly conditions: readonly Condition[]
  readonly of: Resource
  readonly ids: readonly string[]
}[] = [
  { of: builds, conditions: [{ by: 'id', values: ['a1', 'b2', 'nothing'] }], ids: ['a1', 'b2'] },
  { of: builds, conditions: [{ by: 'id', values: [] }], ids: [] },
  {
    of: builds,
    conditions: [{ by: 'attribute', attribute: 'version', match: 'equals', values: ['a'] }],
    ids: ['a1', 'a2'],
  },
  {
    of: builds,
    conditions: [{ by: 'attribute', attribute: 'expired', match: 'equals', values: [true] }],
    ids: ['b1', 'b2'],
  },
  {
    of: builds,
    conditions: [{ by: 'attribute', attribute: 'expired', match: 'equals', values: [true, false] }],
    ids: ['a1', 'a2', 'b1', 'b2'],
  },
  {
    of: builds,
    conditions: [{ by: 'presence', attribute: 'usesNonExemptEncryption', present: true }],
    ids: ['b1', 'b2'],
  },
  {
    of: builds,
    conditions: [{ by: 'presence', attribute: 'usesNonExemptEncryption', present: false }],
    ids: ['a1', 'a2'],
  },
  { of: builds, conditions: [{ by: 'relationship', relationship: 'app', values: ['app1'] }], ids: ['a1', 'b1'] },
  { of: builds, conditions: [{ by: 'relationship', relationship: 'betaGroups', values: ['group2'] }], ids: ['a2'] },
  { of: builds, conditions: [{ by: 'relationship', relationship: 'appStoreVersion', values: ['any'] }], ids: [] },
  {
    of: builds,
    conditions: [{ by: 'pair', through: betaGroupBuilds, end: 'betaGroups', values: ['group1'] }],
    ids: ['a1'],
  },
  {
    of: betaGroups,
    conditions: [{ by: 'pair', through: betaGroupBuilds, end: 'builds', values: ['a2', 'b2'] }],
    ids: ['group2'],
  },
  {
    of: betaGroups,
    conditions: [{ by: 'relationship', relationship: 'builds', values: ['a1', 'a2'] }],
    ids: ['group1', 'group2'],
  },
  {
    of: preReleaseVersions,
    conditions: [{ by: 'relationship', relationship: 'builds', values: ['b1'] }],
    ids: ['version1'],
  },
  {
    of: builds,
    conditions: [{ by: 'related attribute', relationship: 'preReleaseVersion', attribute: 'version', values: ['2.0'] }],
    ids: ['a2', 'b2'],
  },
  {
    of: builds,
    conditions: [
      {
        by: 'related attribute',
        relationship: 'betaAppReviewSubmission',
        attribute: 'betaReviewState',
        values: ['APPROVED'],
      },
    ],
    ids: ['a1', 'a2'],
  },
  {
    of: preReleaseVersions,
    conditions: [{ by: 'related attribute', relationship: 'builds', attribute: 'version', values: ['b', 'c'] }],
    ids: ['version1', 'version2'],
  },
  {
    of: betaGroups,
    conditions: [{ by: 'related attribute', relationship: 'builds', attribute: 'expired', values: [true] }],
    ids: [],
  },
  { of: builds, conditions: [{ by: 'constant', holds: true }], ids: ['a1', 'a2', 'b1', 'b2'] },
  { of: builds, conditions: [{ by: 'constant', holds: false }], ids: [] },
  {
    of: builds,
    conditions: [
      { by: 'relationship', relationship: 'app', values: ['app1', 'app2'] },
      { by: 'attribute', attribute: 'version', match: 'equals', values: ['a'] },
      { by: 'id', values: ['a2', 'b2'] },
    ],
    ids: ['a2'],
  },
]

async function idsOf(storage: Storage, resource: Resource, team: number, conditions: readonly Condition[]) {
  const { rows, total } = await storage.reader.list(resource, team, { conditions, sort: [], limit: 2000 })
  assert.equal(total, rows.length)
  return rows.map(({ id }) => id)
}

describeStorage('conditions', (storage) => {
  for (const { of, conditions, ids } of CASES) {
    test(`${of.type} where ${JSON.stringify(conditions)} are ${ids.join(', ') || 'none'}`, async () => {
      const team = await teamWithBuilds(storage())

      assert.deepEqual(await idsOf(storage(), of, team, conditions), ids)
      const first = await storage().reader.list(of, team, { conditions, sort: [], limit: 1 })
      assert.equal(first.total, ids.length)
    })
  }

  test('any number of values fits into a condition', async () => {
    const team = await teamWithBuilds(storage())

    for (const count of [2, 3, 5, 17, 65, 257, 1025, 3000]) {
      const values = [...Array.from({ length: count - 1 }, (_, index) => `none${index}`), 'b2']
      assert.deepEqual(await idsOf(storage(), builds, team, [{ by: 'id', values }]), ['b2'])
    }
  })

  test('loose matches look at letters without their case, and take no character for a wildcard', async () => {
    const team = await addTeam(storage())
    for (const name of ['Clip', 'clip_1', 'My Clip', '100%', 'a!b', 'Éclipse']) {
      await addRow(storage(), team, apps, { id: name, name, bundleId: name })
    }
    const matching = (match: FilterMatch, ...values: string[]) =>
      idsOf(storage(), apps, team, [{ by: 'attribute', attribute: 'name', match, values }])

    assert.deepEqual(await matching('contains', 'CLIP'), ['Clip', 'My Clip', 'clip_1', 'Éclipse'])
    assert.deepEqual(await matching('starts with', 'cLIP'), ['Clip', 'clip_1'])
    assert.deepEqual(await matching('starts with', 'my', '1'), ['100%', 'My Clip'])
    assert.deepEqual(await matching('contains', '_'), ['clip_1'])
    assert.deepEqual(await matching('contains', '%'), ['100%'])
    assert.deepEqual(await matching('contains', '!'), ['a!b'])
    assert.deepEqual(await matching('contains', '\\'), [])
  })

  test('values that no database can hold match nothing', async () => {
    const team = await addTeam(storage())
    await addRow(storage(), team, apps, { id: 'app', bundleId: 'com.example' })

    for (const value of ['\0', 'com.example\0', '\ud800', "' or 1 = 1 --"]) {
      assert.deepEqual(await idsOf(storage(), apps, team, [{ by: 'id', values: [value] }]), [])
      const condition = { by: 'attribute', attribute: 'bundleId', match: 'starts with', values: [value] } as const
      assert.deepEqual(await idsOf(storage(), apps, team, [condition]), [])
      assert.equal(await storage().reader.find(apps, team, value), undefined)
    }
  })

  test('a row comes back as it was inserted', async () => {
    const team = await addTeam(storage())
    const app = await addRow(storage(), team, apps, {
      name: '𝒞lip "é"\n',
      streamlinedPurchasingEnabled: true,
      bundleId: 'a',
    })
    const clip = await addRow(storage(), team, appClips, { bundleId: 'a.Clip', app: app.id })
    const status = await addRow(storage(), team, resources.appClipDomainStatuses, {
      domains: [{ domain: 'example.com', isValid: true, lastUpdatedDate: '2024-01-01T00:00:00Z' }],
      lastUpdatedDate: Date.UTC(2300, 0),
    })

    for (const [resource, row] of [
      [apps, app],
      [appClips, clip],
      [resources.appClipDomainStatuses, status],
    ] as const) {
      assert.deepEqual(await storage().reader.find(resource, team, row.id), row)
    }
  })
})
