import type { SortKey } from '@clipflight/contract'
import { sql, type RawBuilder } from 'kysely'
import { TEAM_COLUMN, type Cells, type Table } from './columns.ts'
import type { SortedValue } from './cursor.ts'
import { linkOf, type Link } from './links.ts'

/** One sort key of rows of the table aliased `t`. */
export interface SortColumn extends SortedValue {
  readonly key: string
  readonly descending: boolean
  readonly expression: RawBuilder<unknown>
}

/** Keys of relationships whose target the service does not carry say nothing about the order, and are left out. */
export function readSort(table: Table, sort: readonly SortKey[]): readonly SortColumn[] {
  return sort.flatMap(({ attribute, relationship, descending }) => {
    const sign = descending ? '-' : ''
    if (relationship === undefined) {
      const { name, storedAs, nullable } = table.column(attribute)
      return [{ key: `${sign}${name}`, descending, storedAs, nullable, expression: sql.id('t', name) }]
    }
    const link = linkOf(table.resource, relationship)
    if (link === undefined) return []
    const column = link.target.column(attribute)
    const key = `${sign}${relationship}.${column.name}`
    // Nullable, for the link may be empty or lead to a row that was removed meanwhile.
    return [{ key, descending, storedAs: column.storedAs, nullable: true, expression: behindLink(link, column.name) }]
  })
}

function behindLink(link: Link, column: string): RawBuilder<unknown> {
  if (link.kept === 'in pairs') throw new Error('Rows cannot be sorted by one of many.')
  const [own, theirs] = link.kept === 'here' ? [link.column.name, 'id'] : ['id', link.column.name]
  return sql`(select ${sql.id('s', column)} from ${sql.table(link.target.name)} as s
    where ${sql.id('s', TEAM_COLUMN)} = ${sql.id('t', TEAM_COLUMN)} and ${sql.id('s', theirs)} = ${sql.id('t', own)} limit 1)`
}

/**
 * Rows that are alike in all keys stand in the order in which they were made, or the other way round, as the last key goes.
 * Unverified: how Apple orders them.
 */
function isNewestFirst(sort: readonly SortColumn[]): boolean {
  return sort.at(-1)?.descending === true
}

/** Nulls come first ascending and last descending; the databases differ when not told. */
export function orderBy(sort: readonly SortColumn[]): RawBuilder<unknown> {
  const terms = sort.flatMap(({ expression, descending, nullable }) => {
    const direction = descending ? sql`desc` : sql`asc`
    const value = sql`${expression} ${direction}`
    return nullable ? [sql`case when ${expression} is null then 0 else 1 end ${direction}`, value] : [value]
  })
  return sql.join([...terms, sql`${sql.id('t', 'id')} ${isNewestFirst(sort) ? sql`desc` : sql`asc`}`])
}

/** Which of a cursor's values are null, for that decides the text of `isAfter`. */
export function nullsOf(after: Cells): string {
  return after.map((cell) => (cell === null ? 'n' : 'v')).join('')
}

/** Behind the row with these sort values and id: `cell` gives the hole of each. */
export function isAfter(
  sort: readonly SortColumn[],
  after: Cells,
  cell: (index: number) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  const lastKey = sql`${sql.id('t', 'id')} ${isNewestFirst(sort) ? sql`<` : sql`>`} ${cell(sort.length)}`
  const behind = sort.reduceRight((rest: RawBuilder<unknown>, column, index) => {
    const { further, same } = compared(column, after[index] === null, () => cell(index))
    return sql`(${further} or (${same} and ${rest}))`
  }, lastKey)
  const [first] = sort
  // Says no more than the rest does, in a form that an index can begin with.
  if (first === undefined || first.nullable) return behind
  return sql`${first.expression} ${first.descending ? sql`<=` : sql`>=`} ${cell(0)} and ${behind}`
}

function compared({ expression, descending, nullable }: SortColumn, isNull: boolean, cell: () => RawBuilder<unknown>) {
  if (isNull) {
    return { same: sql`${expression} is null`, further: descending ? sql`1 = 0` : sql`${expression} is not null` }
  }
  const same = sql`${expression} = ${cell()}`
  if (!descending) return { same, further: sql`${expression} > ${cell()}` }
  return {
    same,
    further: nullable ? sql`(${expression} < ${cell()} or ${expression} is null)` : sql`${expression} < ${cell()}`,
  }
}
