import { createTable, type Migrate } from './create-table.ts'

/** Apps, their versions and their builds. */
export const appsAndBuilds: Migrate = async (db, flavour) => {
  await createTable(db, flavour, 'apps', {
    columns: {
      accessibility_url: 'text?',
      name: 'text',
      bundle_id: 'text',
      sku: 'text?',
      primary_locale: 'text',
      is_or_ever_was_made_for_kids: 'boolean',
      subscription_status_url: 'text?',
      subscription_status_url_version: 'text?',
      subscription_status_url_for_sandbox: 'text?',
      subscription_status_url_version_for_sandbox: 'text?',
      content_rights_declaration: 'text?',
      streamlined_purchasing_enabled: 'boolean?',
    },
    unique: { apps_bundle_id: ['bundle_id'] },
  })
  await createTable(db, flavour, 'app_clips', {
    columns: { bundle_id: 'text' },
    parents: { app_id: 'apps' },
    unique: { app_clips_bundle_id: ['bundle_id'] },
    indexes: { app_clips_by_app: ['app_id', 'id'] },
  })
  await createTable(db, flavour, 'pre_release_versions', {
    columns: { version: 'text', platform: 'text' },
    parents: { app_id: 'apps' },
    unique: { pre_release_versions_once: ['app_id', 'platform', 'version'] },
    indexes: { pre_release_versions_by_app: ['app_id', 'id'] },
  })
  await createTable(db, flavour, 'builds', {
    columns: {
      version: 'text',
      uploaded_date: 'instant',
      expiration_date: 'instant',
      expired: 'boolean',
      min_os_version: 'text?',
      ls_minimum_system_version: 'text?',
      computed_min_mac_os_version: 'text?',
      computed_min_vision_os_version: 'text?',
      icon_asset_token: 'json?',
      processing_state: 'text',
      build_audience_type: 'text',
      uses_non_exempt_encryption: 'boolean?',
    },
    parents: { pre_release_version_id: 'pre_release_versions', app_id: 'apps' },
    unique: { builds_once: ['pre_release_version_id', 'version'] },
    indexes: {
      builds_by_pre_release_version: ['pre_release_version_id', 'id'],
      builds_by_app: ['app_id', 'id'],
      // The newest builds, of a team or of an app, are what clients ask for most.
      builds_by_date: ['uploaded_date'],
      builds_by_app_and_date: ['app_id', 'uploaded_date'],
    },
  })
}
