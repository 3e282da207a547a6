import type { DatabaseSync } from 'node:sqlite'

/** How many rows a value of the leading columns of an index stands for, as the planner is told. */
const ROWS = 1_000_000
const ROWS_OF_A_TEAM = 100_000
const ROWS_OF_A_PARENT = 10

const INDEXES = `
  select t.name as "table", i.name as "index", i."unique" as is_unique, i.origin,
    (select count(*) from pragma_index_info(i.name)) as columns
  from sqlite_master as t join pragma_index_list(t.name) as i
  where t.type = 'table' and (select name from pragma_index_info(i.name) where seqno = 0) = 'team_id'`

/**
 * Tells SQLite's planner that a team has many rows and a parent few. Knowing nothing it takes either for ten,
 * and reads all rows of a team to find the three of a parent. Written once per schema rather than measured, so
 * that plans never change under way: https://sqlite.org/queryplanner-ng.html#howtofix
 */
export function writeStatistics(db: DatabaseSync): void {
  // Makes the table of statistics.
  db.exec('analyze; delete from sqlite_stat1')
  const insert = db.prepare('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)')
  const indexes = db.prepare(INDEXES)
  indexes.setReturnArrays(false)
  for (const { table, index, is_unique: isUnique, origin, columns } of indexes.all()) {
    const perPrefix = Array.from({ length: Number(columns) }, (_, place) => {
      const isWhole = place === Number(columns) - 1
      if (isWhole && isUnique === 1) return 1
      return place === 0 ? ROWS_OF_A_TEAM : ROWS_OF_A_PARENT
    })
    // The key of a table without row numbers goes by the table's name.
    const name = origin === 'pk' ? table : index
    insert.run(String(table), String(name), [ROWS, ...perPrefix].join(' '))
  }
  // Reads them again.
  db.exec('analyze sqlite_schema')
}
