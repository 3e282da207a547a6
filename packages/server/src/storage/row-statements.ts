import type { Resource } from '@clipflight/contract'
import { sql, type RawBuilder } from 'kysely'
import { SLOT_COLUMN, TEAM_COLUMN, type Cell, type Cells, type Column, type Pairs, type Table } from './columns.ts'
import { hole, type Statement, type Syntax } from './database.ts'

export interface OneRow {
  readonly team: number
  readonly id: string
}

/** Cells in the order of the columns that the statement was made for. */
export interface WrittenRow extends OneRow {
  readonly cells: Cells
}

export interface WrittenPair {
  readonly team: number
  readonly ids: readonly [string, string]
}

/** The statements on single rows of one table. Each is worded when it is first executed. */
export interface RowStatements {
  readonly find: Statement<OneRow>
  readonly lock: Statement<OneRow>
  readonly insert: Statement<WrittenRow>
  readonly remove: Statement<OneRow>
  readonly update: (columns: readonly Column[]) => Statement<WrittenRow>
}

/** `alias.column` for every column that rows show. */
export function columnsOf(table: Table, alias: string): RawBuilder<unknown> {
  return sql.join(table.columns.map((column) => sql.id(alias, column.name)))
}

const team = hole(({ team }: { readonly team: number }) => team)
const id = hole(({ id }: OneRow) => id)
const cellAt = (index: number) => hole(({ cells }: WrittenRow): Cell => cells[index] ?? null)

export function rowStatements(table: Table, { compile, forUpdate }: Syntax): RowStatements {
  const from = sql.table(table.name)
  const isTheRow = sql`${sql.id(TEAM_COLUMN)} = ${team} and ${sql.id('id')} = ${id}`
  const select = () => sql`select ${columnsOf(table, table.name)} from ${from} where ${isTheRow}`
  const insert = () => {
    const { atMost } = table.resource
    const columns = [TEAM_COLUMN, ...table.columns.map(({ name }) => name)]
    const values = [team, ...table.columns.map((_, index) => cellAt(index))]
    if (atMost !== undefined) {
      columns.push(SLOT_COLUMN)
      values.push(freeSlot(table, atMost))
    }
    return sql`insert into ${from} (${sql.join(columns.map((name) => sql.id(name)))}) values (${sql.join(values)})`
  }
  const updates = new Map<string, Statement<WrittenRow>>()
  return {
    find: compile<OneRow>(select),
    lock: compile<OneRow>(() => sql`${select()} ${forUpdate ?? sql``}`),
    insert: compile<WrittenRow>(insert),
    remove: compile<OneRow>(() => sql`delete from ${from} where ${isTheRow}`),
    update(columns) {
      const key = columns.map(({ name }) => name).join()
      const known = updates.get(key)
      if (known !== undefined) return known
      const assignments = columns.map(({ name }, index) => sql`${sql.id(name)} = ${cellAt(index)}`)
      const made = compile<WrittenRow>(() => sql`update ${from} set ${sql.join(assignments)} where ${isTheRow}`)
      updates.set(key, made)
      return made
    },
  }
}

/**
 * The lowest place that no sibling has; 0 where all are taken, which the check of the table refuses. Of two writers that
 * see the same one free, the unique index stops one.
 */
function freeSlot(table: Table, { count, per }: NonNullable<Resource['atMost']>): RawBuilder<unknown> {
  const column = table.column(per)
  const parent = cellAt(table.columns.indexOf(column))
  const isTaken = (slot: number) => sql`exists (select 1 from ${sql.table(table.name)}
      where ${sql.id(TEAM_COLUMN)} = ${team} and ${sql.id(column.name)} = ${parent} and ${sql.id(SLOT_COLUMN)} = ${sql.lit(slot)})`
  const slots = Array.from({ length: count }, (_, index) => index + 1)
  const cases = slots.map((slot) => sql`when not ${isTaken(slot)} then ${sql.lit(slot)}`)
  return sql`case ${sql.join(cases, sql` `)} else 0 end`
}

export interface PairStatements {
  readonly pair: Statement<WrittenPair>
  readonly unpair: Statement<WrittenPair>
}

export function pairStatements(pairs: Pairs, { compile }: Syntax): PairStatements {
  const table = sql.table(pairs.name)
  const [first, second] = pairs.columns.map((name) => sql.id(name))
  const [firstId, secondId] = [hole(({ ids }: WrittenPair) => ids[0]), hole(({ ids }: WrittenPair) => ids[1])]
  return {
    pair: compile<WrittenPair>(
      () => sql`insert into ${table} (${sql.id(TEAM_COLUMN)}, ${first}, ${second}) values (${team}, ${firstId}, ${secondId})
          on conflict do nothing`,
    ),
    unpair: compile<WrittenPair>(
      () =>
        sql`delete from ${table} where ${sql.id(TEAM_COLUMN)} = ${team} and ${first} = ${firstId} and ${second} = ${secondId}`,
    ),
  }
}
