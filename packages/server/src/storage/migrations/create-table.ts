import { sql, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely'

/** The two things that differ between the databases when a table is made. */
export interface Flavour {
  /** Text that compares byte by byte, as SQLite's does of itself. */
  readonly text: RawBuilder<string>
  /** What ends `create table`. */
  readonly tableEnd?: RawBuilder<unknown>
}

export type Migrate = (db: Kysely<unknown>, flavour: Flavour) => Promise<void>

/** A question mark: may be null. Booleans are kept as 0 and 1, instants as milliseconds since 1970, JSON as text. */
type ColumnType = 'text' | 'integer' | 'boolean' | 'instant' | 'json'

export interface TableOfTeams {
  readonly columns: Readonly<Record<string, ColumnType | `${ColumnType}?`>>
  /** Rows that this one cannot be without: their removal takes it along. By column, the table's name. */
  readonly parents?: Readonly<Record<string, string>>
  /** Rows that it may point to. */
  readonly links?: Readonly<Record<string, string>>
  /** By name, the columns behind the team's. */
  readonly unique?: Readonly<Record<string, readonly string[]>>
  readonly indexes?: Readonly<Record<string, readonly string[]>>
  /** At most this many rows for one value of the column. */
  readonly slots?: { readonly count: number; readonly per: string }
  /** What rows are kept in order of, `id` alone unless said; a table whose key has no `id` has none. */
  readonly key?: readonly string[]
}

/**
 * Makes a table whose key, indexes and references all begin with the team: no statement can forget it, and
 * a database that spreads rows over nodes can spread them by team. Migrations are history: what this makes
 * of a given description must never change.
 */
export async function createTable(
  db: Kysely<unknown>,
  flavour: Flavour,
  name: string,
  table: TableOfTeams,
): Promise<void> {
  const { unique = {}, indexes = {}, slots } = table
  const made = withReferences(withColumns(db.schema.createTable(name), flavour, table), name, table)
  await (flavour.tableEnd === undefined ? made : made.modifyEnd(flavour.tableEnd)).execute()
  const slotted = slots === undefined ? {} : { [`${name}_slots`]: [slots.per, 'slot'] }
  for (const [index, columns] of Object.entries({ ...unique, ...slotted })) {
    await db.schema.createIndex(index).unique().on(name).columns(teamFirst(columns)).execute()
  }
  for (const [index, columns] of Object.entries(indexes)) {
    await db.schema.createIndex(index).on(name).columns(teamFirst(columns)).execute()
  }
}

type Made = CreateTableBuilder<string, string>

function withColumns(
  start: Made,
  flavour: Flavour,
  { columns, parents = {}, links = {}, slots, key = ['id'] }: TableOfTeams,
): Made {
  let made = start.addColumn('team_id', 'integer', (column) => column.notNull())
  if (key.includes('id')) made = made.addColumn('id', flavour.text, (column) => column.notNull())
  for (const [column, { type, nullable }] of Object.entries(columns).map(readColumn)) {
    made = made.addColumn(column, toSqlType(type, flavour), (added) => (nullable ? added : added.notNull()))
  }
  for (const column of Object.keys(parents)) made = made.addColumn(column, flavour.text, (added) => added.notNull())
  for (const column of Object.keys(links)) made = made.addColumn(column, flavour.text)
  return slots === undefined ? made : made.addColumn('slot', 'integer', (column) => column.notNull())
}

function readColumn([name, written]: [string, string]): [string, { type: string; nullable: boolean }] {
  const nullable = written.endsWith('?')
  return [name, { type: nullable ? written.slice(0, -1) : written, nullable }]
}

function toSqlType(type: string, flavour: Flavour): 'integer' | 'bigint' | 'text' | RawBuilder<string> {
  if (type === 'text') return flavour.text
  if (type === 'json') return 'text'
  return type === 'boolean' ? 'integer' : 'bigint'
}

function withReferences(
  start: Made,
  name: string,
  { parents = {}, links = {}, slots, key = ['id'] }: TableOfTeams,
): Made {
  let made = start.addPrimaryKeyConstraint(`${name}_key`, teamFirst(key))
  for (const [column, target] of Object.entries(parents)) {
    made = made.addForeignKeyConstraint(`${column}_exists`, teamFirst([column]), target, ['team_id', 'id'], (added) =>
      added.onDelete('cascade'),
    )
  }
  for (const [column, target] of Object.entries(links)) {
    made = made.addForeignKeyConstraint(`${column}_exists`, teamFirst([column]), target, ['team_id', 'id'])
  }
  if (slots !== undefined) {
    made = made.addCheckConstraint(`${name}_slot`, sql`slot between 1 and ${sql.lit(slots.count)}`)
  }
  // Tables with parents have their team by way of them.
  if (Object.keys(parents).length > 0) return made
  return made.addForeignKeyConstraint('team_exists', ['team_id'], 'teams', ['id'])
}

function teamFirst(columns: readonly string[]): string[] {
  return ['team_id', ...columns]
}
