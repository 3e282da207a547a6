import type { Resource } from '@clipflight/contract'
import { sql, type RawBuilder } from 'kysely'
import { TEAM_COLUMN, type Cell, type Cells, type Column, type Table } from './columns.ts'
import { isOneOf, padded } from './conditions.ts'
import { hole, limitedTo, type Session, type Statement, type Syntax } from './database.ts'
import { linkOf, type Link } from './links.ts'
import { columnsOf } from './row-statements.ts'
import type { Related, Row } from './storage.ts'

type RelatedByParent = ReadonlyMap<string, Related>

/** Reads what is behind one relationship. */
export type ReadRelated = (
  session: Session,
  team: number,
  parents: readonly Row[],
  limit: number,
) => Promise<RelatedByParent>

const NOTHING: RelatedByParent = new Map()

export function relatedReader(resource: Resource, relationship: string, syntax: Syntax): ReadRelated {
  const link = linkOf(resource, relationship)
  if (link === undefined) return () => Promise.resolve(NOTHING)
  if (link.kept === 'here') return readByColumn(link.column, link.target, syntax)
  return readByParent(link, syntax)
}

interface OfParents {
  readonly team: number
  readonly ids: Cells
  readonly limit: number
}

const team = hole(({ team }: OfParents) => team)
const limit = hole(({ limit }: OfParents) => limit)
const idAt = (index: number) => hole(({ ids }: OfParents): Cell => ids[index] ?? null)

/** One text per number of ids, made when first needed. */
function perBucket(make: (count: number) => Statement<OfParents>): (count: number) => Statement<OfParents> {
  const made = new Map<number, Statement<OfParents>>()
  return (count) => {
    let statement = made.get(count)
    if (statement === undefined) {
      statement = make(count)
      made.set(count, statement)
    }
    return statement
  }
}

function readByColumn(column: Column, target: Table, { compile }: Syntax): ReadRelated {
  const statements = perBucket((count) =>
    compile<OfParents>(
      () => sql`select ${columnsOf(target, 't')} from ${sql.table(target.name)} as t
          where ${sql.id('t', TEAM_COLUMN)} = ${team} and ${isOneOf(sql.id('t', 'id'), count, idAt)}`,
    ),
  )
  return async (session, team, parents) => {
    const linked = new Set<string>()
    for (const parent of parents) {
      const id = parent[column.property]
      if (typeof id === 'string') linked.add(id)
    }
    if (linked.size === 0) return NOTHING
    const ids = padded([...linked])
    const found = await session.execute(statements(ids.length), { team, ids, limit: 0 })
    const rows = new Map(found.map(target.decode).map((row) => [row.id, { rows: [row], total: 1 }]))
    const byParent = new Map<string, Related>()
    for (const parent of parents) {
      const related = rows.get(String(parent[column.property]))
      if (related !== undefined) byParent.set(parent.id, related)
    }
    return byParent
  }
}

/** What selects the rows of parents, whichever table says whose they are. */
interface Source {
  readonly from: RawBuilder<unknown>
  readonly team: RawBuilder<unknown>
  readonly parent: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
}

function sourceOf(link: Exclude<Link, { kept: 'here' }>): Source {
  const target = sql`${sql.table(link.target.name)} as t`
  if (link.kept === 'there') {
    return {
      from: target,
      team: sql.id('t', TEAM_COLUMN),
      parent: sql.id('t', link.column.name),
      id: sql.id('t', 'id'),
    }
  }
  const [team, id] = [sql.id('p', TEAM_COLUMN), sql.id('p', link.other)]
  const from = sql`${sql.table(link.pairs.name)} as p join ${target}
    on ${sql.id('t', TEAM_COLUMN)} = ${team} and ${sql.id('t', 'id')} = ${id}`
  return { from, team, parent: sql.id('p', link.own), id }
}

function readByParent(link: Exclude<Link, { kept: 'here' }>, { compile }: Syntax): ReadRelated {
  const { target } = link
  const source = sourceOf(link)
  const ofOne = sql`from ${source.from} where ${source.team} = ${team} and ${source.parent} = ${idAt(0)}`
  const rowsOfOne = compile<OfParents>(
    () => sql`select ${columnsOf(target, 't')} ${ofOne} order by ${source.id}
        ${limitedTo(({ limit }: OfParents) => limit)}`,
  )
  const countOfOne = compile<OfParents>(() => sql`select count(*) ${ofOne}`)
  const rowsOfSeveral = perBucket((count) => compile<OfParents>(() => rankedRows(target, source, count)))
  return async (session, team, parents, limit) => {
    const [parent, ...others] = parents
    if (parent === undefined) return NOTHING
    if (others.length > 0) {
      const ids = padded(parents.map(({ id }) => id))
      // At least one, for the total stands in the first row.
      const given: OfParents = { team, ids, limit: Math.max(limit, 1) }
      return groupByParent(target, await session.execute(rowsOfSeveral(ids.length), given), limit)
    }
    // One more, to know whether counting is needed.
    const given: OfParents = { team, ids: [parent.id], limit: limit + 1 }
    const found = await session.execute(rowsOfOne, given)
    if (found.length === 0) return NOTHING
    const rows = found.slice(0, limit).map(target.decode)
    const total = found.length <= limit ? rows.length : Number((await session.execute(countOfOne, given))[0]?.[0])
    return new Map([[parent.id, { rows, total }]])
  }
}

/** The first rows of each parent, with the parent and how many it has behind their columns. */
function rankedRows(target: Table, source: Source, count: number): RawBuilder<unknown> {
  const byParent = sql`partition by ${source.parent}`
  const shown = sql`${columnsOf(target, 'ranked')}, ${sql.id('ranked', '_parent')}, ${sql.id('ranked', '_total')}`
  return sql`select ${shown} from (
      select ${columnsOf(target, 't')}, ${source.parent} as _parent, count(*) over (${byParent}) as _total,
        row_number() over (${byParent} order by ${source.id}) as _place
      from ${source.from} where ${source.team} = ${team} and ${isOneOf(source.parent, count, idAt)}
    ) as ranked
    where _place <= ${limit} order by _parent, _place`
}

function groupByParent(target: Table, found: readonly Cells[], limit: number): RelatedByParent {
  const byParent = new Map<string, { rows: Row[]; total: number }>()
  const parentAt = target.columns.length
  for (const cells of found) {
    const parent = String(cells[parentAt])
    let related = byParent.get(parent)
    if (related === undefined) {
      related = { rows: [], total: Number(cells[parentAt + 1]) }
      byParent.set(parent, related)
    }
    if (related.rows.length < limit) related.rows.push(target.decode(cells))
  }
  return byParent
}
