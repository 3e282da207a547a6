import { PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { withoutNul, type Cell } from './columns.ts'
import { compilerFor, LONGEST_KEPT_TEXT, type Database, type Session } from './database.ts'
import { APPLIED_MIGRATIONS, isBehind, migrate } from './migrate.ts'
import type { Flavour } from './migrations/create-table.ts'
import { toStorageError, UNDEFINED_TABLE } from './postgres-errors.ts'
import { retrying } from './retry.ts'
import { StorageUnavailable } from './storage.ts'

const MOST_CONNECTIONS = 10
const CONNECT_TIMEOUT_MILLISECONDS = 10_000

/** Every connection keeps each of them for good, so only so many texts are prepared; the rest is parsed each time. */
const MOST_PREPARED_STATEMENTS = 500

/** Those that keep whatever UTF-8 brings; SQL_ASCII takes bytes as they are. */
const ENCODINGS: ReadonlySet<string> = new Set(['UTF8', 'SQL_ASCII'])

const FLAVOUR: Flavour = { text: sql`text collate "C"` }

/** A count, or a point in time: it comes as text, since 64 bits are more than a number holds. Ours never are. */
const INT8 = 20

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === INT8 ? Number : pg.types.getTypeParser(type, format === 'binary' ? 'binary' : 'text'),
}

export async function openPostgres(url: string): Promise<Database> {
  const place = toPlace(url)
  const pool = new pg.Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MILLISECONDS,
    types: TYPES,
  })
  // A connection that breaks says so as an event, which ends a process that does not listen: while it idles the pool
  // replaces it, and in use its next statement fails and is answered. Listened to from its first breath on: what a new one
  // says before its first user has his turn would be heard by nobody.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await refuseOtherEncodings(pool, place)
    if (isBehind(await appliedMigrations(pool), place)) await migrate(new PostgresDialect({ pool }), FLAVOUR, place)
    return databaseOn(pool, place)
  } catch (error) {
    await pool.end()
    throw toStorageError(error, place)
  }
}

/** The URL without what is secret in it. */
function toPlace(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new StorageUnavailable(
      'The URL of the database is not one of PostgreSQL: postgres://user:password@host:port/name.',
    )
  }
  // What follows it would otherwise be repeated as the name of a database, in messages and in the log.
  if (`${parsed.pathname}${parsed.search}${parsed.hash}`.includes('@')) {
    throw new StorageUnavailable(
      'The URL of the database has an @ behind its host. The signs / ? # @ of a password are percent-encoded: %2F %3F %23 %40.',
    )
  }
  // The driver takes any, and a connection to what is no number neither comes nor fails.
  if (!/^\d*$/.test(parsed.searchParams.get('port') ?? '')) {
    throw new StorageUnavailable(`The URL of the database is not understood: the 'port' behind it must be a number.`)
  }
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`
}

/** It would fail on the first title in a script that it does not know. */
async function refuseOtherEncodings(pool: pg.Pool, place: string): Promise<void> {
  const { rows } = await pool.query<[string]>({ text: 'show server_encoding', rowMode: 'array' })
  const [encoding] = rows[0] ?? ['']
  if (ENCODINGS.has(encoding)) return
  throw new StorageUnavailable(`The database ${place} keeps text as ${encoding}, and not as UTF8.`)
}

async function appliedMigrations(pool: pg.Pool): Promise<readonly string[]> {
  try {
    const { rows } = await pool.query<[string]>({ text: APPLIED_MIGRATIONS, rowMode: 'array' })
    return rows.map(([name]) => name)
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return []
    throw error
  }
}

function databaseOn(pool: pg.Pool, place: string): Database {
  const names = new Map<string, string>()
  const sessionOn = (queryable: pg.Pool | pg.PoolClient): Session => ({
    async execute(statement, given) {
      const name = nameOf(statement.text, names)
      const values = statement.bind(given).map(withoutNul)
      try {
        const query = {
          text: statement.text,
          values,
          rowMode: 'array' as const,
          ...(name === undefined ? {} : { name }),
        }
        return (await queryable.query<Cell[]>(query)).rows
      } catch (error) {
        throw toStorageError(error, place)
      }
    },
  })
  return {
    session: sessionOn(pool),
    syntax: { compile: compilerFor(new PostgresDialect({ pool })), forUpdate: sql`for update` },
    transaction: (work) => inTransaction(pool, place, 'begin', (client) => work(sessionOn(client))),
    snapshot: (work) => retrying(() => inTransaction(pool, place, BEGIN_SNAPSHOT, (client) => work(sessionOn(client)))),
    async measure(tables) {
      for (const table of tables) {
        try {
          await pool.query(`analyze ${pg.escapeIdentifier(table)}`)
        } catch {
          // Not everything that speaks PostgreSQL's dialect knows it, and who does not own the table may not: it then goes
          // by what it knows, and is slower.
          return
        }
      }
    },
    close: () => pool.end(),
  }
}

/** Undefined when enough statements have names. */
function nameOf(text: string, names: Map<string, string>): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size === MOST_PREPARED_STATEMENTS || text.length > LONGEST_KEPT_TEXT) return known
  const name = `clipflight_${names.size}`
  names.set(text, name)
  return name
}

/** All reads in it see the same moment. */
const BEGIN_SNAPSHOT = 'begin isolation level repeatable read read only'

async function inTransaction<T>(
  pool: pg.Pool,
  place: string,
  begin: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  let client: pg.PoolClient
  try {
    client = await pool.connect()
  } catch (error) {
    throw toStorageError(error, place)
  }
  let isUsable = true
  try {
    await client.query(begin)
    const result = await work(client)
    const { command } = await client.query('commit')
    // What PostgreSQL answers when a statement failed and the work went on as if nothing were.
    if (command === 'ROLLBACK') throw new Error('A work went on after a statement of its transaction had failed.')
    return result
  } catch (error) {
    isUsable = await client.query('rollback').then(
      () => true,
      () => false,
    )
    throw toStorageError(error, place)
  } finally {
    client.release(!isUsable)
  }
}
