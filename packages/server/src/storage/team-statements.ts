import { resourceOfType, resources, type PairTable, type Resource } from '@clipflight/contract'
import { sql, type RawBuilder } from 'kysely'
import { pairsOf, SLOT_COLUMN, tableOf, TEAM_COLUMN, type Cells } from './columns.ts'
import { hole, type Statement, type Syntax } from './database.ts'
import { once } from '../timing/once.ts'
import type { ScheduledChange, Team } from './storage.ts'

/** A table whose rows belong to teams. */
interface TeamTable {
  readonly name: string
  /** What tells the rows of a team apart. */
  readonly key: readonly string[]
  /** Without the team's. */
  readonly columns: readonly string[]
  /** Whether rows of others point to its. */
  readonly isPointedTo: () => boolean
  /** Rows that it may point to, and that stay when it goes. */
  readonly links: readonly { readonly column: string; readonly target: TeamTable }[]
}

export interface Copying {
  readonly from: number
  readonly to: number
}

interface NamedSnapshot {
  readonly team: number
  readonly name: string
}

interface SnapshotRow extends NamedSnapshot {
  readonly copy: number
  readonly at: number
}

interface Due {
  readonly team: number
  readonly at: number
}

/** The statements on whole teams: their rows, their snapshots, and what will happen to them. */
export interface TeamStatements {
  /** Of all that belongs to teams, each behind those that its rows point to. */
  readonly tableNames: () => readonly string[]
  readonly nextNumber: Statement<undefined>
  readonly insert: Statement<Team>
  readonly list: Statement<undefined>
  readonly find: Statement<number>
  readonly remove: Statement<number>
  readonly removeKeys: Statement<number>
  /** So that of all who change a team as a whole, or its snapshots, one goes after the other. */
  readonly holdTeam: Statement<number>
  /**
   * For each table that others point to, behind those that it points to: holds the rows of the team. Whoever adds to a
   * row holds it, and so nobody adds to any. None where no two write at once.
   */
  readonly holdParents: () => readonly Statement<number>[]
  /** For each table, behind those that point to it: removes what differs from the rows of another team. */
  readonly removeOthers: () => readonly Statement<Copying>[]
  /** For each table, behind those that it points to: adds the rows of another team that are missing. */
  readonly addMissing: () => readonly Statement<Copying>[]
  /** For each table, behind those that point to it. */
  readonly clearRows: () => readonly Statement<number>[]
  readonly listSnapshots: Statement<number>
  readonly findSnapshot: Statement<NamedSnapshot>
  readonly insertSnapshot: Statement<SnapshotRow>
  readonly dateSnapshot: Statement<SnapshotRow>
  readonly removeSnapshot: Statement<NamedSnapshot>
  readonly schedule: Statement<ScheduledChange>
  /** Removes what is due, and gives it, in whatever order. */
  readonly takeDue: Statement<Due>
  readonly nextDue: Statement<undefined>
}

const CHANGES: TeamTable = {
  name: 'scheduled_changes',
  key: ['id'],
  columns: ['id', 'at', 'change', 'build_id'],
  isPointedTo: () => false,
  links: [],
}

/**
 * The tables of resources, of their pairs and of what will happen to them, each behind those that its rows point to.
 * Keys and links for testers are not among them: what was revoked must not come back with a snapshot.
 */
function teamTables(): readonly TeamTable[] {
  const pairs = new Set<PairTable>()
  const pointedTo = new Set<Resource>()
  const inOrder = new Map<Resource, TeamTable>()
  function add(resource: Resource): TeamTable {
    const added = inOrder.get(resource)
    if (added !== undefined) return added
    const { name, columns, column } = tableOf(resource)
    const slot = resource.atMost === undefined ? [] : [SLOT_COLUMN]
    const links: { column: string; target: TeamTable }[] = []
    for (const [property, relationship] of Object.entries(resource.relationships)) {
      const { kept, target } = relationship
      const other = resourceOfType(target)
      if (kept === 'column' && other !== undefined) {
        const table = add(other)
        pointedTo.add(other)
        if ('optional' in relationship) links.push({ column: column(property).name, target: table })
      }
      if (typeof kept === 'object' && 'through' in kept) pairs.add(kept.through)
    }
    const table = {
      name,
      key: ['id'],
      columns: [...columns.map((each) => each.name), ...slot],
      isPointedTo: () => pointedTo.has(resource),
      links,
    }
    inOrder.set(resource, table)
    return table
  }
  for (const resource of Object.values<Resource>(resources)) add(resource)
  return [
    ...inOrder.values(),
    ...[...pairs].map(pairsOf).map(({ name, columns }) => ({
      name,
      key: columns,
      columns,
      isPointedTo: () => false,
      links: [],
    })),
    CHANGES,
  ]
}

const team = hole((number: number) => number)

