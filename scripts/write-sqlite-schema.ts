/** Prints what makes an empty SQLite database what the migrations make of it: tables, indexes and first rows. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openSqlite, SQLITE_FILE } from '../packages/server/src/storage/open-sqlite.ts'

const directory = mkdtempSync(join(tmpdir(), 'clipflight-schema-'))
try {
  await (await openSqlite(directory)).close()
  using db = new DatabaseSync(join(directory, SQLITE_FILE), { readOnly: true })
  process.stdout.write([...writeSchema(db)].map((statement) => `${statement};`).join('\n'))
} finally {
  rmSync(directory, { recursive: true })
}

/** Without what is SQLite's own: statistics are written anew with each schema. */
function* writeSchema(db: DatabaseSync): Iterable<string> {
  const made = db
    .prepare("select type, name, sql from sqlite_master where name not like 'sqlite_%' order by rowid")
    .all()
  for (const { sql } of made) yield String(sql)
  for (const { name } of made.filter(({ type }) => type === 'table')) yield* writeRows(db, String(name))
}

function writeRows(db: DatabaseSync, table: string): string[] {
  const columns = db.prepare(`select name from pragma_table_info('${table}')`).all()
  // When a migration ran is when the schema is put in place.
  const values = columns.map(({ name }) =>
    name === 'timestamp' ? `'strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now'')'` : `quote("${String(name)}")`,
  )
  const rows = db.prepare(`select ${values.join(` || ', ' || `)} as "row" from "${table}"`).all()
  return rows.map(({ row }) => `insert into "${table}" values (${String(row)})`)
}
