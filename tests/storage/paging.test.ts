import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resources, type Resource, type RowValue, type SortKey } from '@clipflight/contract'
import { BadCursor, type Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addRow, addTeam, addTree, insertRow } from './rows.ts'

const { apps, betaGroups, builds, preReleaseVersions } = resources

/** Every page of a list, one after another, and the total that each tells. */
async function allPages(storage: Storage, resource: Resource, team: number, sort: readonly SortKey[], limit: number) {
  const ids: string[] = []
  const totals: number[] = []
  let cursor: string | undefined
  do {
    const selection = { conditions: [], sort, limit, ...(cursor === undefined ? {} : { cursor }) }
    const page = await storage.reader.list(resource, team, selection)
    ids.push(...page.rows.map(({ id }) => id))
    totals.push(page.total)
    cursor = page.next
  } while (cursor !== undefined)
  return { ids, totals }
}

const GROUPS: readonly {
  readonly id: string
  readonly publicLinkLimit: number | null
  readonly publicLinkEnabled: boolean | null
}[] = [
  { id: 'a', publicLinkLimit: null, publicLinkEnabled: null },
  { id: 'b', publicLinkLimit: 5, publicLinkEnabled: true },
  { id: 'c', publicLinkLimit: null, publicLinkEnabled: false },
  { id: 'd', publicLinkLimit: 5, publicLinkEnabled: null },
  { id: 'e', publicLinkLimit: -1, publicLinkEnabled: true },
  { id: 'f', publicLinkLimit: 5, publicLinkEnabled: true },
  { id: 'g', publicLinkLimit: null, publicLinkEnabled: null },
]

async function teamWithGroups(storage: Storage): Promise<number> {
  const team = await addTeam(storage)
  await storage.write(async (transaction) => {
    const app = await insertRow(transaction, team, apps, { bundleId: 'com.example.app' })
    for (const group of GROUPS) await insertRow(transaction, team, betaGroups, { ...group, app: app.id })
  })
  return team
}

const up = (attribute: string): SortKey => ({ attribute, descending: false })
const down = (attribute: string): SortKey => ({ attribute, descending: true })

const ORDERS: readonly { readonly sort: readonly SortKey[]; readonly ids: string }[] = [
  { sort: [], ids: 'abcdefg' },
  { sort: [up('publicLinkLimit')], ids: 'acgebdf' },
  { sort: [down('publicLinkLimit')], ids: 'fdbegca' },
  { sort: [up('publicLinkLimit'), down('publicLinkEnabled')], ids: 'cgaefbd' },
  { sort: [down('publicLinkEnabled'), up('publicLinkLimit')], ids: 'ebfcagd' },
  { sort: [up('name'), down('publicLinkLimit')], ids: 'fdbegca' },
]

describeStorage('paging', (storage) => {
  for (const { sort, ids } of ORDERS) {
    const keys = sort.map(({ attribute, descending }) => `${descending ? '-' : ''}${attribute}`).join()
    test(`pages of any size sorted by '${keys}' show every row once, nulls first ascending and equal keys by id, as the last key goes`, async () => {
      const team = await teamWithGroups(storage())

      for (const limit of [1, 2, 3, 7, 100]) {
        const pages = await allPages(storage(), betaGroups, team, sort, limit)
        assert.equal(pages.ids.join(''), ids, `with limit ${limit}`)
        assert.deepEqual(new Set(pages.totals), new Set([GROUPS.length]))
      }
    })
  }

  test('text sorts by its bytes on every database', async () => {
    const team = await addTeam(storage())
    const names = ['b', 'a', 'B', 'é', 'e', '_', '10', '9', ' x', 'f']
    for (const name of names) await addRow(storage(), team, apps, { id: name, name, bundleId: name })

    const { ids } = await allPages(storage(), apps, team, [up('name')], 3)

    assert.deepEqual(ids, [' x', '10', '9', 'B', '_', 'a', 'b', 'e', 'f', 'é'])
  })

  test('rows sort by an attribute of the row behind a relationship', async () => {
    const team = await addTeam(storage())
    const { app, version, build } = await addTree(storage(), team)
    const older = await addRow(storage(), team, preReleaseVersions, { version: '0.9', app: app.id })
    const given = (id: string, preReleaseVersion: string) => ({ id, version: id, preReleaseVersion, app: app.id })
    for (const id of ['x', 'z']) await addRow(storage(), team, builds, given(id, older.id))
    await addRow(storage(), team, builds, given('y', version.id))

    const sort = [{ relationship: 'preReleaseVersion', attribute: 'version', descending: false }]
    const { ids } = await allPages(storage(), builds, team, sort, 1)

    assert.deepEqual(ids, ['x', 'z', ...[build.id, 'y'].sort()])
  })

  test('a page that begins behind a removed row goes on where it was', async () => {
    const team = await teamWithGroups(storage())
    const sort = [up('publicLinkLimit')]
    const { rows, next } = await storage().reader.list(betaGroups, team, { conditions: [], sort, limit: 4 })
    const last = rows.at(-1)?.id ?? ''
    await storage().write((transaction) => transaction.remove(betaGroups, team, last))

    const page = await storage().reader.list(betaGroups, team, { conditions: [], sort, limit: 4, cursor: next ?? '' })

    assert.deepEqual(
      page.rows.map(({ id }) => id),
      ['b', 'd', 'f'],
    )
    assert.equal(page.next, undefined)
  })

  test('the last page of exactly full size has no next one', async () => {
    const team = await teamWithGroups(storage())

    const page = await storage().reader.list(betaGroups, team, { conditions: [], sort: [], limit: GROUPS.length })

    assert.equal(page.next, undefined)
    assert.equal(page.total, GROUPS.length)
  })
})

