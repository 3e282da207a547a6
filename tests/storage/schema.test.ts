import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { resources, type PairTable, type Resource } from '@clipflight/contract'
import { pairsOf, tableOf } from '../../packages/server/src/storage/columns.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { databases, freshDatabase, type FreshDatabase } from '../databases.ts'
import { openSchema, type Schema } from './schema.ts'

const all: readonly Resource[] = Object.values(resources)

const TYPES = { text: 'text', integer: 'bigint', boolean: 'integer', instant: 'bigint', json: 'text' } as const

function expectedColumns(resource: Resource) {
  const columns = tableOf(resource).columns.map(({ name, storedAs, nullable }) => ({
    name,
    type: TYPES[storedAs],
    nullable,
  }))
  const team = { name: 'team_id', type: 'integer', nullable: false }
  const slot = { name: 'slot', type: 'integer', nullable: false }
  return [...columns, team, ...(resource.atMost === undefined ? [] : [slot])].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function expectedUniqueSets(resource: Resource): string[] {
  const { column } = tableOf(resource)
  const sets = (resource.unique ?? []).map((set) => ['team_id', ...set.map((name) => column(name).name)])
  if (resource.atMost !== undefined) sets.push(['team_id', column(resource.atMost.per).name, 'slot'])
  return [...sets, ['team_id', 'id']].map((set) => set.toSorted().join()).sort()
}

function expectedReferences(resource: Resource): string[] {
  const { column } = tableOf(resource)
  const references = Object.entries(resource.relationships).flatMap(([name, definition]) => {
    if (definition.kept !== 'column') return []
    const target = all.find(({ type }) => type === definition.target)
    const onDelete = definition.create === 'required' ? 'cascade' : 'no action'
    return target === undefined ? [] : [`team_id,${column(name).name} -> ${tableOf(target).name} ${onDelete}`]
  })
  const hasParents = Object.values(resource.relationships).some(
    (one) => one.kept === 'column' && one.create === 'required',
  )
  return (hasParents ? references : [...references, 'team_id -> teams no action']).sort()
}

for (const kind of databases) {
  describe(`the schema on ${kind}`, () => {
    let database: FreshDatabase
    let schema: Schema
    before(async () => {
      database = await freshDatabase(kind)
      await (await openStorage(database.location)).close()
      schema = await openSchema(database)
    })
    after(async () => {
      await schema.close()
      await database.discard()
    })

    for (const resource of all) {
      const { name } = tableOf(resource)

      test(`${name} has the columns of its definition`, async () => {
        assert.deepEqual(await schema.columnsOf(name), expectedColumns(resource))
      })

      test(`${name} has the unique sets of its definition, each within a team`, async () => {
        assert.deepEqual(smallest(await schema.uniqueSetsOf(name)), expectedUniqueSets(resource))
      })

      test(`${name} goes with what it cannot be without`, async () => {
        assert.deepEqual(await schema.referencesOf(name), expectedReferences(resource))
      })

      test(`${name} has an index for each of its links`, async () => {
        const indexes = await schema.indexesOf(name)
        for (const [property, { kept }] of Object.entries(resource.relationships)) {
          if (kept !== 'column') continue
          const link = `team_id,${tableOf(resource).column(property).name}`
          assert.equal(
            indexes.some((index) => index === link || index.startsWith(`${link},`)),
            true,
            link,
          )
        }
      })
    }

    const throughs = new Set<PairTable>()
    for (const { relationships } of all) {
      for (const { kept } of Object.values(relationships))
        if (typeof kept === 'object' && 'through' in kept) throughs.add(kept.through)
    }
    for (const through of throughs) {
      const { name, columns } = pairsOf(through)
      test(`${name} pairs its two ends once`, async () => {
        const found = (await schema.columnsOf(name)).map((column) => column.name)
        assert.deepEqual(found, [...columns, 'team_id'].sort())
        assert.deepEqual(await schema.uniqueSetsOf(name), [[...columns, 'team_id'].sort().join()])
      })
    }
  })
}

/** Without the sets that hold a smaller one: those say how rows are kept, and forbid nothing more. */
function smallest(sets: readonly string[]): string[] {
  const isWithin = (one: string, other: string) => one.split(',').every((column) => other.split(',').includes(column))
  return sets.filter((set) => !sets.some((other) => other !== set && isWithin(other, set)))
}
