import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources, type Resource } from '@clipflight/contract'
import { betaGroupBuilds } from '../../packages/contract/src/resources/beta-group-builds.ts'
import { Conflict, type Row, type Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addInvocation, addRow, addTeam, addTree, insertInvocation, insertRow } from './rows.ts'

const { apps, betaAppClipInvocations, betaAppClipInvocationLocalizations, betaGroups, builds, buildBundles } = resources

const URL = 'https://example.com/'

async function count(storage: Storage, resource: Resource, team: number): Promise<number> {
  return (await storage.reader.list(resource, team, { conditions: [], sort: [], limit: 1 })).total
}

async function outcomes(attempts: readonly Promise<unknown>[]) {
  const settled = await Promise.allSettled(attempts)
  const reasons = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  return { done: settled.length - reasons.length, reasons }
}

describeStorage('writes', (storage) => {
  test('what a work throws undoes its writes and reaches the caller', async () => {
    const team = await addTeam(storage())
    const refusal = new Error('refused')

    const write = storage().write(async (transaction) => {
      await insertRow(transaction, team, apps, { bundleId: 'com.example' })
      throw refusal
    })

    await assert.rejects(write, refusal)
    assert.equal(await count(storage(), apps, team), 0)
  })

  test('a failing write takes nothing of those beside it along', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)

    const { done, reasons } = await outcomes([
      addInvocation(storage(), team, bundle.id, `${URL}1`, ['en-US']),
      storage().write(async (transaction) => {
        await insertInvocation(transaction, team, bundle.id, `${URL}2`)
        throw new Error('refused')
      }),
      addInvocation(storage(), team, 'no such bundle', `${URL}3`),
      addInvocation(storage(), team, bundle.id, `${URL}4`, ['en-US']),
    ])

    assert.equal(done, 2)
    assert.equal(reasons.length, 2)
    assert.equal(await count(storage(), betaAppClipInvocations, team), 2)
    assert.equal(await count(storage(), betaAppClipInvocationLocalizations, team), 2)
  })

  test('a reader never sees what is not committed', async () => {
    const team = await addTeam(storage())
    const seen: Promise<Row | undefined>[] = []

    const write = storage().write(async (transaction) => {
      const row = await insertRow(transaction, team, apps, { bundleId: 'com.example' })
      seen.push(storage().reader.find(apps, team, row.id))
      assert.equal((await transaction.find(apps, team, row.id))?.id, row.id)
      throw new Error('refused')
    })

    await assert.rejects(write, /refused/)
    assert.deepEqual(await Promise.all(seen), [undefined])
  })

  test('reads of one work all see the same moment', async () => {
    const team = await addTeam(storage())
    const selection = { conditions: [], sort: [], limit: 1 }

    const writes = Array.from({ length: 10 }, (_, index) =>
      storage().write(async (transaction) => {
        await insertRow(transaction, team, apps, { bundleId: `com.example.${index}.first` })
        await insertRow(transaction, team, apps, { bundleId: `com.example.${index}.second` })
      }),
    )
    const reads = Array.from({ length: 10 }, () =>
      storage().read(async (reader) => [
        (await reader.list(apps, team, selection)).total,
        (await reader.list(apps, team, selection)).total,
      ]),
    )

    for (const [first = 1, second] of await Promise.all(reads)) {
      assert.equal(first, second)
      assert.equal(first % 2, 0)
    }
    await Promise.all(writes)
  })

  test('a reader sees what was answered', async () => {
    const team = await addTeam(storage())

    await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const row = await addRow(storage(), team, apps, { bundleId: `com.example.${index}` })
        assert.equal((await storage().reader.find(apps, team, row.id))?.id, row.id)
      }),
    )
  })

  test('a work that lost a race runs again, and leaves nothing of its lost runs', async () => {
    const team = await addTeam(storage())
    let runs = 0

    const row = await storage().write(async (transaction) => {
      const made = await insertRow(transaction, team, apps, { bundleId: 'com.example' })
      runs += 1
      if (runs < 3) throw new Conflict('lost')
      return made
    })

    assert.equal(runs, 3)
    assert.deepEqual(await storage().reader.find(apps, team, row.id), row)
  })

  test('a work that never wins is given up', async () => {
    const team = await addTeam(storage())
    await addRow(storage(), team, apps, { bundleId: 'com.example' })

    await assert.rejects(addRow(storage(), team, apps, { bundleId: 'com.example' }), Conflict)
  })

  test('works that lock the same rows in opposite order all come through', async () => {
    const team = await addTeam(storage())
    const one = await addRow(storage(), team, apps, { bundleId: 'com.example.1', name: '0' })
    const two = await addRow(storage(), team, apps, { bundleId: 'com.example.2', name: '0' })

    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        storage().write(async (transaction) => {
          for (const { id } of index % 2 === 0 ? [one, two] : [two, one]) {
            const row = await transaction.lock(apps, team, id)
            await transaction.update(apps, team, id, { name: String(Number(row?.['name']) + 1) })
          }
        }),
      ),
    )

    for (const { id } of [one, two]) assert.equal((await storage().reader.find(apps, team, id))?.['name'], '8')
  })

  test('an update changes what it names and nothing else', async () => {
    const team = await addTeam(storage())
    const row = await addRow(storage(), team, betaGroups, {
      app: (await addTree(storage(), team)).app.id,
      publicLinkLimit: 5,
    })

    await storage().write(async (transaction) => {
      await transaction.update(betaGroups, team, row.id, { publicLinkLimit: null, publicLinkEnabled: true })
      await transaction.update(betaGroups, team, row.id, {})
    })

    const changed = { ...row, publicLinkLimit: null, publicLinkEnabled: true }
    assert.deepEqual(await storage().reader.find(betaGroups, team, row.id), changed)
  })

  test('an update that takes a unique value is a conflict', async () => {
    const team = await addTeam(storage())
    await addRow(storage(), team, apps, { bundleId: 'com.example.1' })
    const { id } = await addRow(storage(), team, apps, { bundleId: 'com.example.2' })

    const update = storage().write((transaction) => transaction.update(apps, team, id, { bundleId: 'com.example.1' }))

    await assert.rejects(update, Conflict)
  })
})