/** What a client could make of a cursor. */
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const SIGNATURE = 'betaGroups,public_link_limit,name'
const HEAD = encoded([SIGNATURE, 7])

const HOSTILE: readonly (readonly [string, string])[] = [
  ['is empty', ''],
  ['has one part', HEAD],
  ['has three parts', `${HEAD}.${encoded([1, 'n', 'a'])}.x`],
  ['is not base64url', `${HEAD}.$$$$`],
  ['is not JSON', `${HEAD}.AAAA`],
  ['holds an object', `${HEAD}.${encoded({ 0: 1, length: 3 })}`],
  ['holds null', `${HEAD}.${encoded(null)}`],
  ['holds too few values', `${HEAD}.${encoded([1, 'n'])}`],
  ['holds too many values', `${HEAD}.${encoded([1, 'n', 'a', 'b'])}`],
  ['holds text for a number', `${HEAD}.${encoded(['1', 'n', 'a'])}`],
  ['holds a fraction', `${HEAD}.${encoded([1.5, 'n', 'a'])}`],
  ['holds a number beyond 64 bits', `${HEAD}.${encoded([1e300, 'n', 'a'])}`],
  ['holds a number for text', `${HEAD}.${encoded([1, 2, 'a'])}`],
  ['holds null where there is none', `${HEAD}.${encoded([1, null, 'a'])}`],
  ['holds null for the id', `${HEAD}.${encoded([1, 'n', null])}`],
  ['holds NUL', `${HEAD}.${encoded([1, 'n\0', 'a'])}`],
  ['holds half a surrogate pair', `${HEAD}.${encoded([1, 'n', '\ud800'])}`],
  ['holds a list', `${HEAD}.${encoded([1, ['n'], 'a'])}`],
  ['counts below nothing', `${encoded([SIGNATURE, -1])}.${encoded([1, 'n', 'a'])}`],
  ['counts in text', `${encoded([SIGNATURE, '7'])}.${encoded([1, 'n', 'a'])}`],
  ['belongs to another sort', `${encoded(['betaGroups,name', 7])}.${encoded([1, 'n', 'a'])}`],
  ['belongs to another type', `${encoded(['apps,public_link_limit,name', 7])}.${encoded([1, 'n', 'a'])}`],
]

describeStorage('cursors', (storage) => {
  const sort = [up('publicLinkLimit'), up('name')]

  for (const [what, cursor] of HOSTILE) {
    test(`a cursor that ${what} is refused`, async () => {
      const list = storage().reader.list(betaGroups, 1, { conditions: [], sort, limit: 1, cursor })

      await assert.rejects(list, BadCursor)
    })
  }

  test('a cursor with values that no row has is as good as any', async () => {
    const team = await teamWithGroups(storage())
    const values: readonly RowValue[] = [5, "'; drop table apps --", '\uffff%_']

    const cursor = `${HEAD}.${encoded(values)}`
    const page = await storage().reader.list(betaGroups, team, { conditions: [], sort, limit: 10, cursor })

    assert.deepEqual(
      page.rows.map(({ id }) => id),
      ['b', 'd', 'f'],
    )
  })
})
