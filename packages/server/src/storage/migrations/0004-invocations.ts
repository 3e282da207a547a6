import { createTable, type Migrate } from './create-table.ts'

/** The bundles of a build, and what its App Clip is offered with. */
export const invocations: Migrate = async (db, flavour) => {
  await createTable(db, flavour, 'app_clip_domain_statuses', {
    columns: { domains: 'json?', last_updated_date: 'instant' },
  })
  await createTable(db, flavour, 'build_bundles', {
    columns: {
      bundle_id: 'text?',
      bundle_type: 'text',
      sdk_build: 'text?',
      platform_build: 'text?',
      file_name: 'text?',
      has_sirikit: 'boolean?',
      has_on_demand_resources: 'boolean?',
      has_prerendered_icon: 'boolean?',
      uses_location_services: 'boolean?',
      is_ios_build_mac_app_store_compatible: 'boolean?',
      includes_symbols: 'boolean?',
      d_sym_url: 'text?',
      supported_architectures: 'json?',
      required_capabilities: 'json?',
      device_protocols: 'json?',
      locales: 'json?',
      entitlements: 'json?',
      ba_download_allowance: 'integer?',
      ba_max_install_size: 'integer?',
      minimum_os_version: 'text?',
    },
    parents: { build_id: 'builds' },
    links: {
      app_clip_domain_cache_status_id: 'app_clip_domain_statuses',
      app_clip_domain_debug_status_id: 'app_clip_domain_statuses',
    },
    indexes: {
      build_bundles_by_build: ['build_id', 'id'],
      build_bundles_by_cache_status: ['app_clip_domain_cache_status_id', 'id'],
      build_bundles_by_debug_status: ['app_clip_domain_debug_status_id', 'id'],
    },
  })
  await createTable(db, flavour, 'build_bundle_file_sizes', {
    columns: { device_model: 'text?', os_version: 'text?', download_bytes: 'integer?', install_bytes: 'integer?' },
    parents: { build_bundle_id: 'build_bundles' },
    indexes: { build_bundle_file_sizes_by_bundle: ['build_bundle_id', 'id'] },
  })
  await createTable(db, flavour, 'beta_app_clip_invocations', {
    columns: { url: 'text' },
    parents: { build_bundle_id: 'build_bundles' },
    unique: { beta_app_clip_invocations_url: ['build_bundle_id', 'url'] },
    // Those of a bundle are found through its slots, and three are quickly in order: an index for that would be one
    // more page to write with every creation.
    slots: { count: 3, per: 'build_bundle_id' },
  })
  await createTable(db, flavour, 'beta_app_clip_invocation_localizations', {
    columns: { title: 'text', locale: 'text' },
    parents: { beta_app_clip_invocation_id: 'beta_app_clip_invocations' },
    // Read with their invocation far more often than one by one: those of one invocation stand side by side.
    key: ['beta_app_clip_invocation_id', 'id'],
    unique: {
      beta_app_clip_invocation_localizations_id: ['id'],
      beta_app_clip_invocation_localizations_locale: ['beta_app_clip_invocation_id', 'locale'],
    },
  })
}
