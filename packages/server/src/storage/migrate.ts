import { Kysely, type Dialect } from 'kysely'
import { migrations } from './migrations/index.ts'
import type { Flavour } from './migrations/create-table.ts'
import { StorageUnavailable } from './storage.ts'

/** The names of the migrations a database has had, as one statement of its opener reads them. */
export const APPLIED_MIGRATIONS = 'select name from kysely_migration order by name'

/** Whether migrations are missing. Throws when the database has had some that this build does not know. */
export function isBehind(applied: readonly string[], place: string): boolean {
  if (applied.some((name) => !Object.hasOwn(migrations, name))) {
    throw new StorageUnavailable(
      `The database ${place} was written by a newer Clipflight; run that version or a later one.`,
    )
  }
  return applied.length < Object.keys(migrations).length
}

/** Brings the schema up to date. Two processes may do so at once: Kysely holds a lock meanwhile. */
export async function migrate(dialect: Dialect, flavour: Flavour, place: string): Promise<void> {
  // Only once in the life of most databases.
  const { Migrator } = await import('kysely/migration')
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect }),
    provider: {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(
            Object.entries(migrations).map(([name, up]) => [name, { up: (db: Kysely<unknown>) => up(db, flavour) }]),
          ),
        ),
    },
  })
  const { error } = await migrator.migrateToLatest()
  if (error === undefined) return
  const because = error instanceof Error ? error.message : String(error)
  throw new StorageUnavailable(`The tables of the database ${place} cannot be made: ${because}`, { cause: error })
}
