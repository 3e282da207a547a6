import { sqlStorage } from './sql-storage.ts'
import type { Storage } from './storage.ts'

export interface StorageLocation {
  /** Of a PostgreSQL database; without it the rows are in a SQLite file. */
  readonly databaseUrl?: string
  /** An existing directory for the SQLite file, or `:memory:`. */
  readonly dataDir: string
}

/** Opens the database and brings its schema up to date. Throws `StorageUnavailable` when it cannot. */
export async function openStorage({ databaseUrl, dataDir }: StorageLocation): Promise<Storage> {
  // Each driver is loaded only when it is the one: `pg` takes longer to load than SQLite to open.
  if (databaseUrl === undefined) {
    const { openSqlite } = await import('./open-sqlite.ts')
    return sqlStorage(await openSqlite(dataDir))
  }
  const { openPostgres } = await import('./open-postgres.ts')
  return sqlStorage(await openPostgres(databaseUrl))
}
