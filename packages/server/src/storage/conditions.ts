import type { Condition, FilterMatch } from '@clipflight/contract'
import { sql, type RawBuilder } from 'kysely'
import { TEAM_COLUMN, withoutNul, type Cell, type Cells, type Column, type Table } from './columns.ts'
import { linkOf, pairedWith, type Link } from './links.ts'

/** A condition taken apart: its structure, which decides the text, and its values, which fill the holes. */
export interface ReadCondition {
  /** Equal keys have equal text. */
  readonly key: string
  readonly cells: Cells
  /** Of rows of the table aliased `t`. */
  readonly write: (team: RawBuilder<unknown>, cell: (index: number) => RawBuilder<unknown>) => RawBuilder<unknown>
}

const LARGEST_STEP = 1024

/** How many values texts are made for: few lengths make few texts. */
export function bucketOf(count: number): number {
  for (let size = 1; size <= LARGEST_STEP; size *= 4) if (count <= size) return size
  return Math.ceil(count / LARGEST_STEP) * LARGEST_STEP
}

/** Fills up to the bucket with the last value, which changes nothing among alternatives. */
export function padded(values: Cells): Cells {
  const last = values.at(-1)
  if (last === undefined) return values
  const missing = bucketOf(values.length) - values.length
  return missing === 0 ? values : [...values, ...Array<Cell>(missing).fill(last)]
}

/** `column in (…)` for so many cells. */
export function isOneOf(
  column: RawBuilder<unknown>,
  count: number,
  cell: (index: number) => RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`${column} in (${sql.join(Array.from({ length: count }, (_, index) => cell(index)))})`
}

const NEVER: ReadCondition = { key: 'never', cells: [], write: () => sql`1 = 0` }
const ALWAYS: ReadCondition = { key: 'always', cells: [], write: () => sql`1 = 1` }

export function readCondition(table: Table, condition: Condition): ReadCondition {
  switch (condition.by) {
    case 'id':
      return amongValues('id', sql.id('t', 'id'), condition.values)
    case 'attribute': {
      const column = table.column(condition.attribute)
      return matching(column, condition.match, condition.values.map(column.encode))
    }
    case 'presence': {
      const { name } = table.column(condition.attribute)
      const not = condition.present ? sql`not ` : sql``
      return {
        key: `present ${name} ${condition.present}`,
        cells: [],
        write: () => sql`${sql.id('t', name)} is ${not}null`,
      }
    }
    case 'relationship':
      return linked(condition.relationship, linkOf(table.resource, condition.relationship), 'id', condition.values)
    case 'pair': {
      const paired = pairedWith(condition.through, condition.end)
      return pairedWithOneOf(`pair ${paired.pairs.name} ${paired.other}`, paired, condition.values)
    }
    case 'related attribute': {
      const link = linkOf(table.resource, condition.relationship)
      const column = link?.target.column(condition.attribute)
      if (column === undefined) return NEVER
      return linked(`${condition.relationship}.${column.name}`, link, column.name, condition.values.map(column.encode))
    }
    case 'constant':
      return condition.holds ? ALWAYS : NEVER
  }
}

function amongValues(key: string, expression: RawBuilder<unknown>, values: Cells): ReadCondition {
  const cells = padded(values)
  if (cells.length === 0) return NEVER
  return { key: `${key} ${cells.length}`, cells, write: (_team, cell) => isOneOf(expression, cells.length, cell) }
}

function matching(column: Column, match: FilterMatch, values: Cells): ReadCondition {
  const expression = sql.id('t', column.name)
  if (match === 'equals') return amongValues(column.name, expression, values)
  const patterns = padded(values.map((value) => toPattern(String(withoutNul(value)), match)))
  if (patterns.length === 0) return NEVER
  return {
    key: `${column.name} like ${patterns.length}`,
    cells: patterns,
    write: (_team, cell) => {
      const alternatives = patterns.map((_, index) => sql`lower(${expression}) like ${cell(index)} escape '!'`)
      return sql`(${sql.join(alternatives, sql` or `)})`
    },
  }
}

/** Without regard to the case of A to Z, as `lower` has it on text that compares byte by byte. */
function toPattern(value: string, match: Exclude<FilterMatch, 'equals'>): string {
  const literal = value.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[!%_]/g, '!$&')
  return match === 'contains' ? `%${literal}%` : `${literal}%`
}

/**
 * Linked with a row whose column has one of these values. The subqueries do not mention the outer row,
 * so that a database may begin with them.
 */
function linked(key: string, link: Link | undefined, column: string, values: Cells): ReadCondition {
  const cells = padded(values)
  if (link === undefined || cells.length === 0) return NEVER
  if (link.kept === 'here' && column === 'id') return amongValues(key, sql.id('t', link.column.name), values)
  if (link.kept === 'in pairs' && column === 'id') return pairedWithOneOf(key, link, values)
  return {
    key: `${key} ${cells.length}`,
    cells,
    write(team, cell) {
      const among = isOneOf(sql.id('c', column), cells.length, cell)
      const { own, wanted, join } = subqueryParts(link)
      return sql`${own} in (
        select ${wanted} from ${sql.table(link.target.name)} as c ${join} where ${sql.id('c', TEAM_COLUMN)} = ${team} and ${among})`
    },
  }
}

function subqueryParts(link: Link) {
  if (link.kept === 'here') return { own: sql.id('t', link.column.name), wanted: sql.id('c', 'id'), join: sql`` }
  if (link.kept === 'there') return { own: sql.id('t', 'id'), wanted: sql.id('c', link.column.name), join: sql`` }
  const join = sql`join ${sql.table(link.pairs.name)} as p
    on ${sql.id('p', TEAM_COLUMN)} = ${sql.id('c', TEAM_COLUMN)} and ${sql.id('p', link.other)} = ${sql.id('c', 'id')}`
  return { own: sql.id('t', 'id'), wanted: sql.id('p', link.own), join }
}

function pairedWithOneOf(key: string, paired: ReturnType<typeof pairedWith>, values: Cells): ReadCondition {
  const cells = padded(values)
  if (cells.length === 0) return NEVER
  return {
    key: `${key} ${cells.length}`,
    cells,
    write: (team, cell) => sql`${sql.id('t', 'id')} in (
      select ${sql.id('p', paired.own)} from ${sql.table(paired.pairs.name)} as p
      where ${sql.id('p', TEAM_COLUMN)} = ${team} and ${isOneOf(sql.id('p', paired.other), cells.length, cell)})`,
  }
}
