import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources } from '@clipflight/contract'
import { betaGroupBuilds } from '../../packages/contract/src/resources/beta-group-builds.ts'
import type { Related, Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addRow, addTeam, addTree, insertRow } from './rows.ts'

const { apps, buildBetaDetails, buildBundles, buildBundleFileSizes, betaGroups, builds } = resources

/** A build with three bundles, of which the first has five sizes, the second one, and the third none. */
async function teamWithSizes(storage: Storage) {
  const team = await addTeam(storage)
  const { build, app } = await addTree(storage, team)
  const bundles = await storage.write(async (transaction) => {
    const made = []
    for (const count of [5, 1, 0]) {
      const bundle = await insertRow(transaction, team, buildBundles, { build: build.id })
      for (let index = count; index > 0; index -= 1) {
        const given = { id: `${count}-${index}`, downloadBytes: 2 ** 40 + index, buildBundle: bundle.id }
        await insertRow(transaction, team, buildBundleFileSizes, given)
      }
      made.push(bundle)
    }
    return made
  })
  return { team, build, app, bundles }
}

function shown(related: ReadonlyMap<string, Related>, parent: string | undefined) {
  const { rows, total } = related.get(parent ?? '') ?? { rows: [], total: 'missing' }
  return { ids: rows.map(({ id }) => id), total }
}

describeStorage('related rows', (storage) => {
  test('one parent shows its first rows by id and how many there are', async () => {
    const { team, bundles } = await teamWithSizes(storage())
    const [first, second, third] = bundles
    const sizesOf = async (parent: typeof first, limit: number) =>
      shown(
        await storage().reader.related(buildBundles, 'buildBundleFileSizes', team, parent ? [parent] : [], limit),
        parent?.id,
      )

    assert.deepEqual(await sizesOf(first, 2), { ids: ['5-1', '5-2'], total: 5 })
    assert.deepEqual(await sizesOf(first, 5), { ids: ['5-1', '5-2', '5-3', '5-4', '5-5'], total: 5 })
    assert.deepEqual(await sizesOf(first, 0), { ids: [], total: 5 })
    assert.deepEqual(await sizesOf(second, 2), { ids: ['1-1'], total: 1 })
    assert.deepEqual(await sizesOf(third, 2), { ids: [], total: 'missing' })
  })

  test('several parents each show their own, and those without any are missing', async () => {
    const { team, bundles } = await teamWithSizes(storage())
    const [first, second, third] = bundles

    const sizes = await storage().reader.related(buildBundles, 'buildBundleFileSizes', team, bundles, 2)

    assert.deepEqual(shown(sizes, first?.id), { ids: ['5-1', '5-2'], total: 5 })
    assert.deepEqual(shown(sizes, second?.id), { ids: ['1-1'], total: 1 })
    assert.equal(sizes.has(third?.id ?? ''), false)
    assert.equal(sizes.get(first?.id ?? '')?.rows[0]?.['downloadBytes'], 2 ** 40 + 1)
    const none = await storage().reader.related(buildBundles, 'buildBundleFileSizes', team, bundles, 0)
    assert.deepEqual(shown(none, first?.id), { ids: [], total: 5 })
  })

  test('a link kept in a column leads parents to one row, also to the same', async () => {
    const { team, app, build } = await teamWithSizes(storage())
    const second = await addRow(storage(), team, builds, {
      version: '2',
      preReleaseVersion: build['preReleaseVersion'],
      app: app.id,
    })

    const found = await storage().reader.related(builds, 'app', team, [build, second], 1)

    assert.deepEqual(shown(found, build.id), { ids: [app.id], total: 1 })
    assert.deepEqual(shown(found, second.id), { ids: [app.id], total: 1 })
  })

  test('an empty column leads nowhere', async () => {
    const { team, bundles } = await teamWithSizes(storage())

    const found = await storage().reader.related(buildBundles, 'appClipDomainCacheStatus', team, bundles, 1)

    assert.equal(found.size, 0)
  })

  test('a link that the other side keeps leads to one row', async () => {
    const { team, build } = await teamWithSizes(storage())
    const detail = await addRow(storage(), team, buildBetaDetails, { id: build.id, build: build.id })

    const found = await storage().reader.related(builds, 'buildBetaDetail', team, [build], 1)

    assert.deepEqual(shown(found, build.id), { ids: [detail.id], total: 1 })
  })

  test('pairs are seen from both ends, until they are taken apart', async () => {
    const { team, build, app } = await teamWithSizes(storage())
    const groups = [
      await addRow(storage(), team, betaGroups, { app: app.id }),
      await addRow(storage(), team, betaGroups, { app: app.id }),
    ]
    await storage().write(async (transaction) => {
      for (const { id } of groups) await transaction.pair(betaGroupBuilds, team, [id, build.id])
      await transaction.pair(betaGroupBuilds, team, [groups[0]?.id ?? '', build.id])
    })

    const ofGroups = await storage().reader.related(betaGroups, 'builds', team, groups, 10)
    const ofBuild = await storage().reader.related(builds, 'betaGroups', team, [build], 1)
    await storage().write((transaction) => transaction.unpair(betaGroupBuilds, team, [groups[0]?.id ?? '', build.id]))
    const left = await storage().reader.related(builds, 'betaGroups', team, [build], 10)

    assert.deepEqual(shown(ofGroups, groups[0]?.id), { ids: [build.id], total: 1 })
    assert.deepEqual(shown(ofGroups, groups[1]?.id), { ids: [build.id], total: 1 })
    assert.equal(ofBuild.get(build.id)?.total, 2)
    assert.deepEqual(shown(left, build.id), { ids: [groups[1]?.id], total: 1 })
  })

  test('hundreds of parents are answered at once', async () => {
    const team = await addTeam(storage())
    const parents = await storage().write(async (transaction) => {
      const made = []
      for (let index = 0; index < 300; index += 1) {
        const app = await insertRow(transaction, team, apps, { bundleId: `com.example.${index}` })
        await insertRow(transaction, team, betaGroups, { app: app.id })
        made.push(app)
      }
      return made
    })

    const found = await storage().reader.related(apps, 'betaGroups', team, parents, 10)

    assert.equal(found.size, 300)
  })
})