describeStorage('limits under concurrent writers', (storage) => {
  test('of thirty writers three fill a bundle', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)

    const { done, reasons } = await outcomes(
      Array.from({ length: 30 }, (_, index) => addInvocation(storage(), team, bundle.id, `${URL}${index}`)),
    )

    assert.equal(done, 3)
    assert.equal(
      reasons.every((reason) => reason instanceof Conflict),
      true,
    )
    assert.equal(await count(storage(), betaAppClipInvocations, team), 3)
  })

  test('a place that a removal frees is filled again', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)
    const [, second] = [
      await addInvocation(storage(), team, bundle.id, `${URL}1`),
      await addInvocation(storage(), team, bundle.id, `${URL}2`),
      await addInvocation(storage(), team, bundle.id, `${URL}3`),
    ]
    await storage().write((transaction) => transaction.remove(betaAppClipInvocations, team, second?.id ?? ''))

    await addInvocation(storage(), team, bundle.id, `${URL}4`)

    await assert.rejects(addInvocation(storage(), team, bundle.id, `${URL}5`), Conflict)
  })

  test('of writers of the same url in a bundle one wins', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)

    const { done } = await outcomes(Array.from({ length: 10 }, () => addInvocation(storage(), team, bundle.id, URL)))

    assert.equal(done, 1)
  })

  test('of writers of the same locale of an invocation one wins', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)
    const { id } = await addInvocation(storage(), team, bundle.id, URL)
    const given = { title: 'Title', locale: 'en-US', betaAppClipInvocation: id }

    const { done } = await outcomes(
      Array.from({ length: 10 }, () => addRow(storage(), team, betaAppClipInvocationLocalizations, given)),
    )

    assert.equal(done, 1)
  })
})

describeStorage('removal', (storage) => {
  test('an invocation takes its titles along', async () => {
    const team = await addTeam(storage())
    const { bundle } = await addTree(storage(), team)
    const first = await addInvocation(storage(), team, bundle.id, `${URL}1`, ['en-US', 'de-DE'])
    await addInvocation(storage(), team, bundle.id, `${URL}2`, ['en-US'])

    await storage().write((transaction) => transaction.remove(betaAppClipInvocations, team, first.id))

    assert.equal(await count(storage(), betaAppClipInvocationLocalizations, team), 1)
  })

  test('an app takes all that hangs on it along', async () => {
    const team = await addTeam(storage())
    const { app, build, bundle } = await addTree(storage(), team)
    await addInvocation(storage(), team, bundle.id, URL, ['en-US'])
    const group = await addRow(storage(), team, betaGroups, { app: app.id })
    await storage().write((transaction) => transaction.pair(betaGroupBuilds, team, [group.id, build.id]))

    await storage().write((transaction) => transaction.remove(apps, team, app.id))

    for (const resource of Object.values(resources))
      assert.equal(await count(storage(), resource, team), 0, resource.type)
  })

  test('a status that a bundle points to stays', async () => {
    const team = await addTeam(storage())
    const { build } = await addTree(storage(), team)
    const status = await addRow(storage(), team, resources.appClipDomainStatuses, {})
    await addRow(storage(), team, buildBundles, { build: build.id, appClipDomainCacheStatus: status.id })

    await storage().write((transaction) => transaction.remove(builds, team, build.id))

    assert.equal(await count(storage(), resources.appClipDomainStatuses, team), 1)
  })

  test('a child of a parent that is gone is a conflict', async () => {
    const team = await addTeam(storage())

    await assert.rejects(addInvocation(storage(), team, 'gone', URL), Conflict)
  })
})
