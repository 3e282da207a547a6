import { createTable, type Migrate } from './create-table.ts'

/** Sessions of the console, and links for testers. Of what proves them, the SHA-256 only. */
export const consoleTables: Migrate = async (db, flavour) => {
  await db.schema
    .createTable('console_sessions')
    .addColumn('hash', flavour.text, (column) => column.primaryKey())
    // Null for an admin.
    .addColumn('key_id', flavour.text, (column) => column.references('api_keys.id').onDelete('cascade'))
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  // A build is named and not referred to: it may come back with a snapshot, and its links with it.
  await createTable(db, flavour, 'tester_links', {
    columns: { hash: 'text', build_id: 'text', name: 'text?', created_at: 'instant' },
    indexes: { tester_links_by_build: ['build_id', 'created_at'] },
  })
  await db.schema.createIndex('tester_links_by_hash').unique().on('tester_links').column('hash').execute()
}
