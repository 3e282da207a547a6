import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { sql, SqliteDialect, type SqliteDatabase } from 'kysely'
import type { Cells } from './columns.ts'
import { compilerFor, type Database, type Session, type Statement, type Syntax } from './database.ts'
import { APPLIED_MIGRATIONS, isBehind, migrate } from './migrate.ts'
import type { Flavour } from './migrations/create-table.ts'
import { readySqliteSchema } from './ready-schema.ts'
import { toStorageError } from './sqlite-errors.ts'
import { writeStatistics } from './sqlite-statistics.ts'
import { StorageUnavailable } from './storage.ts'
import { WriteBatches, type SharedTransaction } from './write-batches.ts'

/** Where the database is in the directory of data. */
export const SQLITE_FILE = 'clipflight.sqlite'

export const IN_MEMORY = ':memory:'

/** Without row numbers a table is one tree, ordered by its key: finding a row takes one descent instead of two. */
const FLAVOUR: Flavour = { text: sql`text`, tableEnd: sql`without rowid` }

/**
 * FULL, as an answered write must survive a power cut. One process only: locks and the index of the log stay
 * in memory, which doubles reads. The cache is as large as the memory of the whole process allows; what is not in it
 * is read through a map of the file (of its first 2 GiB, SQLite's limit), without a call to the system: among 300,000
 * invocations a read takes 92 µs instead of 112, where it takes 82 among 1,000 (measured). Pages wait in the log until
 * there are 16 MB of them, as one that many creations touch is copied into the file once.
 */
const PRAGMAS = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma temp_store = memory;
  pragma cache_size = -8192;
  pragma wal_autocheckpoint = 4000;
  pragma mmap_size = 2147418112;
`

/** One for all databases of a process, which share their statements by it. None is asked while statements are worded. */
export const SQLITE_SYNTAX: Syntax = {
  compile: compilerFor(new SqliteDialect({ database: () => Promise.reject(new Error('There is no database here.')) })),
  // A transaction is the only writer, so every row is held as it is.
  forUpdate: undefined,
}

export async function openSqlite(directory: string): Promise<Database> {
  const path = directory === IN_MEMORY ? IN_MEMORY : join(directory, SQLITE_FILE)
  const db = openFile(path)
  try {
    const tables = rowsOf(db.prepare("select name from sqlite_master where type = 'table'"), []).map(([name]) =>
      String(name),
    )
    const applied = tables.includes('kysely_migration')
      ? rowsOf(db.prepare(APPLIED_MIGRATIONS), []).map(([name]) => String(name))
      : []
    if (isBehind(applied, path)) {
      if (tables.length === 0 && readySqliteSchema !== undefined) db.exec(`begin; ${readySqliteSchema} commit`)
      else await migrate(new SqliteDialect({ database: forKysely(db) }), FLAVOUR, path)
      writeStatistics(db)
    }
    return databaseOn(db, path)
  } catch (error) {
    db.close()
    throw toStorageError(error, path)
  }
}

function openFile(path: string): DatabaseSync {
  try {
    if (path !== IN_MEMORY) makePrivateFile(path)
    const db = new DatabaseSync(path, { returnArrays: true })
    try {
      db.exec(PRAGMAS)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  } catch (error) {
    throw toStorageError(error, path)
  }
}

/** SQLite would make it readable by all. What exists is not opened: closing it again would drop SQLite's locks. */
function makePrivateFile(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600))
  } catch (error) {
    if (!(error instanceof Error)) throw error
    if ('code' in error && error.code === 'EEXIST') return
    throw new StorageUnavailable(`The database ${path} cannot be made: ${error.message}.`, { cause: error })
  }
}

function databaseOn(db: DatabaseSync, path: string): Database {
  // A prepared statement lives as long as the statement it was made for, and those are few.
  const prepared = new WeakMap<object, StatementSync>()
  function run<Given>(statement: Statement<Given>, given: Given): readonly Cells[] {
    try {
      let ready = prepared.get(statement)
      if (ready === undefined) {
        ready = db.prepare(statement.text)
        prepared.set(statement, ready)
      }
      return rowsOf(ready, statement.bind(given))
    } catch (error) {
      throw toStorageError(error, path)
    }
  }
  const inBatch: Session = { execute: async (statement, given) => run(statement, given) }
  const controls = new Map<string, Statement<undefined>>()
  const control = (text: string): void => {
    const statement = controls.get(text) ?? { text, bind: () => [] }
    controls.set(text, statement)
    run(statement, undefined)
  }
  const batches = new WriteBatches(sharedTransaction(db, control), inBatch)
  const session: Session = {
    async execute(statement, given) {
      while (batches.running !== undefined) await batches.running
      return run(statement, given)
    },
  }
  return {
    session,
    syntax: SQLITE_SYNTAX,
    transaction: (work) => batches.add(work),
    // A work that only reads awaits nothing but reads, so it ends before the next callback of the event loop, in which a
    // batch would begin.
    snapshot: (work) => (batches.running === undefined ? work(session) : batches.running.then(() => work(session))),
    // Its planner is told what to expect once for all.
    async measure() {},
    async close() {
      await batches.drain()
      db.close()
    },
  }
}

/** `run` executes a statement without values. */
export function sharedTransaction(db: DatabaseSync, run: (text: string) => unknown): SharedTransaction {
  return {
    begin: () => void run('begin immediate'),
    commit: () => void run('commit'),
    abandon: () => void (db.isTransaction && run('rollback')),
    savepoint: () => void run('savepoint work'),
    release: () => void run('release work'),
    rollBack() {
      run('rollback to work')
      run('release work')
    },
    isOpen: () => db.isTransaction,
  }
}

function rowsOf(statement: StatementSync, cells: Cells): readonly Cells[] {
  // Erasure: the types do not know `returnArrays`; the columns hold text, safe integers and nulls only.
  return statement.all(...cells) as readonly unknown[] as readonly Cells[]
}

/** The little of another driver's interface that Kysely's migrations call. */
function forKysely(db: DatabaseSync): SqliteDatabase {
  return {
    close() {},
    prepare(text) {
      const statement = db.prepare(text)
      statement.setReturnArrays(false)
      // Erasure: Kysely types parameters as unknown; migrations bind text only.
      const bound = (parameters: readonly unknown[]) => parameters as readonly string[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bound(parameters)),
        run: (parameters) => statement.run(...bound(parameters)),
        iterate: (parameters) => statement.iterate(...bound(parameters)),
      }
    },
  }
}
