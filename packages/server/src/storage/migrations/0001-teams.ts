import type { Migrate } from './create-table.ts'

/** Teams and their keys. */
export const teams: Migrate = async (db, { text }) => {
  await db.schema
    .createTable('teams')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('issuer_id', text, (column) => column.notNull().unique())
    .execute()
  await db.schema
    .createTable('api_keys')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('team_id', 'integer', (column) => column.notNull().references('teams.id'))
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('individual', 'integer', (column) => column.notNull())
    .addColumn('public_key', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'bigint')
    .execute()
}
