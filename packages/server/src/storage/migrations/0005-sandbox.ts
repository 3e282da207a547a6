import { sql } from 'kysely'
import { createTable, type Migrate } from './create-table.ts'

/** Snapshots of teams, what builds will come to, and a count of teams that never gives a number twice. */
export const sandbox: Migrate = async (db, flavour) => {
  await db.schema
    .createTable('snapshots')
    .addColumn('team_id', 'integer', (column) => column.notNull().references('teams.id'))
    .addColumn('name', flavour.text, (column) => column.notNull())
    // The hidden team whose rows are the snapshot.
    .addColumn('copy_id', 'integer', (column) => column.notNull().unique().references('teams.id'))
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('snapshots_key', ['team_id', 'name'])
    .execute()
  await createTable(db, flavour, 'scheduled_changes', {
    columns: { at: 'instant', change: 'json' },
    parents: { build_id: 'builds' },
    indexes: { scheduled_changes_by_time: ['at'], scheduled_changes_by_build: ['build_id', 'id'] },
  })
  await db.schema
    .createTable('team_count')
    .addColumn('last', 'integer', (column) => column.notNull())
    .execute()
  await sql`insert into team_count (last) select coalesce(max(id), 0) from teams`.execute(db)
}
