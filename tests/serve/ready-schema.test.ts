import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openSqlite, SQLITE_FILE } from '../../packages/server/src/storage/open-sqlite.ts'
import { freshDirectory, serve } from './run-clipflight.ts'

/** Everything that opening an empty database leaves, but for when. */
function contentsOf(directory: string) {
  using db = new DatabaseSync(join(directory, SQLITE_FILE), { readOnly: true })
  const rowsOf = (text: string) => db.prepare(text).all()
  return {
    made: rowsOf('select type, name, tbl_name, sql from sqlite_master order by type, name'),
    history: rowsOf('select name from kysely_migration order by name'),
    lock: rowsOf('select * from kysely_migration_lock'),
    // The service makes a team and counts it.
    counts: rowsOf('select count(*) from team_count'),
    statistics: rowsOf('select * from sqlite_stat1 order by tbl, idx'),
  }
}

test('the schema that the command brings along is what the migrations make', async (context) => {
  const [migrated, ready] = [await freshDirectory(context), await freshDirectory(context)]
  await (await openSqlite(migrated)).close()
  await (await serve(context, ready, ['--seed', 'none'])).stop()

  assert.deepEqual(contentsOf(ready), contentsOf(migrated))
})
