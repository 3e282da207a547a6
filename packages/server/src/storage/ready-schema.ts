declare const READY_SQLITE_SCHEMA: string | undefined

/**
 * What the migrations make of an empty SQLite database, as one text that takes 1 ms where they take 16 (measured). The
 * bundler runs them and puts it here (`scripts/write-sqlite-schema.ts`); undefined when run from source.
 */
export const readySqliteSchema = typeof READY_SQLITE_SCHEMA === 'undefined' ? undefined : READY_SQLITE_SCHEMA
