import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { resources, type Resource } from '@clipflight/contract'
import { PostgresDialect, SqliteDialect } from 'kysely'
import pg from 'pg'
import { plantTeams } from '../../packages/server/src/seed/plant-seed.ts'
import { readSeed } from '../../packages/server/src/seed/read-seed.ts'
import { tableOf } from '../../packages/server/src/storage/columns.ts'
import { compilerFor, type Session } from '../../packages/server/src/storage/database.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { SQLITE_FILE } from '../../packages/server/src/storage/open-sqlite.ts'
import { listReader } from '../../packages/server/src/storage/read-list.ts'
import { relatedReader } from '../../packages/server/src/storage/read-related.ts'
import { teamStatements } from '../../packages/server/src/storage/team-statements.ts'
import { databases, freshDatabase } from '../databases.ts'

const syntax = {
  compile: compilerFor(new SqliteDialect({ database: () => Promise.reject(new Error('only text is made')) })),
  forUpdate: undefined,
}

describe('plans of SQLite', { skip: !databases.includes('sqlite') }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'clipflight-'))
  await (await openStorage({ dataDir })).close()
  const db = new DatabaseSync(join(dataDir, SQLITE_FILE), { readOnly: true })
  after(() => {
    db.close()
    rmSync(dataDir, { recursive: true })
  })

  /** How the database would go about the statements that `read` makes, one step a line. */
  async function planOf(read: (session: Session) => Promise<unknown>): Promise<string> {
    const steps: string[] = []
    await read({
      async execute(statement, given) {
        const plan = db.prepare(`explain query plan ${statement.text}`).all(...statement.bind(given))
        steps.push(...plan.map(({ detail }) => String(detail)))
        return []
      },
    })
    return steps.join('\n')
  }

  const all: readonly Resource[] = Object.values(resources)
  for (const resource of all) {
    for (const [name, { kept }] of Object.entries(resource.relationships)) {
      if (kept === 'foreign') continue
      test(`${resource.type}.${name} is read without looking at the other rows of the team`, async () => {
        const columns = tableOf(resource).columns.map(({ property }) => [property, `${property} id`])
        const parents = ['1', '2'].map((id) => ({ ...Object.fromEntries(columns), id }))
        const read = relatedReader(resource, name, syntax)

        for (const some of [parents.slice(0, 1), parents]) {
          const plan = await planOf((session) => read(session, 1, some, 10))
          assert.match(plan, /SEARCH/)
          assert.doesNotMatch(plan, /SCAN [tp]\b|\(team_id=\?\)/)
        }
      })
    }
  }

  test('the newest builds of an app are read in order, without sorting all of them', async () => {
    const selection = {
      conditions: [{ by: 'relationship', relationship: 'app', values: ['app'] }],
      sort: [{ attribute: 'uploadedDate', descending: true }],
      limit: 10,
    } as const

    const plan = await planOf((session) => listReader(syntax)(session, resources.builds, 1, selection))

    assert.match(plan, /USING INDEX builds_by_app_and_date \(team_id=\? AND app_id=\?\)/)
    assert.doesNotMatch(plan, /FOR ORDER BY/)
  })
})

describe('plans of PostgreSQL', { skip: !databases.includes('postgres') }, () => {
  test('teams are compared row by row by their keys, though one was planted since the database last looked', async (t) => {
    const database = await freshDatabase('postgres')
    const storage = await openStorage(database.location)
    const client = new pg.Client(database.location.databaseUrl)
    await client.connect()
    t.after(async () => {
      await client.end()
      await storage.close()
      await database.discard()
    })
    const builds = Array.from({ length: 500 }, (_, index) => ({ version: String(index) }))
    const app = { name: 'Many', bundleId: 'com.example', preReleaseVersions: [{ version: '1.0', builds }] }
    const seed = readSeed(JSON.stringify({ teams: [{ name: 'Many', apps: [app] }] }), 'team.yaml')
    await plantTeams(storage, seed, { now: Date.now() })
    await client.query('analyze')
    const { removeOthers } = teamStatements({
      compile: compilerFor(new PostgresDialect({ pool: new pg.Pool() })),
      forUpdate: undefined,
    })
    const comparing = removeOthers().filter(({ text }) => text.includes('from "builds" as t'))
    assert.equal(comparing.length, 1)

    for (const { text, bind } of comparing) {
      const values = [...bind({ from: 2, to: 3 })]
      const { rows } = await client.query<string[]>({ text: `explain ${text}`, values, rowMode: 'array' })
      assert.match(
        rows.flat().join('\n'),
        /Scan using builds_key on builds c .*\n +Index Cond: .*team_id = .*id = t\.id/,
      )
    }
  })
})
