import type { Resource, Selection } from '@clipflight/contract'
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import { TEAM_COLUMN, tableOf, type Cell, type Cells, type Table } from './columns.ts'
import { readCondition, type ReadCondition } from './conditions.ts'
import { readCursor, writeCursor, type Position } from './cursor.ts'
import { hole, limitedTo, LONGEST_KEPT_TEXT, type Session, type Statement, type Syntax } from './database.ts'
import { columnsOf } from './row-statements.ts'
import { isAfter, nullsOf, orderBy, readSort, type SortColumn } from './sort.ts'
import type { Page } from './storage.ts'

interface Given {
  readonly team: number
  /** Of each condition. */
  readonly values: readonly Cells[]
  readonly after: Cells
  readonly limit: number
}

interface ListStatements {
  readonly page: Statement<Given>
  readonly count: Statement<Given>
}

/** Clients choose the structure, so only so many texts are kept (and no long ones). */
const MOST_STRUCTURES = 500

export type ReadList = (session: Session, resource: Resource, team: number, selection: Selection) => Promise<Page>

export function listReader(syntax: Syntax): ReadList {
  const known = new LRUCache<string, ListStatements>({ max: MOST_STRUCTURES })
  return async (session, resource, team, selection) => {
    const table = tableOf(resource)
    const sort = readSort(table, selection.sort)
    const signature = [resource.type, ...sort.map(({ key }) => key)].join()
    const position = selection.cursor === undefined ? undefined : readCursor(selection.cursor, signature, sort)
    const conditions = selection.conditions.map((condition) => readCondition(table, condition))
    const structure = [signature, ...conditions.map(({ key }) => key), nullsOf(position?.after ?? [])].join('\n')
    let statements = known.get(structure)
    if (statements === undefined) {
      statements = listStatements(table, conditions, sort, position, syntax)
      if (statements.page.text.length <= LONGEST_KEPT_TEXT) known.set(structure, statements)
    }
    const given: Given = {
      team,
      values: conditions.map(({ cells }) => cells),
      after: position?.after ?? [],
      // One more, to know whether there is another page.
      limit: selection.limit + 1,
    }
    const found = await session.execute(statements.page, given)
    const rows = found.slice(0, selection.limit)
    const isLast = found.length <= selection.limit
    const total = position?.total ?? (isLast ? rows.length : await count(session, statements.count, given))
    const end = isLast ? undefined : rows.at(-1)
    return {
      rows: rows.map(table.decode),
      total,
      ...(end === undefined ? {} : { next: writeCursor(signature, { total, after: sortValues(table, end) }) }),
    }
  }
}

async function count(session: Session, statement: Statement<Given>, given: Given): Promise<number> {
  const [row] = await session.execute(statement, given)
  return Number(row?.[0])
}

/** They stand behind the columns of the row; the id goes last, as the last sort key. */
function sortValues(table: Table, cells: Cells): Cells {
  return [...cells.slice(table.columns.length), cells[0] ?? null]
}

function listStatements(
  table: Table,
  conditions: readonly ReadCondition[],
  sort: readonly SortColumn[],
  position: Position | undefined,
  { compile }: Syntax,
): ListStatements {
  const team = hole(({ team }: Given) => team)
  const written = conditions.map(({ write }, condition) =>
    write(team, (index) => hole(({ values }: Given): Cell => values[condition]?.[index] ?? null)),
  )
  const from = sql`from ${sql.table(table.name)} as t`
  const where = [sql`${sql.id('t', TEAM_COLUMN)} = ${team}`, ...written]
  const after =
    position === undefined
      ? []
      : [isAfter(sort, position.after, (index) => hole(({ after }: Given): Cell => after[index] ?? null))]
  const shown = sql.join([columnsOf(table, 't'), ...sort.map(({ expression }) => expression)])
  return {
    page: compile<Given>(
      () => sql`select ${shown} ${from} where ${sql.join([...where, ...after], sql` and `)} order by ${orderBy(sort)}
          ${limitedTo(({ limit }: Given) => limit)}`,
    ),
    count: compile<Given>(() => sql`select count(*) ${from} where ${sql.join(where, sql` and `)}`),
  }
}
