import { resources, type PairTable, type Resource } from '@clipflight/contract'
import { pairsOf, tableOf, type Table } from './columns.ts'
import { consoleStatements, readLink, readSession, type ConsoleStatements } from './console-statements.ts'
import type { Database, Session, Syntax } from './database.ts'
import { keyStatements, readKey, type KeyStatements } from './key-statements.ts'
import { once } from '../timing/once.ts'
import { listReader, type ReadList } from './read-list.ts'
import { relatedReader, type ReadRelated } from './read-related.ts'
import { retrying } from './retry.ts'
import { pairStatements, rowStatements, type PairStatements, type RowStatements } from './row-statements.ts'
import type { Reader, Storage, TeamReader, Transaction } from './storage.ts'
import { readTeam, teamStatements, type TeamStatements } from './team-statements.ts'
import { teamWrites } from './team-writes.ts'

/** The storage on either database. */
export function sqlStorage(database: Database): Storage {
  const statements = statementsIn(database.syntax)
  const reader = readerOn(database.session, statements)
  return {
    ...teamReaderOn(database.session, statements),
    reader,
    read: (work) =>
      database.snapshot((session) => work(session === database.session ? reader : readerOn(session, statements))),
    write: (work) => retrying(() => database.transaction((session) => work(transactionOn(session, statements)))),
    async findKey(keyId) {
      const [cells] = await database.session.execute(statements.keys.findKey, keyId)
      return cells === undefined ? undefined : readKey(cells)
    },
    async findSession(hash) {
      const [cells] = await database.session.execute(statements.console().findSession, hash)
      return cells === undefined ? undefined : readSession(cells)
    },
    async findTesterLink(hash) {
      const [cells] = await database.session.execute(statements.console().findLink, hash)
      return cells === undefined ? undefined : readLink(cells)
    },
    async listSnapshots(team) {
      const rows = await database.session.execute(statements.teams().listSnapshots, team)
      return rows.map(([name, savedAt]) => ({ name: String(name), savedAt: Number(savedAt) }))
    },
    async nextDue() {
      const rows = await database.session.execute(statements.teams().nextDue, undefined)
      return new Map(rows.map(([team, at]) => [Number(team), Number(at)]))
    },
    measure: () => database.measure(statements.teams().tableNames()),
    close: () => database.close(),
  }
}

/** Every statement of the storage, each compiled when first needed, and once for all databases of a syntax. */
interface Statements {
  readonly keys: KeyStatements
  readonly teams: () => TeamStatements
  readonly console: () => ConsoleStatements
  readonly list: ReadList
  readonly rows: (resource: Resource) => RowStatements & { readonly table: Table }
  readonly related: (resource: Resource, relationship: string) => ReadRelated
  readonly pairs: (through: PairTable) => PairStatements
}

const known = new WeakMap<Syntax, Statements>()

function statementsIn(syntax: Syntax): Statements {
  let statements = known.get(syntax)
  if (statements === undefined) {
    statements = makeStatements(syntax)
    known.set(syntax, statements)
  }
  return statements
}

/**
 * Words most of what a seed is planted with: the rows, and their copy for resets. Whoever does so while nobody waits has
 * the first team of a process 4 ms sooner (measured).
 */
export function wordPlanting(syntax: Syntax): void {
  const { rows, teams } = statementsIn(syntax)
  const inserts = Object.values(resources).map((resource) => rows(resource).insert)
  // A statement is worded when its text is first asked for.
  for (const statement of [...inserts, ...teams().addMissing()]) void statement.text
}

function makeStatements(syntax: Syntax): Statements {
  const related = remembered((resource: Resource) =>
    remembered((relationship: string) => relatedReader(resource, relationship, syntax)),
  )
  return {
    keys: keyStatements(syntax),
    teams: once(() => teamStatements(syntax)),
    console: once(() => consoleStatements(syntax)),
    list: listReader(syntax),
    rows: remembered((resource) => ({ table: tableOf(resource), ...rowStatements(tableOf(resource), syntax) })),
    related: (resource, relationship) => related(resource)(relationship),
    pairs: remembered((through) => pairStatements(pairsOf(through), syntax)),
  }
}

