import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources } from '@clipflight/contract'
import { betaGroupBuilds } from '../../packages/contract/src/resources/beta-group-builds.ts'
import { Conflict, type Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addInvocation, addRow, addTeam, addTree } from './rows.ts'

const { apps, builds, buildBundles, betaAppClipInvocations, betaGroups } = resources

/** A team with rows, and a stranger without. */
async function twoTeams(storage: Storage) {
  const [owner, stranger] = [await addTeam(storage), await addTeam(storage)]
  const tree = await addTree(storage, owner)
  const invocation = await addInvocation(storage, owner, tree.bundle.id, 'https://example.com/', ['en-US'])
  const group = await addRow(storage, owner, betaGroups, { app: tree.app.id })
  return { owner, stranger, group, invocation, ...tree }
}

describeStorage('isolation of teams', (storage) => {
  test('a row of another team is not found', async () => {
    const { owner, stranger, app } = await twoTeams(storage())

    assert.equal(await storage().reader.find(apps, stranger, app.id), undefined)
    assert.equal((await storage().reader.find(apps, owner, app.id))?.id, app.id)
  })

  test('a list shows rows of its team only, whatever it is filtered by', async () => {
    const { stranger, app, build, group } = await twoTeams(storage())

    for (const condition of [
      { by: 'id', values: [build.id] },
      { by: 'relationship', relationship: 'app', values: [app.id] },
      { by: 'relationship', relationship: 'betaGroups', values: [group.id] },
      { by: 'related attribute', relationship: 'preReleaseVersion', attribute: 'version', values: ['1.0'] },
    ] as const) {
      const page = await storage().reader.list(builds, stranger, { conditions: [condition], sort: [], limit: 10 })
      assert.deepEqual(page, { rows: [], total: 0 })
    }
  })

  test('related rows of a parent of another team are missing', async () => {
    const { stranger, build, bundle, invocation, group } = await twoTeams(storage())
    const { reader } = storage()

    const found = [
      await reader.related(builds, 'app', stranger, [build], 10),
      await reader.related(buildBundles, 'betaAppClipInvocations', stranger, [bundle], 10),
      await reader.related(buildBundles, 'betaAppClipInvocations', stranger, [bundle, { ...bundle, id: 'other' }], 10),
      await reader.related(betaAppClipInvocations, 'betaAppClipInvocationLocalizations', stranger, [invocation], 10),
      await reader.related(betaGroups, 'builds', stranger, [group], 10),
    ]

    assert.deepEqual(
      found.map(({ size }) => size),
      [0, 0, 0, 0, 0],
    )
  })

  test('a write reaches no row of another team', async () => {
    const { owner, stranger, app, build, group } = await twoTeams(storage())
    await storage().write((transaction) => transaction.pair(betaGroupBuilds, owner, [group.id, build.id]))

    const locked = await storage().write(async (transaction) => {
      await transaction.update(apps, stranger, app.id, { name: 'Taken over' })
      await transaction.remove(apps, stranger, app.id)
      await transaction.unpair(betaGroupBuilds, stranger, [group.id, build.id])
      return transaction.lock(apps, stranger, app.id)
    })

    assert.equal(locked, undefined)
    assert.equal((await storage().reader.find(apps, owner, app.id))?.['name'], app['name'])
    const paired = await storage().reader.related(betaGroups, 'builds', owner, [group], 10)
    assert.equal(paired.get(group.id)?.total, 1)
  })

  test('a row or a pair cannot link to a row of another team', async () => {
    const { stranger, bundle, build } = await twoTeams(storage())
    const app = await addRow(storage(), stranger, apps, { bundleId: 'com.example.stranger' })
    const group = await addRow(storage(), stranger, betaGroups, { app: app.id })

    await assert.rejects(addInvocation(storage(), stranger, bundle.id, 'https://example.com/'), Conflict)
    const pair = storage().write((transaction) => transaction.pair(betaGroupBuilds, stranger, [group.id, build.id]))
    await assert.rejects(pair, Conflict)
  })

  test('teams may hold the same unique values and the same ids', async () => {
    const [one, other] = [await addTeam(storage()), await addTeam(storage())]

    const row = await addRow(storage(), one, apps, { bundleId: 'com.example.same' })
    await addRow(storage(), other, apps, { id: row.id, bundleId: 'com.example.same' })

    assert.notEqual(await storage().reader.find(apps, other, row.id), undefined)
  })
})
