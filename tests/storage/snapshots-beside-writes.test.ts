import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources } from '@clipflight/contract'
import { Conflict, type Row, type Storage, type Transaction } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addInvocation, addTeam, addTree, insertInvocation, insertRow, type Tree } from './rows.ts'

const { builds, buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations } = resources

/** So many that whole teams take their time, in which others write. */
const BUILDS = 200
const LOCALES = ['en-US', 'de-DE', 'fr-FR']
const ROUNDS = 12

async function addTeamOfBuilds(storage: Storage): Promise<Tree & { readonly team: number }> {
  const team = await addTeam(storage)
  const tree = await addTree(storage, team)
  await storage.write(async (transaction) => {
    for (let number = 2; number <= BUILDS; number += 1) {
      const links = { app: tree.app.id, preReleaseVersion: tree.version.id }
      const build = await insertRow(transaction, team, builds, { version: String(number), ...links })
      const bundle = await insertRow(transaction, team, buildBundles, { build: build.id })
      const invocation = await insertInvocation(transaction, team, bundle.id, 'https://example.com/')
      await insertRow(transaction, team, betaAppClipInvocationLocalizations, titleIn('en-US', invocation))
    }
  })
  return { ...tree, team }
}

const titleIn = (locale: string, invocation: Row) => ({ title: locale, locale, betaAppClipInvocation: invocation.id })

const invocationsOf = (bundle: Row) =>
  ({
    conditions: [{ by: 'relationship', relationship: 'buildBundle', values: [bundle.id] }],
    sort: [],
    limit: 3,
  }) as const

/** Replaces what the bundle has by one invocation with all its titles, as a client would: the bundle held meanwhile. */
function replaceInvocation(storage: Storage, team: number, bundle: Row): Promise<void> {
  return storage.write(async (transaction) => {
    await transaction.lock(buildBundles, team, bundle.id)
    const { rows } = await transaction.list(betaAppClipInvocations, team, invocationsOf(bundle))
    for (const { id } of rows) await transaction.remove(betaAppClipInvocations, team, id)
    const made = await insertInvocation(transaction, team, bundle.id, 'https://example.com/')
    for (const locale of LOCALES)
      await insertRow(transaction, team, betaAppClipInvocationLocalizations, titleIn(locale, made))
  })
}

/** Does one thing again and again while another runs. Of the first, losing a race to the second is no failure. */
async function beside(again: () => Promise<unknown>, work: () => Promise<void>): Promise<void> {
  const end = new AbortController()
  const stream = (async () => {
    while (!end.signal.aborted) {
      await again().catch((error: unknown) => {
        if (!(error instanceof Conflict)) throw error
      })
    }
  })()
  try {
    await work()
  } finally {
    end.abort()
    await stream
  }
}

async function rounds(work: () => Promise<unknown>): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) await work()
}

describeStorage('snapshots beside writes', (storage) => {
  test('a restore goes through however many writes arrive beside it', async () => {
    const { team, bundle } = await addTeamOfBuilds(storage())
    await addInvocation(storage(), team, bundle.id, 'https://example.com/', LOCALES)
    await storage().write((transaction) => transaction.saveSnapshot(team, 's', 0))

    await beside(
      () => replaceInvocation(storage(), team, bundle),
      () => rounds(() => storage().write((transaction) => transaction.restoreSnapshot(team, 's'))),
    )
  })

  test('a snapshot has all titles of an invocation that was made beside it, or none of it', async () => {
    const { team, bundle } = await addTeamOfBuilds(storage())
    const titles: number[] = []

    await beside(
      () => replaceInvocation(storage(), team, bundle),
      () =>
        rounds(async () => {
          await storage().write((transaction) => transaction.saveSnapshot(team, 's', 0))
          await storage().write(async (transaction) => {
            await transaction.restoreSnapshot(team, 's')
            const { rows } = await transaction.list(betaAppClipInvocations, team, invocationsOf(bundle))
            const relationship = 'betaAppClipInvocationLocalizations'
            const related = await transaction.related(betaAppClipInvocations, relationship, team, rows, 10)
            titles.push(...rows.map(({ id }) => related.get(id)?.total ?? 0))
          })
        }),
    )

    assert.deepEqual(new Set(titles), new Set([LOCALES.length]))
  })

  test('a snapshot that is removed while it is restored takes no row of its team along', async () => {
    const { team } = await addTeamOfBuilds(storage())

    await rounds(async () => {
      await storage().write((transaction) => transaction.saveSnapshot(team, 's', 0))
      await Promise.all([
        storage().write((transaction) => transaction.restoreSnapshot(team, 's')),
        storage().write((transaction) => transaction.removeSnapshot(team, 's')),
      ])
    })

    const { total } = await storage().reader.list(builds, team, { conditions: [], sort: [], limit: 1 })
    assert.equal(total, BUILDS)
  })

  test('seeds, restores, and snapshots of one team go one after the other', async () => {
    const { team } = await addTeamOfBuilds(storage())
    await storage().write((transaction) => transaction.saveSnapshot(team, 's', 0))
    let attempts = 0
    const attempt = (work: (transaction: Transaction) => Promise<unknown>) =>
      storage().write((transaction) => {
        attempts += 1
        return work(transaction)
      })

    await Promise.all(
      Array.from({ length: ROUNDS }, () => [
        attempt((transaction) => transaction.restoreSnapshot(team, 's')),
        attempt(async (transaction) => {
          await transaction.clearRows(team)
          await transaction.saveSnapshot(team, 's', 0)
        }),
        attempt((transaction) => transaction.saveSnapshot(team, 'another', 0)),
        attempt((transaction) => transaction.removeSnapshot(team, 'another')),
      ]).flat(),
    )

    assert.equal(attempts, 4 * ROUNDS)
  })
})