/** Makes each value once. The keys come from the contract, so that there are few. */
function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>()
  return (key) => {
    let value = made.get(key)
    if (value === undefined) {
      value = make(key)
      made.set(key, value)
    }
    return value
  }
}

function teamReaderOn(session: Session, statements: Statements): TeamReader {
  return {
    async hasTeams() {
      return (await session.execute(statements.keys.anyTeam, undefined)).length > 0
    },
    async listTeams() {
      return (await session.execute(statements.teams().list, undefined)).map(readTeam)
    },
    async findTeam(number) {
      const [cells] = await session.execute(statements.teams().find, number)
      return cells === undefined ? undefined : readTeam(cells)
    },
    async listKeys(team) {
      return (await session.execute(statements.keys.listKeys, team)).map(readKey)
    },
  }
}

function readerOn(session: Session, statements: Statements): Reader & TeamReader {
  return {
    ...teamReaderOn(session, statements),
    async find(resource, team, id) {
      const { find, table } = statements.rows(resource)
      const [cells] = await session.execute(find, { team, id })
      return cells === undefined ? undefined : table.decode(cells)
    },
    list: (resource, team, selection) => statements.list(session, resource, team, selection),
    related: (resource, relationship, team, parents, limit) =>
      statements.related(resource, relationship)(session, team, parents, limit),
    async listTesterLinks(team, build) {
      return (await session.execute(statements.console().listLinks, { team, build })).map(readLink)
    },
  }
}

function transactionOn(session: Session, statements: Statements): Transaction {
  return {
    ...readerOn(session, statements),
    ...teamWrites(session, statements.teams, () => statements.console().removeLinks),
    async lock(resource, team, id) {
      const { lock, table } = statements.rows(resource)
      const [cells] = await session.execute(lock, { team, id })
      return cells === undefined ? undefined : table.decode(cells)
    },
    async insert(resource, team, row) {
      const { insert, table } = statements.rows(resource)
      const cells = table.columns.map((column) => column.encode(row[column.property]))
      await session.execute(insert, { team, id: row.id, cells })
    },
    async update(resource, team, id, changes) {
      const { update, table } = statements.rows(resource)
      const columns = Object.keys(changes).map(table.column)
      if (columns.length === 0) return
      const cells = columns.map((column) => column.encode(changes[column.property]))
      await session.execute(update(columns), { team, id, cells })
    },
    async remove(resource, team, id) {
      await session.execute(statements.rows(resource).remove, { team, id })
    },
    async pair(through, team, ids) {
      await session.execute(statements.pairs(through).pair, { team, ids })
    },
    async unpair(through, team, ids) {
      await session.execute(statements.pairs(through).unpair, { team, ids })
    },
    async insertKey(key) {
      await session.execute(statements.keys.insertKey, key)
    },
    async revokeKey(keyId, at) {
      await session.execute(statements.keys.revokeKey, { keyId, at })
    },
    async insertSession(saved) {
      await session.execute(statements.console().insertSession, saved)
    },
    async removeSession(hash) {
      await session.execute(statements.console().removeSession, hash)
    },
    async removeExpiredSessions(at) {
      await session.execute(statements.console().removeExpired, at)
    },
    async removeOldestSessions(keyId, left) {
      const { removeOldest, removeOldestOfAdmins } = statements.console()
      if (keyId === null) await session.execute(removeOldestOfAdmins, left)
      else await session.execute(removeOldest, { keyId, left })
    },
    async insertTesterLink(link) {
      await session.execute(statements.console().insertLink, link)
    },
    async removeTesterLink(team, id) {
      return (await session.execute(statements.console().removeLink, { team, id })).length > 0
    },
  }
}
