import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { SQLITE_FILE } from '../../packages/server/src/storage/open-sqlite.ts'
import type { FreshDatabase } from '../databases.ts'

interface FoundColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

/** What is really there, asked of the database itself. Lists are sorted; columns of a set are joined by commas. */
export interface Schema {
  columnsOf(table: string): Promise<FoundColumn[]>
  uniqueSetsOf(table: string): Promise<string[]>
  referencesOf(table: string): Promise<string[]>
  /** Their columns in order. */
  indexesOf(table: string): Promise<string[]>
  close(): Promise<void>
}

/** Each answers to one parameter, the table. */
interface Questions {
  readonly columns: string
  /** With the columns in order, and whether it is unique. */
  readonly indexes: string
  readonly references: string
}

const OF_SQLITE: Questions = {
  columns: `select name, lower(type) as type, "notnull" = 0 as nullable from pragma_table_info(?1) order by name`,
  indexes: `select (select group_concat(c.name) from pragma_index_info(i.name) as c) as columns, i."unique" as is_unique
    from pragma_index_list(?1) as i`,
  references: `select group_concat("from") || ' -> ' || "table" || ' ' || lower(on_delete) as reference
    from (select * from pragma_foreign_key_list(?1) order by id, seq) group by id`,
}

const OF_POSTGRES: Questions = {
  columns: `select column_name::text as name, data_type as type, is_nullable = 'YES' as nullable
    from information_schema.columns where table_name = $1 order by column_name collate "C"`,
  indexes: `select (select string_agg(a.attname, ',' order by k.place) from unnest(i.indkey) with ordinality as k (attnum, place)
      join pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns, i.indisunique as is_unique
    from pg_index as i where i.indrelid = $1::regclass`,
  references: `select (select string_agg(a.attname, ',' order by k.place) from unnest(c.conkey) with ordinality as k (attnum, place)
      join pg_attribute as a on a.attrelid = c.conrelid and a.attnum = k.attnum) || ' -> ' || c.confrelid::regclass || ' ' ||
      case c.confdeltype when 'c' then 'cascade' when 'a' then 'no action' else c.confdeltype::text end as reference
    from pg_constraint as c where c.contype = 'f' and c.conrelid = $1::regclass`,
}

type FoundRow = Readonly<Record<string, unknown>>

export async function openSchema({ location }: FreshDatabase): Promise<Schema> {
  if (location.databaseUrl === undefined) {
    const db = new DatabaseSync(join(location.dataDir, SQLITE_FILE), { readOnly: true })
    return schemaBy(
      OF_SQLITE,
      async (text, table) => db.prepare(text).all(table),
      async () => db.close(),
    )
  }
  const client = new pg.Client(location.databaseUrl)
  await client.connect()
  return schemaBy(
    OF_POSTGRES,
    async (text, table) => (await client.query<FoundRow>(text, [table])).rows,
    () => client.end(),
  )
}

function schemaBy(
  questions: Questions,
  ask: (text: string, table: string) => Promise<readonly FoundRow[]>,
  close: () => Promise<void>,
): Schema {
  return {
    async columnsOf(table) {
      const rows = await ask(questions.columns, table)
      return rows.map(({ name, type, nullable }) => ({
        name: String(name),
        type: String(type),
        nullable: Boolean(nullable),
      }))
    },
    async uniqueSetsOf(table) {
      const rows = await ask(questions.indexes, table)
      const sets = rows.filter((row) => Boolean(row['is_unique'])).map(({ columns }) => String(columns))
      return sets.map((set) => set.split(',').sort().join()).sort()
    },
    async referencesOf(table) {
      return (await ask(questions.references, table)).map(({ reference }) => String(reference)).sort()
    },
    async indexesOf(table) {
      return (await ask(questions.indexes, table)).map(({ columns }) => String(columns)).sort()
    },
    close,
  }
}
