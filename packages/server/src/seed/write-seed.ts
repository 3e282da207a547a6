import {
  mayGiveId,
  nestedIn,
  rootResources,
  type Attribute,
  type Nested,
  type Resource,
  type RowValue,
} from '@clipflight/contract'
import { writeYaml } from '@clipflight/yaml-text'
import type { ApiKey, Reader, Row, Team } from '../storage/storage.ts'

/** A team and its keys, whose rows are to be written. */
export interface SeededTeam {
  readonly team: Team
  readonly keys: readonly ApiKey[]
}

type Item = Record<string, unknown>

/** Rows of a team, as the writing of items asks for them. */
interface TeamRows {
  readonly reader: Reader
  readonly team: number
}

const PAGE = 1000
/** More than a database of ours holds, and an integer to PostgreSQL. */
const EVERY_ROW = 1_000_000_000

/** A seed file that gives these teams: with the ids of all, and the public halves of their keys. */
export async function writeSeed(reader: Reader, teams: readonly SeededTeam[]): Promise<string> {
  const written: Item[] = []
  for (const { team, keys } of teams) {
    const item: Item = { name: team.name, issuerId: team.issuerId, keys: keys.map(writeKey) }
    for (const resource of rootResources) {
      const rows = await allRows({ reader, team: team.number }, resource)
      const items = await writeItems({ reader, team: team.number }, resource, rows, new Set())
      if (items.length > 0) item[resource.type] = items
    }
    written.push(item)
  }
  return writeYaml({ teams: written })
}

function writeKey({ id, name, roles, individual, publicKey, revokedAt }: ApiKey): Item {
  return {
    id,
    name,
    roles,
    ...(individual ? { individual } : {}),
    ...(revokedAt === null ? {} : { revoked: true }),
    publicKey,
  }
}

async function allRows({ reader, team }: TeamRows, resource: Resource): Promise<readonly Row[]> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const page = await reader.list(resource, team, {
      conditions: [],
      sort: [],
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    rows.push(...page.rows)
    cursor = page.next
  } while (cursor !== undefined)
  return rows
}

/** The rows of one type as items of a seed file, with what stands under them. */
async function writeItems(
  from: TeamRows,
  resource: Resource,
  rows: readonly Row[],
  above: ReadonlySet<string>,
): Promise<readonly Item[]> {
  const items = rows.map((row) => writeAttributes(resource, row))
  const around = new Set([...above, resource.type])
  for (const nested of nestedIn(resource, above)) {
    const found = await nestedRows(from, resource, nested, rows)
    const write = await nestedWriter(from, nested, [...found.values()].flat(), around)
    for (const [index, row] of rows.entries()) {
      const below = found.get(row.id)
      const item = items[index]
      if (item !== undefined && below !== undefined) item[nested.name] = write(below)
    }
  }
  return items
}

async function nestedRows(
  { reader, team }: TeamRows,
  resource: Resource,
  { name }: Nested,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const found = new Map<string, readonly Row[]>()
  for (let start = 0; start < rows.length; start += PAGE) {
    const parents = rows.slice(start, start + PAGE)
    const related = await reader.related(resource, name, team, parents, EVERY_ROW)
    for (const [id, each] of related) found.set(id, each.rows)
  }
  return found
}

/** Writes what stands under one row; all rows of all are made into items at once. */
async function nestedWriter(
  from: TeamRows,
  { target, shape }: Nested,
  rows: readonly Row[],
  around: ReadonlySet<string>,
): Promise<(below: readonly Row[]) => unknown> {
  if (shape.is === 'references') return (below) => below.map(({ id }) => id)
  // What a column leads to stands on its own: nothing is above it.
  const items = await writeItems(from, target, rows, shape.is === 'column' ? new Set() : around)
  const byRow = new Map(rows.map((row, index) => [row, items[index]]))
  return (below) => {
    const [first, ...others] = below.map((row) => byRow.get(row))
    return shape.is === 'list' ? [first, ...others] : first
  }
}

function writeAttributes(resource: Resource, row: Row): Item {
  const attributes = Object.entries(resource.attributes).flatMap(([name, attribute]) => {
    const value = row[name]
    // Nothing given is as good as null, where null is what a row begins with.
    if (value === null && attribute.initial === undefined) return []
    return [[name, value === null ? null : toJson(attribute, value)] as const]
  })
  return { ...(mayGiveId(resource) ? { id: row.id } : {}), ...Object.fromEntries(attributes) }
}

/** Points in time keep their milliseconds, which answers do not show. */
function toJson({ kind }: Attribute, value: RowValue): unknown {
  if (kind.storedAs === 'instant') return new Date(Number(value)).toISOString()
  return kind.toJson === undefined ? value : kind.toJson(value)
}