export function teamStatements({ compile, forUpdate }: Syntax): TeamStatements {
  const tables = once(teamTables)
  const isTheTeams = sql`${sql.id(TEAM_COLUMN)} = ${team}`
  const named = sql`team_id = ${hole((of: NamedSnapshot) => of.team)} and name = ${hole((of: NamedSnapshot) => of.name)}`
  const select = sql`select id, name, issuer_id from teams where id not in (select copy_id from snapshots)`
  return {
    tableNames: () => tables().map(({ name }) => name),
    nextNumber: compile(() => sql`update team_count set last = last + 1 returning last`),
    insert: compile<Team>(
      () => sql`insert into teams (id, name, issuer_id) values (${hole(({ number }: Team) => number)},
          ${hole(({ name }: Team) => name)}, ${hole(({ issuerId }: Team) => issuerId)})`,
    ),
    list: compile(() => sql`${select} order by id`),
    find: compile<number>(() => sql`${select} and id = ${team}`),
    remove: compile<number>(() => sql`delete from teams where id = ${team}`),
    removeKeys: compile<number>(() => sql`delete from api_keys where ${isTheTeams}`),
    holdTeam: compile<number>(() => sql`select id from teams where id = ${team} ${forUpdate ?? sql``}`),
    holdParents: once(() =>
      (forUpdate === undefined ? [] : tables())
        .filter((table) => table.isPointedTo())
        .map(({ name }) =>
          compile<number>(
            () => sql`select count(*) from (
              select 1 from ${sql.table(name)} where ${isTheTeams} ${forUpdate}) as held`,
          ),
        ),
    ),
    removeOthers: once(() =>
      tables()
        .toReversed()
        .map((table) => compile<Copying>(() => removeOthers(table))),
    ),
    addMissing: once(() => tables().map((table) => compile<Copying>(() => addMissing(table)))),
    clearRows: once(() =>
      tables()
        .toReversed()
        .map(({ name }) => compile<number>(() => sql`delete from ${sql.table(name)} where ${isTheTeams}`)),
    ),
    listSnapshots: compile<number>(
      () => sql`select name, saved_at, copy_id from snapshots where ${isTheTeams} order by name`,
    ),
    findSnapshot: compile<NamedSnapshot>(() => sql`select copy_id from snapshots where ${named}`),
    insertSnapshot: compile<SnapshotRow>(
      () => sql`insert into snapshots (team_id, name, copy_id, saved_at) values (${hole((row: SnapshotRow) => row.team)},
          ${hole((row: SnapshotRow) => row.name)}, ${hole((row: SnapshotRow) => row.copy)},
          ${hole((row: SnapshotRow) => row.at)})`,
    ),
    dateSnapshot: compile<SnapshotRow>(
      () => sql`update snapshots set saved_at = ${hole((row: SnapshotRow) => row.at)} where ${named}`,
    ),
    removeSnapshot: compile<NamedSnapshot>(() => sql`delete from snapshots where ${named}`),
    schedule: compile<ScheduledChange>(
      () => sql`insert into scheduled_changes (team_id, id, at, change, build_id)
          values (${hole((change: ScheduledChange) => change.team)}, ${hole((change: ScheduledChange) => change.id)},
          ${hole((change: ScheduledChange) => change.at)}, ${hole(({ change }: ScheduledChange) => JSON.stringify(change))},
          ${hole((change: ScheduledChange) => change.build)})`,
    ),
    takeDue: compile<Due>(
      () => sql`delete from scheduled_changes where team_id = ${hole((due: Due) => due.team)}
          and at <= ${hole((due: Due) => due.at)} returning id, at, change, build_id`,
    ),
    // What stands in a snapshot happens once it is restored. By team, so that of many changes only the first is looked at.
    nextDue: compile(
      () => sql`select id, at from (
          select id, (select min(s.at) from scheduled_changes as s where s.team_id = t.id) as at from teams as t
            where id not in (select copy_id from snapshots)
        ) as next where at is not null`,
    ),
  }
}

/** What `list` and `find` select. */
export function readTeam([number, name, issuerId]: Cells): Team {
  return { number: Number(number), name: String(name), issuerId: String(issuerId) }
}

const from = hole((copying: Copying) => copying.from)
const to = hole((copying: Copying) => copying.to)

/**
 * For what is looked up row by row. PostgreSQL takes a number that it sees and has no statistics of, as that of a team
 * planted since it last looked, for that of a team with one row. It then read all rows of the team for each of them,
 * which took 109 s for 10,000 invocations instead of 0.2 (measured).
 */
function unseen(number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select cast(${number} as integer))`
}

/**
 * A row that may point to one that differs goes too: what it points to could not be removed before it. What goes along
 * with either has been compared already, and is added again.
 */
function removeOthers(table: TeamTable): RawBuilder<unknown> {
  const toAnother = table.links.map(
    ({ column, target }) => sql`exists (
      select 1 from ${sql.table(target.name)} as l where ${sql.id('l', TEAM_COLUMN)} = ${unseen(to)}
        and ${sql.id('l', 'id')} = ${sql.id('t', column)} and ${hasNoLike('l', target)})`,
  )
  return sql`delete from ${sql.table(table.name)} as t where ${sql.id('t', TEAM_COLUMN)} = ${to}
    and (${sql.join([hasNoLike('t', table), ...toAnother], sql` or `)})`
}

function hasNoLike(row: string, { name, key, columns }: TeamTable): RawBuilder<unknown> {
  // Keys by `=`: PostgreSQL finds rows by nothing else, and took 40 s for 10,000 invocations instead of 0.1 (measured).
  const isAlike = columns.map((column) => {
    const comparison = key.includes(column) ? sql`=` : sql`is not distinct from`
    return sql`${sql.id('c', column)} ${comparison} ${sql.id(row, column)}`
  })
  return sql`not exists (
    select 1 from ${sql.table(name)} as c where ${sql.id('c', TEAM_COLUMN)} = ${unseen(from)} and ${sql.join(isAlike, sql` and `)})`
}

function addMissing({ name, key, columns }: TeamTable): RawBuilder<unknown> {
  return sql`insert into ${sql.table(name)} (${sql.id(TEAM_COLUMN)}, ${sql.join(columns.map((column) => sql.id(column)))})
    select cast(${to} as integer), ${sql.join(columns.map((column) => sql.id('c', column)))} from ${sql.table(name)} as c
    where ${sql.id('c', TEAM_COLUMN)} = ${from}
    on conflict (${sql.join([TEAM_COLUMN, ...key].map((column) => sql.id(column)))}) do nothing`
}
