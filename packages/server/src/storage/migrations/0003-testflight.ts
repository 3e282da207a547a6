import { createTable, type Migrate } from './create-table.ts'

/** What TestFlight knows of a build, and the groups that test it. */
export const testflight: Migrate = async (db, flavour) => {
  await createTable(db, flavour, 'build_beta_details', {
    columns: { auto_notify_enabled: 'boolean', internal_build_state: 'text', external_build_state: 'text' },
    parents: { build_id: 'builds' },
    unique: { build_beta_details_once: ['build_id'] },
  })
  await createTable(db, flavour, 'beta_build_localizations', {
    columns: { whats_new: 'text?', locale: 'text' },
    parents: { build_id: 'builds' },
    unique: { beta_build_localizations_locale: ['build_id', 'locale'] },
    indexes: { beta_build_localizations_by_build: ['build_id', 'id'] },
  })
  await createTable(db, flavour, 'beta_app_review_submissions', {
    columns: { beta_review_state: 'text', submitted_date: 'instant' },
    parents: { build_id: 'builds' },
    unique: { beta_app_review_submissions_once: ['build_id'] },
  })
  await createTable(db, flavour, 'beta_groups', {
    columns: {
      name: 'text',
      created_date: 'instant',
      is_internal_group: 'boolean',
      has_access_to_all_builds: 'boolean?',
      public_link_enabled: 'boolean?',
      public_link_id: 'text?',
      public_link_limit_enabled: 'boolean?',
      public_link_limit: 'integer?',
      public_link: 'text?',
      feedback_enabled: 'boolean',
      ios_builds_available_for_apple_silicon_mac: 'boolean?',
      ios_builds_available_for_apple_vision: 'boolean?',
    },
    parents: { app_id: 'apps' },
    indexes: { beta_groups_by_app: ['app_id', 'id'] },
  })
  await createTable(db, flavour, 'beta_group_builds', {
    columns: {},
    parents: { beta_group_id: 'beta_groups', build_id: 'builds' },
    key: ['beta_group_id', 'build_id'],
    indexes: { beta_group_builds_by_build: ['build_id', 'beta_group_id'] },
  })
}
